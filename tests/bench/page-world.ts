import { findPhoneNumbersInText } from 'libphonenumber-js/max';
import pageEn from '../../utils/i18n/page-en.ts';
import { createTranslate } from '../../utils/i18n/translate.ts';
import { overlayStyle } from '../../utils/page/overlay-style.ts';
import { startPage } from '../../utils/page/start-page.ts';
import { createFinder } from '../../utils/phone/finder.ts';
import { planBook } from '../../utils/phone/plans/plan-book.ts';
import { vocabulary } from '../../utils/phone/vocabulary.ts';

// Prepared outside the measured time, because in the product the background prepares the words.
const words = vocabulary();
const roots: ShadowRoot[] = [];

/** Time spent in our code: everything that can start it (timers, observers, events) is wrapped in `timed` below. */
const spent = { total: 0, longest: 0, tasks: 0, layout: 0 };
let depth = 0;
/** Milliseconds from the start of the page script until the first button was in the page. */
let firstButton = Number.NaN;
let startedAt = 0;
function timed<Arguments extends unknown[], Result>(work: (...args: Arguments) => Result) {
  return function (this: unknown, ...args: Arguments): Result {
    if (depth > 0) return work.apply(this, args);
    depth++;
    const start = performance.now();
    try {
      return work.apply(this, args);
    } finally {
      const took = performance.now() - start;
      depth--;
      spent.total += took;
      spent.tasks++;
      spent.longest = Math.max(spent.longest, took);
      if (Number.isNaN(firstButton) && roots.at(-1)?.querySelector('.b:not([hidden])'))
        firstButton = performance.now() - startedAt;
    }
  };
}
const raf = window.requestAnimationFrame.bind(window);
window.requestAnimationFrame = (work) =>
  raf((now) => {
    // The page's own changes are laid out in this frame in any case; forcing it here separates that time from ours.
    const start = performance.now();
    void document.documentElement.clientWidth;
    spent.layout += performance.now() - start;
    timed(work)(now);
  });
const timeout = window.setTimeout.bind(window);
window.setTimeout = ((work: () => void, delay?: number) => timeout(timed(work), delay)) as typeof window.setTimeout;
const { scheduler } = globalThis as unknown as {
  scheduler: { postTask: (work: () => void, options: object) => Promise<unknown> };
};
const postTask = scheduler.postTask.bind(scheduler);
scheduler.postTask = (work, options) => postTask(timed(work), options);
window.IntersectionObserver = class extends IntersectionObserver {
  constructor(work: IntersectionObserverCallback, options?: IntersectionObserverInit) {
    super(timed(work), options);
  }
};
globalThis.MutationObserver = class extends MutationObserver {
  constructor(work: MutationCallback) {
    super(timed(work));
  }
};
const listen = window.addEventListener.bind(window);
window.addEventListener = ((type: string, work: (event: Event) => void, options: AddEventListenerOptions) =>
  listen(type, timed(work), options)) as typeof window.addEventListener;

let page: ReturnType<typeof startPage> | undefined;
const attachShadow = Element.prototype.attachShadow;
Element.prototype.attachShadow = function (init) {
  const root = attachShadow.call(this, init);
  roots.push(root);
  return root;
};

const bench = {
  spent,
  /** One cold pass over the text with a test for digits: the minimum for anything that reads a page. */
  floor(): number {
    const start = performance.now();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    let count = 0;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) if (/\d/.test((node as Text).data)) count++;
    return count > -1 ? performance.now() - start : 0;
  },
  libphonenumber(): number {
    const start = performance.now();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) findPhoneNumbersInText((node as Text).data, 'VN');
    return performance.now() - start;
  },
  /** Runs the page script until `quietMs` have passed without a task; `firstButton` is when the first button was in the page. */
  async run(
    quietMs = 400,
    find?: Parameters<typeof startPage>[0]['find'],
  ): Promise<typeof spent & { firstButton: number; first: number }> {
    startedAt = performance.now();
    timed(() => {
      const finder = createFinder({ region: 'VN' }, planBook(), words);
      page = startPage({
        document,
        translate: createTranslate(pageEn),
        styles: overlayStyle,
        signal: new AbortController().signal,
        hints: finder.hints,
        mayHold: finder.mayHold,
        find: find ?? finder.find,
      });
    })();
    const first = performance.now() - startedAt;
    for (let tasks = -1; tasks !== spent.tasks; ) {
      tasks = spent.tasks;
      await new Promise((resolve) => timeout(resolve, quietMs));
    }
    return { ...spent, firstButton, first };
  },
  /** Counts all numbers of the page, including those whose reading is deferred until they come near the viewport. */
  marks: (): number => [...(page?.marks() ?? [])].length,
  /** Scrolls from the first row to the last, a screen at a time, and waits on each until its buttons are placed. */
  async scroll(): Promise<typeof spent> {
    Object.assign(spent, { total: 0, longest: 0, tasks: 0, layout: 0 });
    const root = document.documentElement;
    for (let top = 0; top < root.scrollHeight; top += innerHeight) {
      root.scrollTop = top;
      await new Promise((resolve) => timeout(resolve, 250));
    }
    return { ...spent };
  },
  /** Changes single text nodes 10,000 times a second; `right`: whether the marks match the page a second and a half later. */
  async edit(seconds: number): Promise<{ edits: number; spent: number; layout: number; longest: number; right: number }> {
    Object.assign(spent, { total: 0, longest: 0, tasks: 0, layout: 0 });
    const texts = [...document.querySelectorAll('td:nth-child(2)')].map((cell) => cell.firstChild as Text);
    const start = performance.now();
    let edits = 0;
    while (performance.now() - start < seconds * 1_000) {
      for (const due = (performance.now() - start) * 10; edits < due; edits++) {
        (texts[edits % texts.length] as Text).data = `09${String(10_000_000 + ((edits * 7919) % 89_999_999))}`;
      }
      await new Promise((resolve) => timeout(resolve, 4));
    }
    const { total, longest, layout } = spent;
    await new Promise((resolve) => timeout(resolve, 1_500));
    const marked = page && [...page.marks()].map((mark) => mark.text).sort();
    const shown = texts.map((text) => text.data).sort();
    return { edits, spent: total, layout, longest, right: Number(!page || JSON.stringify(marked) === JSON.stringify(shown)) };
  },
  async idle(seconds: number): Promise<typeof spent> {
    Object.assign(spent, { total: 0, longest: 0, tasks: 0, layout: 0 });
    await new Promise((resolve) => timeout(resolve, seconds * 1_000));
    return { ...spent };
  },
};
const stubs = {
  nothing: () => [],
  few: (text: string) => (/^0910\d{6}$/.test(text) ? [{ start: 0, end: text.length, number: text }] : []),
  simple: (text: string) => (/^09\d{8}$/.test(text) ? [{ start: 0, end: text.length, number: text }] : []),
};
Object.assign(globalThis, { bench, stubs });

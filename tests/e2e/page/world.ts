// First: it has to wrap what the others take.

import pageEn from '../../../utils/i18n/page-en.ts';
import { createTranslate } from '../../../utils/i18n/translate.ts';
import type { CallReply } from '../../../utils/page/caller.ts';
import { startPage } from '../../../utils/page/start-page.ts';
import { contextWords } from '../../../utils/phone/context-words.ts';
import { createFinder, numbersOf } from '../../../utils/phone/finder.ts';
import { planBook } from '../../../utils/phone/plans/plan-book.ts';
import { tracesLeft } from './traces.ts';

/** What the tests reach in the isolated world where the page script runs: the script with a caller that only notes calls. */
const accepted: CallReply = { ok: true, value: { state: 'accepted', reason: null } };
const roots: ShadowRoot[] = [];
const attachShadow = Element.prototype.attachShadow;
Element.prototype.attachShadow = function (init) {
  const root = attachShadow.call(this, init);
  roots.push(root);
  return root;
};

let stopping = new AbortController();
let page: ReturnType<typeof startPage> | undefined;
const calls: string[] = [];
let answer = (): Promise<CallReply> => Promise.resolve(accepted);

const seen = new Map<string, { at: string; since: number }>();

const world = {
  calls,
  start(settings = { homeRegion: 'VN', regions: [] as string[] }) {
    stopping = new AbortController();
    const caller = {
      call(number: string) {
        calls.push(number);
        return { key: String(calls.length), settled: answer() };
      },
    };
    const { homeRegion: region, regions } = settings;
    const finder = createFinder({ region, regions }, planBook(), contextWords);
    const find = (text: string, label?: () => string | undefined) => numbersOf(finder, text, label);
    page = startPage({ document, find, translate: createTranslate(pageEn), caller, signal: stopping.signal });
  },
  stop: () => stopping.abort(),
  tracesLeft,
  answerWith(reply: CallReply) {
    answer = () => Promise.resolve(reply);
  },
  /** The next calls stay on their way until the returned function is called in the world. */
  holdAnswers() {
    const { promise, resolve } = Promise.withResolvers<CallReply>();
    answer = () => promise;
    Object.assign(world, { release: () => resolve(accepted) });
  },
  numbers: () => [...(page?.marks() ?? [])].map((mark) => mark.number).sort(),
  texts: () => [...(page?.marks() ?? [])].map((mark) => mark.text).sort(),
  root: () => roots.at(-1),
  buttons: () =>
    [...(roots.at(-1)?.querySelectorAll<HTMLElement>('.b:not([hidden])') ?? [])].map((button) => {
      const { left, top, width, height } = button.getBoundingClientRect();
      return { label: button.ariaLabel ?? '', phase: button.className, x: left + width / 2, y: top + height / 2 };
    }),
  /** Milliseconds since a button last appeared or moved. */
  age(label: string): number {
    const button = world.buttons().find((one) => one.label === label);
    const at = button ? `${Math.round(button.x)} ${Math.round(button.y)}` : '';
    if (seen.get(label)?.at !== at) seen.set(label, { at, since: performance.now() });
    return button ? performance.now() - (seen.get(label)?.since ?? 0) : 0;
  },
  action(text: string): { x: number; y: number } | undefined {
    const button = [...(roots.at(-1)?.querySelectorAll('.actions button') ?? [])].find((one) => one.textContent === text);
    const box = button?.getBoundingClientRect();
    return box && { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  },
  bubble: () => roots.at(-1)?.querySelector('.bubble:not([hidden])')?.textContent ?? null,
};
export type World = typeof world;
Object.assign(globalThis, { world });

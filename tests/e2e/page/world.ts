import { type HiddenNumber, ruleOf, sharedPatterns } from '../../../utils/hidden-numbers/hidden-filter.ts';
import { withoutHidden } from '../../../utils/hidden-numbers/without-hidden.ts';
import pageEn from '../../../utils/i18n/page-en.ts';
import { createTranslate } from '../../../utils/i18n/translate.ts';
import { createCallDesk } from '../../../utils/page/call-desk.ts';
import type { CallDeskDeps, CreateCallDesk, LoadDesk } from '../../../utils/page/call-desk-port.ts';
import type { CallProgress, CallReply, CallWishes, OpenCall } from '../../../utils/page/caller.ts';
import type { NumberDetails, NumberPast } from '../../../utils/page/card/card-content.ts';
import type { CardPort } from '../../../utils/page/card/card-port.ts';
import { overlayStyle } from '../../../utils/page/overlay-style.ts';
import { createPageFinder } from '../../../utils/page/page-finder.ts';
import { startPage } from '../../../utils/page/start-page.ts';
import { countryNames } from '../../../utils/phone/country-names.ts';
import { homePlans } from '../../../utils/phone/plans/full-plans.ts';
import { compactRows } from '../../../utils/phone/plans/plan-data.ts';
import { vocabulary } from '../../../utils/phone/vocabulary.ts';
import { tracesLeft } from './traces.ts';

/** What the tests reach in the isolated world: the page script with a caller that only records calls and answers this. */
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

const reasons: (string | undefined)[] = [];
const devices: (string | undefined)[] = [];
/** The answers that stand in for the background's, and the requests made to it. */
const cards = {
  asked: [] as string[],
  hidden: [] as HiddenNumber[],
  left: 0,
  details: { kind: 'Vietnam · mobile', localTime: '14:07 there', device: '101-lan', remarks: ['Marked because.'] } as Omit<
    NumberDetails,
    'national' | 'international' | 'plain'
  >,
  past: { place: null, summary: '3 calls in 7 days', note: null, refusal: null, latest: null } as NumberPast | undefined,
  /** The answer to a noted outcome. */
  noting: { ok: true, value: { isSaved: true } } as NonNullable<Awaited<ReturnType<CardPort['noteOutcome']>>>,
  /** Answers wait until this promise resolves. */
  slowly: Promise.resolve(),
  /** Whether the background cannot be reached. */
  isAway: false,
};
/** The desk's script: when it loads, why it cannot be loaded, and the open calls that it finds. */
const desk = {
  slowly: Promise.resolve(),
  obstacle: undefined as Exclude<Awaited<ReturnType<LoadDesk>>, CreateCallDesk> | undefined,
  openCalls: [] as OpenCall[],
};
let progress: ((key: string) => Promise<CallProgress | undefined>) | undefined;
const asked: string[] = [];

const seen = new Map<string, { at: string; since: number }>();

const world = {
  calls,
  start({
    homeRegion = 'VN',
    regions = [],
    telLinks = false,
  }: {
    homeRegion?: string;
    regions?: string[];
    telLinks?: boolean;
  } = {}) {
    stopping = new AbortController();
    const caller = {
      call(number: string, _surface: string, { overrideReason, sipDevice }: CallWishes = {}) {
        calls.push(number);
        reasons.push(overrideReason);
        devices.push(sipDevice);
        return { key: String(calls.length), settled: answer() };
      },
      outcome: answer,
      progress: async (key: string) => progress?.(key),
      openCalls: async () => desk.openCalls,
      offer: async () => false,
    };
    const given = {
      homeRegion,
      regions,
      countries: countryNames(homeRegion, regions),
      plans: [homeRegion, ...regions].flatMap(homePlans),
      planRows: compactRows,
      vocabulary: vocabulary(),
    };
    const finder = createPageFinder(given, document.documentElement.lang);
    const shown = withoutHidden(finder.find, ruleOf(cards.hidden));
    const setHidden = (hidden: HiddenNumber[]) => {
      cards.hidden = hidden;
      shown.set(ruleOf(hidden));
      page?.rescan();
    };
    const cardPort = {
      site: 'crm.example',
      describe: async ({ number, text, label }: { number: string; text: string; label?: string }): Promise<NumberDetails> => {
        cards.asked.push(`describe ${number} in ${text}${label ? ` of ${label}` : ''}`);
        await cards.slowly;
        const national = number.replace('+84', '0');
        return { national, international: `${number} international`, plain: `${national} plain`, ...cards.details };
      },
      past: async (number: string) => {
        cards.asked.push(`past ${number}`);
        await cards.slowly;
        return cards.past;
      },
      async noteOutcome({ subject, outcome }: { subject: string; outcome: string | null }) {
        cards.asked.push(`note ${outcome} of ${subject}`);
        await cards.slowly;
        if (cards.noting.ok && cards.past?.latest) Object.assign(cards.past.latest, { outcome });
        return cards.isAway ? undefined : cards.noting;
      },
      async pickDevice(id: string) {
        cards.asked.push(`pick ${id}`);
        await cards.slowly;
        return { ok: id !== 'gone' };
      },
      async hide(number: string, text: string) {
        if (cards.isAway) return undefined;
        setHidden([...cards.hidden, { number, text }]);
        return { pattern: sharedPatterns(cards.hidden)[0] };
      },
      async show(number: string) {
        if (!cards.isAway) setHidden(cards.hidden.filter((one) => one.number !== number));
        return { ok: !cards.isAway };
      },
      async leave() {
        if (cards.isAway) return undefined;
        cards.left++;
        return { ok: true };
      },
    };
    const { signal } = stopping;
    const deps = {
      translate: createTranslate(pageEn),
      styles: overlayStyle,
      async loadDesk() {
        await desk.slowly;
        return desk.obstacle ?? ((given: CallDeskDeps) => createCallDesk(given, cardPort, caller));
      },
      telLinks,
    };
    page = startPage({ document, ...finder, find: shown.find, ...deps, signal });
  },
  stop: () => stopping.abort(),
  tracesLeft,
  answerWith(reply: CallReply) {
    answer = () => Promise.resolve(reply);
  },
  /** The next calls stay unanswered until `world.release` is called. */
  holdAnswers() {
    const { promise, resolve } = Promise.withResolvers<CallReply>();
    answer = () => promise;
    Object.assign(world, { release: () => resolve(accepted) });
  },
  numbers: () => [...(page?.marks() ?? [])].map((mark) => mark.number).sort(),
  texts: () => [...(page?.marks() ?? [])].map((mark) => mark.text).sort(),
  visibleMarks: () =>
    [...(page?.marks() ?? [])]
      .filter(({ anchor }) => anchor.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
      .map(({ number, extension, text }) => ({ number, extension, text })),
  root: () => roots.at(-1),
  buttons: () =>
    [...(roots.at(-1)?.querySelectorAll<HTMLElement>('.b:not([hidden])') ?? [])].map((button) => {
      const { left, top, width, height } = button.getBoundingClientRect();
      return { label: button.ariaLabel ?? '', phase: button.className, x: left + width / 2, y: top + height / 2 };
    }),
  /** The tooltip of the first button. */
  title: () => roots.at(-1)?.querySelector<HTMLElement>('.b')?.title,
  /** Milliseconds since a button last appeared or moved. */
  age(label: string): number {
    const buttons = world.buttons();
    // Timed for all buttons at once, so that a test need not wait for each of them.
    for (const one of buttons) {
      const at = `${Math.round(one.x)} ${Math.round(one.y)}`;
      if (seen.get(one.label)?.at !== at) seen.set(one.label, { at, since: performance.now() });
    }
    const button = buttons.find((one) => one.label === label);
    return button ? performance.now() - (seen.get(label)?.since ?? 0) : 0;
  },
  action(text: string): { x: number; y: number } | undefined {
    const button = [...(roots.at(-1)?.querySelectorAll('.actions button') ?? [])].find((one) => one.textContent === text);
    const box = button?.getBoundingClientRect();
    return box && { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  },
  reasons,
  devices,
  cards,
  desk,
  /** Keys of the progress requests; `answerProgress` answers them in turn, and repeats its last answer. */
  progress: asked,
  answerProgress(...answers: CallProgress[]) {
    progress = async (key) => {
      asked.push(key);
      return answers.length > 1 ? answers.shift() : answers[0];
    };
  },
  /** The words of the open card; null while there is none. */
  card: () => {
    const card = cardElement();
    return card && [...card.querySelectorAll('h2, p, li, label, button, span')].filter(isShown).map((one) => one.textContent);
  },
  cardBox: () => cardElement()?.getBoundingClientRect().toJSON() ?? null,
  cardControl(text: string) {
    const all = [...(cardElement()?.querySelectorAll('button, label') ?? [])].filter(isShown);
    const found = all.find(
      (one) => one.textContent === text || (one.querySelector('select') && one.textContent?.startsWith(text)),
    );
    const control = found?.querySelector('input, select') ?? found;
    const box = control?.getBoundingClientRect();
    return box && { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  },
  ringing: () => {
    const select = cardElement()?.querySelector('select');
    return select && isShown(select) ? select.selectedOptions[0]?.textContent : null;
  },
  focused: () => roots.at(-1)?.activeElement?.textContent ?? null,
  bubble: () => roots.at(-1)?.querySelector('.bubble:not([hidden])')?.textContent ?? null,
};
function cardElement() {
  return roots.at(-1)?.querySelector<HTMLElement>('.card:not([hidden])') ?? null;
}
function isShown(element: Element): boolean {
  return element.checkVisibility() && element.textContent !== '';
}

export type World = typeof world;
Object.assign(globalThis, { world });

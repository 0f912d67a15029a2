import { digitRuns, type Group } from './digit-runs.ts';
import { useExtensionWords } from './extensions.ts';
import type { FoundNumber } from './found-number.ts';
import { type Explanation, judge } from './judge.ts';
import { type Label, labelBefore, labelOfField, useLabelWords } from './labels.ts';
import { normalizeText } from './normalize-text.ts';
import { dateLength, joins } from './number-shapes.ts';
import type { Plan } from './plans/compiled-plan.ts';
import type { NumberPlan } from './plans/number-plan.ts';
import type { PlanBook } from './plans/open-book.ts';
import { type Reading, readDigits } from './read-digits.ts';
import { useNeighbouringWords } from './surroundings.ts';
import { useVanityWords, type Vanity, vanityNumbers } from './vanity.ts';
import { type FormerArea, formerArea, movedLandline } from './vietnam.ts';
import type { Vocabulary } from './vocabulary.ts';

export interface FindOptions {
  /** Home region, ISO 3166: numbers without + are read as its national numbers. */
  region: string;
  /** Further regions whose national numbers count, tried in order after the home region. */
  regions?: readonly string[];
  /** Full plans of regions besides those bundled; without one a region is judged by its general pattern. */
  plans?: readonly NumberPlan[];
  /** What the page says about this text from outside: a column header or the label of a field, the country of the row. */
  context?: { label?: string; country?: string };
  /** Regions by the names that a page may give their countries, in small letters: see `countryNames`. */
  countries?: Readonly<Record<string, string>>;
  /** Numbers (E.164 or bare digits) not to mark, or shapes with `#` for any digit, such as `19##-####`. */
  ignore?: readonly string[];
}

/** What the page says about a text from outside; asked for only when there are digits to weigh. */
export interface Outside {
  /** Lines of which the first that tells anything counts. */
  label(): string | undefined;
  /** The country whose national numbers are read before those of home, as a column of the table names it. */
  country?(): string | undefined;
}

export interface Finder {
  /** Finds where in a text, or in markup, a number may be; global. What it does not find is in no number. */
  readonly hints: RegExp;
  /** Whether a text can hold a number on its own, told from a pattern or two: most texts of a page need no further look. */
  mayHold(text: string): boolean;
  search(text: string, report: (explanation: Explanation) => void, outside?: Outside): void;
}

const fewestDigits = 5;
// Japan has freephone numbers of seventeen digits; with the calling code and the prefix dialled before it, 22 at most.
const mostDigits = 22;

/**
 * So many digits near each other, five of them where a plus says what they are, or letters behind a freephone prefix. Tags of
 * markup are between no two digits of them.
 */
const promisingFor = (digits: number): RegExp => {
  const more = (count: number) => `(?:[^\\dA-Za-z<]{0,4}[\\doO]){${count}}`;
  return new RegExp(`\\d${more(digits - 1)}|\\+${more(fewestDigits)}|[08]\\d\\d\\)?[-. ]?(?:\\d-)?[A-Z]`);
};
/** Names of rows are labels, too, and pages go on for days. */
const MOST_FIELDS = 1_000;
let inUse: Vocabulary | undefined;
const onlyDigits = /^\d+$/;
const exoticDigit = /[^\x20-\u024f\u1e00-\u1eff\n\t]/;

/** The finder of these options with the plans of a book and the words of labels, one list for all finders. */
export function createFinder(options: Omit<FindOptions, 'plans'>, book: PlanBook, words: Vocabulary): Finder {
  const plans = [options.region, ...(options.regions ?? [])].flatMap((region) => book.region(region) ?? []);
  const { countries = {} } = options;
  const isChoice = Object.keys(countries).length > 0;
  const plansOf = (country: string | undefined): readonly Plan[] => {
    const region = country && countries[country.trim().toLowerCase()];
    const first = plans.find((plan) => plan.region === region);
    return first ? [first, ...plans.filter((plan) => plan !== first)] : plans;
  };
  const fields = new Map<string, Label | undefined>();
  const fieldOf = (label: string | undefined): Label | undefined => {
    if (!label) return undefined;
    if (fields.size > MOST_FIELDS) fields.clear();
    if (!fields.has(label)) fields.set(label, label.split('\n').map(labelOfField).find(Boolean));
    return fields.get(label);
  };
  const ignored = new Set(options.ignore);
  // What is dialled before a national number only makes it longer.
  const shortest = plans.flatMap(({ lengths }) => lengths ?? fewestDigits).sort((a, b) => a - b)[0] ?? fewestDigits;
  const promising = promisingFor(Math.max(fewestDigits, shortest));
  const plainlyOther = new RegExp(`^\\s*(?:${words.patterns.plain})\\s*$`);

  return {
    hints: new RegExp(`${promising.source}|${exoticDigit.source}`, 'g'),
    mayHold: (text) => (promising.test(text) || exoticDigit.test(text)) && !(text.length < 24 && plainlyOther.test(text)),
    search(original, report, outside) {
      use(words);
      const isBare = onlyDigits.test(original);
      const text = isBare ? original : normalizeText(original);
      const search: Search = {
        text,
        plans: isChoice ? plansOf(outside?.country?.() ?? options.context?.country) : plans,
        book,
        field: fieldOf(outside?.label() ?? options.context?.label),
        ignored,
      };
      if (isBare) return searchRun(search, [{ digits: text, start: 0, end: text.length, plus: false, gap: '' }], report);
      const spelt = vanityNumbers(text);
      for (const groups of digitRuns(text, fewestDigits)) {
        while (spelt[0] && spelt[0].start < (groups[0] as Group).start) judgeVanity(search, spelt.shift() as Vanity, report);
        searchRun(search, groups, report);
      }
      for (const vanity of spelt) judgeVanity(search, vanity, report);
    },
  };
}

/** Most pages have no digits to weigh, and shall not wait for the words. */
function use(words: Vocabulary): void {
  if (words === inUse) return;
  inUse = words;
  useLabelWords(words);
  useNeighbouringWords(words);
  useExtensionWords(words);
  useVanityWords(words);
}

/** What a finder takes for numbers in a text, in order. */
export function numbersOf(finder: Finder, text: string, outside?: Outside): FoundNumber[] {
  const numbers: FoundNumber[] = [];
  if (!finder.mayHold(text)) return numbers;
  finder.search(text, ({ found }) => found && numbers.push(found), outside);
  return numbers;
}

interface Search {
  text: string;
  plans: readonly Plan[];
  book: PlanBook;
  field: Label | undefined;
  ignored: ReadonlySet<string>;
}

function searchRun(search: Search, groups: readonly Group[], report: (explanation: Explanation) => void): void {
  const { text, field, ignored, plans } = search;
  const begins = (at: number) => dateLength(groups, at, text) > 0 || longest(search, groups, at) !== undefined;
  /** Whether what reads as a number of another country holds one of home. */
  const holdsOwn = (first: number, { last, reading }: Candidate): boolean =>
    reading.form !== 'international' &&
    reading.plan !== plans[0] &&
    groups.slice(first + 1, last + 1).some((_, at) => {
      const own = longest(search, groups, first + 1 + at)?.reading;
      return own?.plan === plans[0] && own?.form === 'prefixed';
    });
  let previous = -1;
  let at = 0;
  while (at < groups.length) {
    const date = dateLength(groups, at, text);
    const candidate = date > 0 ? undefined : longest(search, groups, at);
    if (!candidate || holdsOwn(at, candidate)) {
      at += date || 1;
      if (date > 0) previous = at - 1;
      continue;
    }
    const weigh = ({ last, reading }: Candidate) =>
      judge({ groups, text, first: at, last, previous, begins }, reading, field, ignored);
    const { abroad } = candidate;
    const own = weigh(candidate);
    const other = abroad && own.reason === 'part-of-code' ? weigh(abroad) : undefined;
    // Part of a longer code at home, it may be a number abroad where a label says that it is one.
    const [{ last, reading }, explanation] = abroad && other?.reason === 'labelled' ? [abroad, other] : [candidate, own];
    report(explanation);
    if (explanation.verdict === 'number') previous = last;
    // Read wrongly from here, the digits may still hold a number further on.
    const isMisread = reading.form === 'prefix-missing' || explanation.reason === 'odd-grouping';
    at = isMisread && explanation.verdict !== 'number' ? at + 1 : last + 1;
  }
}

interface Candidate {
  /** The group that it ends with. */
  last: number;
  reading: Reading;
  /** Of one of home, what the same digits and more of them are in another country. */
  abroad?: Candidate;
}

/** The longest number that begins with a group. */
function longest({ plans, book, text }: Search, groups: readonly Group[], first: number): Candidate | undefined {
  let best: Candidate | undefined;
  let digits = '';
  const { plus, digits: lead } = groups[first] as Group;
  let isReadOut = lead.length === 1;
  const read = (written: string) => readDigits(written, plus, plans, book, isReadOut ? written.length : lead.length);
  const home = plans[0];
  const former = home?.former?.areas;
  let area: FormerArea | undefined;
  for (let last = first; last < groups.length && (last - first < 8 || digits.length < last - first + 2); last++) {
    const group = groups[last] as Group;
    const gap = last > first ? (groups[last - 1] as Group).gap : '';
    if (
      last > first &&
      (group.plus ||
        !(joins(gap) || (gap === ',' && isGroupedByComma(groups[first], group))) ||
        dateLength(groups, last, text, false) > 0)
    )
      break;
    // Digits read out one by one set no area code apart.
    const isApart = group.digits.length > 1 || (groups[last + 1]?.digits.length ?? 0) > 1;
    if (former && last > first && digits.length < 8 && isApart) area = formerArea(digits, former, gap, group.digits) ?? area;
    digits += group.digits;
    isReadOut &&= group.digits.length === 1;
    if (digits.length > mostDigits) break;
    if (digits.length < fewestDigits) continue;
    const reading = area ? readMoved(digits, area, read) : read(digits);
    if (!reading) continue;
    // Home first: what is whole there is not lengthened into a number of another country.
    const isWhole = best && best.reading.plan === home && best.reading.form !== 'prefix-missing';
    if (!best || !isWhole || reading.plan === home) best = { last, reading };
    else if (goesOn(groups, first, best.last)) best.abroad = { last, reading };
  }
  return best;
}

/** Whether the groups after one are set apart as those before it are: what else follows a number is a count, or the next of a series. */
function goesOn(groups: readonly Group[], first: number, at: number): boolean {
  const { gap } = groups[at] as Group;
  return groups.slice(first, at).some((group) => group.gap === gap);
}

/** Some area codes of then begin mobile numbers of today: those are moved only where the layout tells. */
function readMoved(digits: string, area: FormerArea, read: (digits: string) => Reading | undefined): Reading | undefined {
  const moved = (): Reading | undefined => {
    const today = movedLandline(digits, area);
    const reading = today === undefined ? undefined : read(today.digits);
    return reading && { ...reading, renumberedFrom: today?.from ?? '' };
  };
  return area.isTold ? (moved() ?? read(digits)) : (read(digits) ?? moved());
}

/** No sum begins with a zero and another digit. */
function isGroupedByComma(first: Group | undefined, { digits }: Group): boolean {
  return /^0\d{2,3}$/.test(first?.digits ?? '') && digits.length > 1 && digits.length < 5;
}

function judgeVanity(
  { text, plans, book, field }: Search,
  { start, end, plus, digits }: Vanity,
  report: (explanation: Explanation) => void,
): void {
  const reading = digits.map((each) => readDigits(each, plus, plans, book)).find(Boolean);
  if (!reading) return;
  const label = labelBefore(text.slice(Math.max(0, start - 64), start)) ?? field;
  const weighed = { start, end, text: text.slice(start, end) };
  if (label?.verdict === 'other') report({ ...weighed, verdict: 'rejected', reason: 'label', word: label.word });
  else report({ ...weighed, verdict: 'number', reason: 'vanity', found: { start, end, number: reading.number } });
}

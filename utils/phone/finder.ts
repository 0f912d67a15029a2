import { numberOfLink } from './call-link.ts';
import { digitRuns, type Group } from './digit-runs.ts';
import { setExtensionWords } from './extensions.ts';
import type { FoundNumber } from './found-number.ts';
import { type Explanation, judge } from './judge.ts';
import { type Label, labelBefore, labelOfField, setLabelWords } from './labels.ts';
import { normalizeText } from './normalize-text.ts';
import { dateLength, joins } from './number-shapes.ts';
import type { Plan } from './plans/compiled-plan.ts';
import type { NumberPlan } from './plans/number-plan.ts';
import type { PlanBook } from './plans/open-book.ts';
import { type Reading, readDigits } from './read-digits.ts';
import { setNeighbouringWords } from './surroundings.ts';
import { setVanityWords, type Vanity, vanityNumbers } from './vanity.ts';
import { type FormerArea, formerArea, movedLandline } from './vietnam.ts';
import type { Vocabulary } from './vocabulary.ts';

export interface FindOptions {
  /** Home region, ISO 3166: numbers without + are read as its national numbers. */
  region: string;
  /** Further regions whose national numbers count, tried in order after the home region. */
  regions?: readonly string[];
  /** Full plans in addition to the bundled ones; a region without a full plan is validated by its general pattern. */
  plans?: readonly NumberPlan[];
  /** What the page says about this text elsewhere: its column header or field label, the country of its row. */
  context?: { label?: string; country?: string };
  /** Maps lower-case country names, as a page may write them, to regions: see `countryNames`. */
  countries?: Readonly<Record<string, string>>;
}

/** What the page says about a text elsewhere; asked for only when there are digits to judge. */
export interface Outside {
  /** One label a line; the first line that says anything about digits counts. */
  label?(): string | undefined;
  /** The country as a table column names it; its national numbers are tried before those of the home region. */
  country?: (() => string | undefined) | undefined;
  /** The address of the call link that a part of the text stands in. */
  link?(start: number, end: number): string | undefined;
}

export interface Finder {
  /** Global pattern that matches where text or markup may hold a number; text without a match holds none. */
  readonly hints: RegExp;
  /** A cheap check by two or three patterns whether a text can hold a number: it rules out most texts of a page. */
  mayHold(text: string): boolean;
  search(text: string, report: (explanation: Explanation) => void, outside?: Outside): void;
  /** The numbers accepted in a text, in order. */
  find(text: string, outside?: Outside): FoundNumber[];
}

const fewestDigits = 5;
/** Behind a short group that is no more of a number: `+65-8442-7190 30 minutes before`. */
const timeAfter = /^ ?(?:min(?:ute)?s?|h(?:ou)?rs?|days?|weeks?|phút|giờ|ngày|tuần|tháng)(?!\p{L})/iu;
// Japan has freephone numbers of seventeen digits; with the international prefix and the calling code, 22 at most.
const mostDigits = 22;

/**
 * Matches `digits` digits close together or on further lines of the source, five digits after a plus, or letters after a freephone
 * prefix. No match spans a tag of markup, because no `<` may stand between two digits.
 */
const promisingFor = (digits: number): RegExp => {
  const more = (count: number) => `(?:(?:[^\\dA-Za-z<]{0,4}|\\s{5,})[\\doO]){${count}}`;
  return new RegExp(`\\d${more(digits - 1)}|\\+${more(fewestDigits)}|[08]\\d\\d\\)?[-. ]?(?:\\d-)?[A-Z]`);
};
/** Bounds the label cache: row names are labels too, and a page may stay open for days. */
const MOST_FIELDS = 1_000;
let inUse: Vocabulary | undefined;
const onlyDigits = /^\d+$/;
const exoticDigit = /[^\x20-\u024f\u1e00-\u1eff\n\t]/;

/** Builds the finder for these options from the plans of a book and the label words; all finders share one set of words. */
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
  // The shortest national number sets the minimum: a prefix dialled before it only adds digits.
  const shortest = Math.min(mostDigits, ...plans.flatMap(({ lengths }) => lengths ?? fewestDigits));
  const promising = promisingFor(Math.max(fewestDigits, shortest));
  const plainlyOther = new RegExp(`^\\s*(?:${words.patterns.plain})\\s*$`);

  const finder: Finder = {
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
        field: fieldOf(outside?.label?.() ?? options.context?.label),
        find: finder.find,
        outside,
      };
      if (isBare) return searchRun(search, [{ digits: text, start: 0, end: text.length, plus: false, gap: '' }], report);
      const spelt = vanityNumbers(text);
      for (const groups of digitRuns(text, fewestDigits)) {
        while (spelt[0] && spelt[0].start < (groups[0] as Group).start) judgeVanity(search, spelt.shift() as Vanity, report);
        searchRun(search, groups, report);
      }
      for (const vanity of spelt) judgeVanity(search, vanity, report);
    },
    find(text, outside) {
      const numbers: FoundNumber[] = [];
      if (finder.mayHold(text)) finder.search(text, ({ found }) => found && numbers.push(found), outside);
      return numbers;
    },
  };
  return finder;
}

/** Compiles the words at the first search, because most pages have no digits to judge and should not pay for it. */
function use(words: Vocabulary): void {
  if (words === inUse) return;
  inUse = words;
  setLabelWords(words);
  setNeighbouringWords(words);
  setExtensionWords(words);
  setVanityWords(words);
}

interface Search {
  text: string;
  plans: readonly Plan[];
  book: PlanBook;
  field: Label | undefined;
  find: Finder['find'];
  outside: Outside | undefined;
}

function searchRun(search: Search, groups: readonly Group[], report: (explanation: Explanation) => void): void {
  const { text, field, plans } = search;
  const begins = (at: number) => dateLength(groups, at, text) > 0 || longest(search, groups, at) !== undefined;
  /** Whether digits that read as a number of another region contain a home number with its prefix. */
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
      judge({ groups, text, first: at, last, previous, begins }, asCalled(search, groups, at, last, reading), field);
    const { abroad } = candidate;
    const own = weigh(candidate);
    const other = abroad && own.reason === 'part-of-code' ? weigh(abroad) : undefined;
    // Rejected at home as part of a longer code, the digits may still be a foreign number if a label says so.
    const [{ last, reading }, explanation] = abroad && other?.reason === 'labelled' ? [abroad, other] : [candidate, own];
    report(explanation);
    if (explanation.verdict === 'number') previous = last;
    // The reading may have started at the wrong group: try again from the next one.
    const isMisread = reading.form === 'prefix-missing' || explanation.reason === 'odd-grouping';
    at = isMisread && explanation.verdict !== 'number' ? at + 1 : last + 1;
  }
}

/**
 * The reading of digits in a call link as the link calls them, if that is the same number or what they are written for within its
 * country. Digits that name another number are what the reader sees, and the link does not change them.
 */
function asCalled(
  { find, outside, book }: Search,
  groups: readonly Group[],
  first: number,
  last: number,
  reading: Reading,
): Reading {
  const address = outside?.link?.((groups[first] as Group).start, (groups[last] as Group).end);
  const called = address && numberOfLink(address, find, outside?.country);
  if (!called) return reading;
  const digits = groups
    .slice(first, last + 1)
    .map((group) => group.digits)
    .join('');
  // Some countries keep the 0 in front of their numbers.
  const isWritten = [digits, digits.replace(/^0/, '')].some(
    (national) => called.number.endsWith(national) && book.callingCode(called.number.slice(1, -national.length)).length > 0,
  );
  return called.number === reading.number || isWritten
    ? { ...reading, renumberedFrom: undefined, ...called, isCalled: true }
    : reading;
}

interface Candidate {
  /** Index of its last group. */
  last: number;
  reading: Reading;
  /** For a home number: the longer number of another region that begins with the same digits. */
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
        dateLength(groups, last, text, false) > 0 ||
        (best && group.digits.length < 3 && timeAfter.test(text.slice(group.end))))
    )
      break;
    // Where digits are read out one by one, a gap does not separate an area code.
    const isApart = group.digits.length > 1 || (groups[last + 1]?.digits.length ?? 0) > 1;
    if (former && last > first && digits.length < 8 && isApart) area = formerArea(digits, former, gap, group.digits) ?? area;
    digits += group.digits;
    isReadOut &&= group.digits.length === 1;
    if (digits.length > mostDigits) break;
    if (digits.length < fewestDigits) continue;
    const reading = area ? readMoved(digits, area, read) : read(digits);
    if (!reading) continue;
    // Home first: a complete home number is not extended into a number of another region.
    const isWhole = best && best.reading.plan === home && best.reading.form !== 'prefix-missing';
    if (!best || !isWhole || reading.plan === home) best = { last, reading };
    else if (goesOn(groups, first, best.last)) best.abroad = { last, reading };
  }
  return best;
}

/** Whether the gap after group `at` also occurs before it. If not, a count or the next number of a list follows. */
function goesOn(groups: readonly Group[], first: number, at: number): boolean {
  const { gap } = groups[at] as Group;
  return groups.slice(first, at).some((group) => group.gap === gap);
}

/** Some former area codes are mobile prefixes today; such digits are read as an old landline only where the layout says so. */
function readMoved(digits: string, area: FormerArea, read: (digits: string) => Reading | undefined): Reading | undefined {
  const moved = (): Reading | undefined => {
    const today = movedLandline(digits, area);
    const reading = today === undefined ? undefined : read(today.digits);
    return reading && { ...reading, renumberedFrom: today?.from ?? '' };
  };
  return area.isTold ? (moved() ?? read(digits)) : (read(digits) ?? moved());
}

/** Whether a comma can be a group separator: no amount of money begins with a zero followed by another digit. */
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
  if (label?.verdict === 'other') report({ ...weighed, verdict: 'rejected', reason: 'label' });
  else report({ ...weighed, verdict: 'number', reason: 'vanity', found: { start, end, number: reading.number } });
}

import type { Group } from './digit-runs.ts';
import type { RejectReason } from './reasons.ts';

/** Shapes of other things, rejected even where the digits are a valid number; a phone label outweighs them. */
export function foreignShape(written: string, groups: readonly Group[]): RejectReason | undefined {
  if (isCompactDate(written)) return 'date';
  if (groups.length === 1) return undefined;
  if (written.includes('.')) {
    if (/^(?:0|[1-9]\d{0,2})\.\d{4,}$/.test(written)) return 'decimal';
    if (/^[1-9]\d{0,2}(?:\.\d{3}){2,}$/.test(written)) return 'price';
    if (isAddress(written)) return 'ip-address';
    if (/^[1-9]\d{0,2}(?:\.\d+){2,}$/.test(written) && groups.slice(1).some(({ digits }) => digits.length === 1))
      return 'version';
  }
  // Ranges of years or clock times: `1954 - 1975`, `1800 - 2230`, `18.00 - 22.30`.
  if (written.length < 14 && /^(?:(?:(?:18|19|20)\d\d|[012]\d\.?(?:[03]0|[14]5))(?: ?- ?|$)){2}$/.test(written)) return 'range';
  if (written.length === 19 && /^(?:\d{4}[ -]){3}\d{4}$/.test(written)) return 'card';
  return groups.length > 3 && isSequence(groups) ? 'sequence' : undefined;
}

/** `0044501 - 0044600`: a range whose two ends begin alike. */
export function isRange([first, last, ...more]: readonly Group[]): boolean {
  if (!first || !last || more.length > 0 || first.plus || !first.gap.includes('-')) return false;
  const half = first.digits.slice(0, first.digits.length / 2);
  return last.digits.length === first.digits.length && last.digits.startsWith(half) && last.digits > first.digits;
}

/**
 * How many groups from `at` on form a date, a part of a clock time, `24/7` or the end of a Vietnamese number plate; 0 for none.
 * `shortYear`: whether a two-digit year counts, as in `4-02-75`.
 */
export function dateLength(groups: readonly Group[], at: number, text: string, shortYear = true): number {
  const [a, b, c] = [groups[at], groups[at + 1], groups[at + 2]];
  if (!a || a.plus) return 0;
  if (
    b &&
    c &&
    /^[-./]$/.test(a.gap) &&
    a.gap === b.gap &&
    !/^[-./]$/.test(c.gap) &&
    isDate(a.digits, b.digits, c.digits, shortYear)
  )
    return 3;
  // Month and year, as in `09/2024-0382`.
  if (/^(?:0\d|1[0-2])$/.test(a.digits) && a.gap === '/' && /^20\d\d$/.test(b?.digits ?? '') && b?.gap !== '/') return 2;
  if (a.digits === '24' && a.gap === '/' && /^(?:7|24)$/.test(b?.digits ?? '')) return 2;
  if (a.digits.length > 2) {
    const plate = a.start > 3 && /\d\d[A-Z][A-Z\d]?[- .]$/.test(text.slice(Math.max(0, a.start - 5), a.start));
    if (!plate) return 0;
    return a.digits.length === 3 && a.gap === '.' && b?.digits.length === 2 ? 2 : Number(a.digits.length < 6);
  }
  const hour = text[a.end] === ':' && /^\d\d/.test(text.slice(a.end + 1, a.end + 3));
  return hour || (text[a.start - 1] === ':' && /\d:$/.test(text.slice(Math.max(0, a.start - 2), a.start))) ? 1 : 0;
}

function isMark(gap: string): boolean {
  return gap === '-' || gap === '.' || gap === '/';
}

function isDate(a: string, b: string, c: string, shortYear: boolean): boolean {
  const [x, y, z] = [Number(a), Number(b), Number(c)];
  if (a.length === 4) return x > 1899 && x < 2101 && isMonthAndDay(y, z) && b.length <= 2 && c.length <= 2;
  if (a.length > 2 || b.length > 2 || (c.length !== 4 && !(shortYear && c.length === 2))) return false;
  return (isMonthAndDay(y, x) || isMonthAndDay(x, y)) && (c.length === 2 || (z > 1899 && z < 2101));
}

function isMonthAndDay(month: number, day: number): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

function isCompactDate(written: string): boolean {
  if (written.length !== 8 && written.length !== 11) return false;
  const parts = /^((?:19|20)\d\d)(\d\d)(\d\d)(?: \d\d)?$/.exec(written);
  if (parts) return isMonthAndDay(Number(parts[2]), Number(parts[3]));
  const reversed = /^(\d\d)(\d\d)((?:19|20)\d\d)$/.exec(written);
  return reversed !== null && isMonthAndDay(Number(reversed[2]), Number(reversed[1]));
}

/** Numbers in even steps, as on the scale of a chart or in page navigation. */
function isSequence(groups: readonly Group[]): boolean {
  const values = groups.map(({ digits }) => Number(digits));
  const step = (values[1] ?? 0) - (values[0] ?? 0);
  return values.every((value, at) => at === 0 || value - (values[at - 1] ?? 0) === step);
}

function isAddress(written: string): boolean {
  return /^\d{1,3}(?:\.\d{1,3}){3}$/.test(written) && written.split('.').every((part) => Number(part) < 256);
}

// One separator between groups: a mark with at most one space on each side, brackets, or a little white space.
const joint = /^(?:\)?\s?(?:[-.~/_]|\/\/)?\s?\(?|\)?\s{1,3}|\s?\)\s?[-.]?\s?|\s*\n\s*|\)?\[\]?|\s?[([]|[\])]\s?)$/;

export function joins(gap: string): boolean {
  return gap === ' ' || gap === '.' || gap === '-' || joint.test(gap);
}

/** Whether a gap is a single mark without spaces, which ties the digits beside a number to it: `…-001`, `12-…`. */
export function ties(gap: string): boolean {
  return isMark(gap) || gap === '~';
}

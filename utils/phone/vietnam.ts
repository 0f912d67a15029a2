import type { Reading } from './read-digits.ts';

const serviceLine = /^1[89]00(?:\d{4}|\d{6})$/;

/** 1800 and 1900 lines: not subscriber numbers in the sense of E.164; dialled as written. */
export function isServiceLine(digits: string): boolean {
  return digits.startsWith('1') && serviceLine.test(digits);
}

/**
 * Ho Chi Minh City's tax codes begin with 0300–0319, a range that the metadata still lists as mobile though no operator uses it.
 */
export function looksLikeTaxCode(digits: string): boolean {
  return /^03[01]\d{7}$/.test(digits);
}

/** Army and police lines, 069 plus seven digits: ministries publish them, but the metadata has only shorter ones. */
export function isForceLine(national: string): boolean {
  return national.length === 9 && national.startsWith('692');
}

/** An area code from before 2017, separated from the local number. */
export interface FormerArea {
  area: string;
  today: string;
  /** All digits up to the end of the area code. */
  lead: string;
  /** Whether the layout shows a landline: brackets, or a first digit on its own as in `038 3 844 207`. */
  isTold: boolean;
}

/** The former area code at the end of the digits before a gap and the next group. */
export function formerArea(lead: string, former: Record<string, string>, gap: string, next: string): FormerArea | undefined {
  const area = lead.replace(/^(?:(?:00)?84)?0?/, '');
  const today = area && area.length < 4 ? former[area] : undefined;
  return today ? { area, today, lead, isTold: next.length > 1 ? next.length > 3 && gap[0] === ')' : next === '3' } : undefined;
}

/** Digits with a former area code as dialled today, and the E.164 number of that time; undefined when the length does not fit. */
export function movedLandline(digits: string, { area, today, lead }: FormerArea): { digits: string; from: string } | undefined {
  const local = digits.slice(lead.length);
  // Local numbers had seven digits, or eight in the two cities with one-digit codes.
  if (local.length !== (area.length > 1 ? 7 : 8)) return undefined;
  return { digits: lead.slice(0, -area.length) + today + local, from: `+84${area}${local}` };
}

/** The extension in `0238.3.847.925 (103)`, `(máy 103)`, `028 3822 1234-302`; only after a landline, as mobiles have none. */
export function bareExtension({ plan, national }: Reading, after: string): { digits: string; length: number } | undefined {
  const found =
    plan.region === 'VN' && national[0] === '2'
      ? /^ ?(?:\((?:m[aá]y\.? ?|(?!11|(?:19|20)\d\d))(\d{2,4})\)|- ?(\d{2,3})(?=[,;)\n]|$))/i.exec(after)
      : null;
  const digits = found?.[1] ?? found?.[2] ?? '';
  return found && !(found[2] && isNextLine(national, digits)) ? { digits, length: found[0].length } : undefined;
}

/** `028 3822 1234-35`, `1234 - 36`: the last digits of another line at the same place. */
function isNextLine(national: string, end: string): boolean {
  const ahead = Number(end) - Number(national.slice(-end.length));
  return ahead > 0 && ahead < 20;
}

/** Whether digits are a complete landline number, after which an extension or the end of another line may follow. */
export function isLandline(digits: string): boolean {
  return /^(?:0|84)2\d{9}$/.test(digits);
}

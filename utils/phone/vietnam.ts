import type { Reading } from './read-digits.ts';

const serviceLine = /^1[89]00(?:\d{4}|\d{6})$/;

/** 1800 and 1900 lines: no subscribers in the sense of E.164, dialled as they stand. */
export function isServiceLine(digits: string): boolean {
  return digits.startsWith('1') && serviceLine.test(digits);
}

/**
 * Ho Chi Minh City's tax codes begin with 0300–0319, a range the metadata still counts as mobile though no operator holds it.
 */
export function looksLikeTaxCode(digits: string): boolean {
  return /^03[01]\d{7}$/.test(digits);
}

/** Lines of the army and police, 069 and seven digits: printed by ministries, though the metadata knows shorter ones only. */
export function isForceLine(national: string): boolean {
  return national.length === 9 && national.startsWith('692');
}

/** An area code of before 2017 that is set apart. */
export interface FormerArea {
  area: string;
  today: string;
  /** The digits up to its end. */
  lead: string;
  /** Whether the layout says that the digits are a landline's: brackets, or its lone first digit as in `038 3 844 207`. */
  isTold: boolean;
}

/** The former area code that ends the digits before a gap and the next group. */
export function formerArea(lead: string, former: Record<string, string>, gap: string, next: string): FormerArea | undefined {
  let at = lead.startsWith('84') ? 2 : lead.startsWith('0084') ? 4 : 0;
  if (lead[at] === '0') at++;
  const area = lead.slice(at);
  const today = area && area.length < 4 ? former[area] : undefined;
  return today ? { area, today, lead, isTold: next.length > 1 ? next.length > 3 && gap[0] === ')' : next === '3' } : undefined;
}

/** Digits that begin with a former area code as they are dialled today, and E.164 of then; undefined for too many or too few. */
export function movedLandline(digits: string, { area, today, lead }: FormerArea): { digits: string; from: string } | undefined {
  const local = digits.slice(lead.length);
  // Subscribers had seven digits, eight in the two cities whose codes had one.
  if (local.length !== (area.length > 1 ? 7 : 8)) return undefined;
  return { digits: lead.slice(0, -area.length) + today + local, from: `+84${area}${local}` };
}

/** `0238.3.847.925 (103)`, `(máy 103)`, `028 3822 1234-302`: behind a landline only, as mobiles have none. */
export function bareExtension({ plan, national }: Reading, after: string): { digits: string; length: number } | undefined {
  const found =
    plan.region === 'VN' && national[0] === '2'
      ? /^ ?(?:\((?:m[aá]y\.? ?|(?!11|(?:19|20)\d\d))(\d{2,4})\)|- ?(\d{2,3})(?=[,;)\n]|$))/i.exec(after)
      : null;
  const digits = found?.[1] ?? found?.[2] ?? '';
  return found && !(found[2] && isNextLine(national, digits)) ? { digits, length: found[0].length } : undefined;
}

/** `028 3822 1234-35`, `1234 - 36`: the end of another line of the same house. */
function isNextLine(national: string, end: string): boolean {
  const ahead = Number(end) - Number(national.slice(-end.length));
  return ahead > 0 && ahead < 20;
}

/** Whether digits are a whole landline, behind which an extension or the end of another line may follow. */
export function isLandline(digits: string): boolean {
  return /^(?:0|84)2\d{9}$/.test(digits);
}

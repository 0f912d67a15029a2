import { longestReportDays } from '../../relay/contract.ts';
import { createFormat, type Format } from '../../utils/i18n/format.ts';

export type PeriodKind = 'today' | 'yesterday' | 'week' | 'month' | 'last_month' | 'custom';

/** The first and the last day of a period, such as 2026-11-30; both are included. */
export interface Days {
  from: string;
  to: string;
}

const dayMs = 86_400_000;

/** The current day in a time zone. */
export function dayIn(timeZone: string, now: number): string {
  return createFormat('en', timeZone).dayKey(now);
}

/** The days of a period, given the current day `today`. */
export function daysOf(kind: Exclude<PeriodKind, 'custom'>, today: string): Days {
  const firstOfMonth = `${today.slice(0, 7)}-01`;
  const endOfLast = daysLater(firstOfMonth, -1);
  switch (kind) {
    case 'today':
      return { from: today, to: today };
    case 'yesterday':
      return { from: daysLater(today, -1), to: daysLater(today, -1) };
    case 'week':
      return { from: daysLater(today, -6), to: today };
    case 'month':
      return { from: firstOfMonth, to: today };
    case 'last_month':
      return { from: `${endOfLast.slice(0, 7)}-01`, to: endOfLast };
  }
}

/** Why these days cannot be requested. */
export function faultOf({ from, to }: Days): 'missing' | 'backwards' | 'most' | null {
  if (!isDay(from) || !isDay(to)) return 'missing';
  if (to < from) return 'backwards';
  return daysLater(from, longestReportDays.period - 1) < to ? 'most' : null;
}

/** Whether a day is chosen: a date that is still being typed has a year long ago, such as 0002. */
export function isDay(text: string): boolean {
  return /^[2-9]\d{3}-\d\d-\d\d$/.test(text);
}

/** The start of the first day and the end of the last one in a time zone, in milliseconds. */
export function limitsOf({ from, to }: Days, timeZone: string): { from: number; to: number } {
  const format = createFormat('en', timeZone);
  return { from: startOfDay(from, format), to: startOfDay(to, format, 1) };
}

/** When a day, or the one `later` days after it, begins in the time zone of `format`, in milliseconds. */
export function startOfDay(day: string, { stamp }: Pick<Format, 'stamp'>, later = 0): number {
  const ahead = (at: number) => Date.parse(`${stamp(at).replace(' ', 'T')}Z`) - at;
  const midnight = Date.parse(daysLater(day, later));
  // The offset may change between the estimated and the actual midnight; where the change skips midnight, the day begins later.
  const nearly = midnight - ahead(midnight);
  const exactly = midnight - ahead(nearly);
  return exactly + ahead(exactly) < midnight ? nearly : exactly;
}

/** Splits the days into parts no longer than the relay's limit for day-by-day reports. */
export function partsOf({ from, to }: Days): Days[] {
  const end = daysLater(from, longestReportDays.day - 1);
  return end < to ? [{ from, to: end }, ...partsOf({ from: daysLater(end, 1), to })] : [{ from, to }];
}

function daysLater(day: string, days: number): string {
  return new Date(Date.parse(day) + days * dayMs).toISOString().slice(0, 10);
}

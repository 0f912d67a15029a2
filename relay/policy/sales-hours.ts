import type { InferOutput } from 'valibot';
import type { SalesHoursSchema } from '../contract.ts';
import type { NumberClass } from './classify-number.ts';

type SalesHours = InferOutput<typeof SalesHoursSchema>;

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const formats = new Map<string, Intl.DateTimeFormat>();

/**
 * Whether numbers of this class may be called for sales at that time (epoch milliseconds). Class `other` has customers too, on
 * internet telephony: it may be called within any of the windows.
 */
export function isWithinSalesHours(salesHours: SalesHours, numberClass: NumberClass, at: number): boolean {
  const own = windowsFor(salesHours, numberClass);
  if (own.length === 0) return true;
  const { weekday, time } = localTime(salesHours.timeZone, at);
  return own.some(({ days, from, to }) => days.includes(weekday) && time >= from && time < to);
}

/** The windows of that day for numbers of this class, in order of time; those that touch or overlap are one. */
export function salesHoursOfDay(salesHours: SalesHours, numberClass: NumberClass, at: number): { from: string; to: string }[] {
  const { weekday } = localTime(salesHours.timeZone, at);
  const today = windowsFor(salesHours, numberClass).filter(({ days, from, to }) => days.includes(weekday) && from < to);
  const hours: { from: string; to: string }[] = [];
  for (const { from, to } of today.sort((one, other) => one.from.localeCompare(other.from))) {
    const before = hours.at(-1);
    if (!before || before.to < from) hours.push({ from, to });
    else if (before.to < to) before.to = to;
  }
  return hours;
}

function windowsFor({ windows }: SalesHours, numberClass: NumberClass) {
  return windows.filter(({ classes }) => numberClass === 'other' || classes.some((one) => one === numberClass));
}

export function isTimeZone(timeZone: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en-US', { timeZone }));
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

function localTime(timeZone: string, at: number): { weekday: number; time: string } {
  const format =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat('en-US', { timeZone, weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  formats.set(timeZone, format);
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  return { weekday: weekdays.indexOf(parts.weekday ?? '') + 1, time: `${parts.hour}:${parts.minute}` };
}

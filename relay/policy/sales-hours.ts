import type { InferOutput } from 'valibot';
import type { SalesHoursSchema } from '../contract.ts';
import type { NumberClass } from './classify-number.ts';

type SalesHours = InferOutput<typeof SalesHoursSchema>;

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const formats = new Map<string, Intl.DateTimeFormat>();

/** May numbers of this kind be called for sales at that moment (epoch milliseconds)? */
export function isWithinSalesHours(hours: SalesHours, numberClass: NumberClass, at: number): boolean {
  if (!hours.classes.some((one) => one === numberClass)) return true;
  const { weekday, time } = localTime(hours.timeZone, at);
  return hours.days.includes(weekday) && time >= hours.from && time < hours.to;
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

import type { Language } from '../messages.ts';
import { clock, clockParts } from './clock.ts';

/** Dates, durations and counts in a person's language; clock times in 24 hours in both languages. */
export interface Format {
  /** 14:05 */
  time(at: number): string;
  /** 14:05 today, else 3 Jul, 14:05; the year too when it is not this one. */
  moment(at: number, now: number): string;
  /** Today, Yesterday, Friday 3 July; the year too when it is not this one. */
  day(at: number, now: number): string;
  /** 2026-07-03 in the reader's time zone: the same for two moments of one day. */
  dayKey(at: number): string;
  /** 3 hours ago; just now under a minute */
  ago(at: number, now: number): string;
  /** 2026-07-03 14:05:00, as spreadsheets read it */
  stamp(at: number): string;
  /** Monday, in the middle of a sentence */
  weekday(at: number): string;
  /** Vietnam for VN */
  country(region: string): string;
  /** 0:07, 12:30, 1:02:03 */
  clock(seconds: number): string;
  /** 2 minutes 41 seconds */
  duration(seconds: number): string;
  count(value: number): string;
}

// British English: its date order and 24-hour clock match the Vietnamese format.
export const locales: Record<Language, string> = { en: 'en-GB', vi: 'vi-VN' };

export function createFormat(language: Language, timeZone?: string): Format {
  const locale = locales[language];
  const dates = (options: Intl.DateTimeFormatOptions) =>
    onDemand(() => new Intl.DateTimeFormat(locale, { ...options, timeZone }));
  const time = dates({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const shortDate = dates({ day: 'numeric', month: 'short' });
  const shortDateWithYear = dates({ day: 'numeric', month: 'short', year: 'numeric' });
  const day = dates({ weekday: 'long', day: 'numeric', month: 'long' });
  const weekday = dates({ weekday: 'long' });
  const dayWithYear = dates({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
  const key = onDemand(() => new Intl.DateTimeFormat('en-CA', { year: 'numeric', month: '2-digit', day: '2-digit', timeZone }));
  const relative = onDemand(() => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }));
  const elapsed = onDemand(() => new Intl.RelativeTimeFormat(locale, { numeric: 'always' }));
  const countries = onDemand(() => new Intl.DisplayNames(locale, { type: 'region' }));
  const seconds = onDemand(() => new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium', timeZone }));
  const numbers = onDemand(() => new Intl.NumberFormat(locale));
  const units = (['hour', 'minute', 'second'] as const).map((unit) =>
    onDemand(() => new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' })),
  );
  // In every time zone days begin on a quarter of an hour; calling Intl for each of thousands of rows would be slow.
  const dayKeys = new Map<number, string>();
  const dayKey = (at: number) => {
    const quarter = Math.floor(at / 900_000);
    const known = dayKeys.get(quarter) ?? key().format(at);
    dayKeys.set(quarter, known);
    return known;
  };
  const isSameYear = (at: number, now: number) => dayKey(at).slice(0, 4) === dayKey(now).slice(0, 4);

  return {
    time: (at) => time().format(at),
    moment(at, now) {
      if (dayKey(at) === dayKey(now)) return time().format(at);
      return `${(isSameYear(at, now) ? shortDate : shortDateWithYear)().format(at)}, ${time().format(at)}`;
    },
    day(at, now) {
      const daysAgo = daysBetween(dayKey(at), dayKey(now));
      if (daysAgo === 0 || daysAgo === 1) return capitalise(relative().format(-daysAgo, 'day'), locale);
      return capitalise((isSameYear(at, now) ? day : dayWithYear)().format(at), locale);
    },
    dayKey,
    ago(at, now) {
      const minutes = Math.max(0, Math.floor((now - at) / 60_000));
      if (minutes === 0) return language === 'vi' ? 'vừa xong' : 'just now';
      if (minutes < 60) return elapsed().format(-minutes, 'minute');
      return minutes < 1440
        ? elapsed().format(-Math.floor(minutes / 60), 'hour')
        : elapsed().format(-Math.floor(minutes / 1440), 'day');
    },
    stamp: (at) => `${key().format(at)} ${seconds().format(at)}`,
    weekday: (at) => weekday().format(at),
    country: (region) => countries().of(region) ?? region,
    clock,
    duration(seconds) {
      const values = clockParts(seconds);
      const shown = values.flatMap((value, i) => (value > 0 ? [units[i]?.().format(value)] : []));
      return shown.length > 0 ? shown.join(' ') : (units[2]?.().format(0) ?? '0');
    },
    count: (value) => numbers().format(value),
  };
}

/** Creating an Intl formatter takes about a millisecond, and the first render of a view needs only a few. */
function onDemand<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

function daysBetween(earlier: string, later: string): number {
  return Math.round((Date.parse(later) - Date.parse(earlier)) / 86_400_000);
}

function capitalise(text: string, locale: string): string {
  return text.charAt(0).toLocaleUpperCase(locale) + text.slice(1);
}

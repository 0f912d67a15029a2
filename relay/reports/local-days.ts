import { localClock } from '../policy/local-clock.ts';

/** A calendar day in a time zone, from its first millisecond (inclusive) to the next day's (exclusive). */
export interface LocalDay {
  /** `2026-03-02` */
  day: string;
  start: number;
  end: number;
}

/**
 * The days of a time zone between `from` and `to`, the first and last cut to the period; days may have 23 or 25 hours. Throws a
 * RangeError for an unknown zone.
 */
export function localDays(from: number, to: number, timeZone: string): LocalDay[] {
  const clock = localClock(timeZone);
  const dayOf = (at: number) => new Date(clock(at)).toISOString().slice(0, 10);
  const days: LocalDay[] = [];
  for (let start = from; start < to; ) {
    const day = dayOf(start);
    const midnight = Date.parse(day) + 86_400_000;
    // The offset at the next midnight may differ from the one now; where the clocks skip midnight, the day begins after the gap.
    const nearly = midnight - (clock(start) - start);
    const exactly = midnight - (clock(nearly) - nearly);
    const next = dayOf(exactly) === day ? nearly : exactly;
    days.push({ day, start, end: Math.min(next, to) });
    start = next;
  }
  return days;
}

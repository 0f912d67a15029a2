import { localClock } from '../policy/local-clock.ts';

/** A day of the calendar in some zone, from its first millisecond up to, not including, the next day's. */
export interface LocalDay {
  /** `2026-03-02` */
  day: string;
  start: number;
  end: number;
}

/** The days of a zone that `from` to `to` touch, cut to them; days of 23 and 25 hours included. Throws a RangeError for an unknown zone. */
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

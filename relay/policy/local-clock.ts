import type { Policy } from '../contract.ts';

let ownZone: string | undefined;
/** No zone moves its clocks but at a quarter of an hour. */
const STEADY_MS = 900_000;

type Clock = (at: number) => number;
const clocks = new Map<string, Clock>();

/** The zone by whose days a company counts: that of its sales hours, else the relay's own, which start.ts sets. */
export function companyTimeZone({ salesHours }: Pick<Policy, 'salesHours'>): string {
  ownZone ??= Intl.DateTimeFormat().resolvedOptions().timeZone;
  return salesHours?.timeZone ?? ownZone;
}

/** What the clocks of a zone show, read as if it were UTC; epoch milliseconds both. Throws a RangeError for an unknown zone. */
export function localClock(timeZone: string): Clock {
  const clock = clocks.get(timeZone) ?? makeClock(timeZone);
  clocks.set(timeZone, clock);
  return clock;
}

/** `2026-03-02 09:00:00` by the clocks of a zone, as spreadsheets read it. Throws a RangeError for an unknown zone. */
export function localStamp(timeZone: string): (at: number) => string {
  const clock = localClock(timeZone);
  return (at) => new Date(clock(at)).toISOString().slice(0, 19).replace('T', ' ');
}

function makeClock(timeZone: string): Clock {
  // Swedish writes dates as ISO 8601 does.
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  let steady = Number.NaN;
  let ahead = 0;
  return (at) => {
    const quarter = Math.floor(at / STEADY_MS) * STEADY_MS;
    if (quarter !== steady) {
      ahead = Date.parse(`${format.format(quarter).replace(' ', 'T')}Z`) - quarter;
      steady = quarter;
    }
    return at + ahead;
  };
}

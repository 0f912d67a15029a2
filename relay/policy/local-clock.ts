import type { Policy } from '../contract.ts';

let ownZone: string | undefined;
/** Time zones change their offset only at a multiple of a quarter of an hour. */
const STEADY_MS = 900_000;

type Clock = (at: number) => number;
const clocks = new Map<string, Clock>();

/** The time zone that defines a company's days: that of its sales hours, else the relay's own, which start.ts sets. */
export function companyTimeZone({ salesHours }: Pick<Policy, 'salesHours'>): string {
  ownZone ??= Intl.DateTimeFormat().resolvedOptions().timeZone;
  return salesHours?.timeZone ?? ownZone;
}

/**
 * Local time of a zone, expressed as if it were UTC; argument and result are epoch milliseconds. Throws a RangeError for an
 * unknown zone.
 */
export function localClock(timeZone: string): Clock {
  const clock = clocks.get(timeZone) ?? makeClock(timeZone);
  clocks.set(timeZone, clock);
  return clock;
}

/** Local time as spreadsheets read it, `2026-03-02 09:00:00`. Throws a RangeError for an unknown zone. */
export function localStamp(timeZone: string): (at: number) => string {
  const clock = localClock(timeZone);
  return (at) => new Date(clock(at)).toISOString().slice(0, 19).replace('T', ' ');
}

function makeClock(timeZone: string): Clock {
  // The Swedish locale formats dates like ISO 8601.
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

import type { HistoryQuery } from '../../relay/contract.ts';
import type { ListChoice } from '../../utils/storage.ts';

/** Days as the agent chose them. */
export type DateRange = ListChoice['range'];

export const anyDay: DateRange = { kind: 'any', from: '', to: '' };

const daysOf = { today: 1, week: 7, month: 31 } as const;

interface Limits {
  /** Start of the call in milliseconds: `from` inclusive, `to` exclusive. Undefined: unlimited. */
  from: number | undefined;
  to: number | undefined;
}

/** The limits of a range at `now`, in this computer's time zone. The last day is included. */
export function limitsOf({ kind, from, to }: DateRange, now: number): Limits {
  if (kind === 'any') return { from: undefined, to: undefined };
  if (kind === 'custom') return { from: dayStart(from, 0), to: dayStart(to, 1) };
  return { from: daysBack(daysOf[kind], now), to: undefined };
}

/** The start of the first of `days` days that end with today. */
export function daysBack(days: number, now: number): number {
  const start = new Date(now);
  start.setHours(0, 0, 0, 0);
  // Calendar arithmetic, since a day may have 23 or 25 hours.
  start.setDate(start.getDate() - days + 1);
  return start.getTime();
}

export function queryOf({ from, to }: Limits): Pick<HistoryQuery, 'from' | 'to'> {
  return { ...(from !== undefined && { from: String(from) }), ...(to !== undefined && { to: String(to) }) };
}

function dayStart(day: string, daysLater: number): number | undefined {
  const [year, month, date] = day.split('-').map(Number);
  if (!year || !month || !date) return undefined;
  const start = new Date(year, month - 1, date + daysLater).getTime();
  return Number.isFinite(start) && start >= 0 ? start : undefined;
}

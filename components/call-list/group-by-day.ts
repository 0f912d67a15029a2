import type { HistoryCall } from '../../relay/contract.ts';

export interface Day {
  key: string;
  calls: HistoryCall[];
}

/** Splits a list sorted by time where the day changes. */
export function groupByDay(calls: HistoryCall[], dayKey: (at: number) => string): Day[] {
  const days: Day[] = [];
  for (const call of calls) {
    const key = dayKey(call.startedAt);
    const last = days.at(-1);
    if (last?.key === key) last.calls.push(call);
    else days.push({ key, calls: [call] });
  }
  return days;
}

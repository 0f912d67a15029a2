import type { HistoryCall } from '../../relay/contract.ts';

/** A line of the list: the name of a day, or a call with its place among that day's calls. */
type ListItem =
  | { kind: 'day'; key: string; day: string; at: number }
  | { kind: 'call'; key: string; day: string; call: HistoryCall; place: number; of: number };

/** Calls sorted by time with the day's name before the first call of each day. */
export function listItems(calls: readonly HistoryCall[], dayKey: (at: number) => string): ListItem[] {
  const items: ListItem[] = [];
  const counts = new Map<string, number>();
  for (const call of calls) {
    const day = dayKey(call.startedAt);
    counts.set(day, (counts.get(day) ?? 0) + 1);
  }
  let day = '';
  let place = 0;
  for (const call of calls) {
    const key = dayKey(call.startedAt);
    if (key !== day) {
      day = key;
      place = 0;
      items.push({ kind: 'day', key: day, day, at: call.startedAt });
    }
    place += 1;
    items.push({ kind: 'call', key: call.id, day, call, place, of: counts.get(day) ?? place });
  }
  return items;
}

/** Splits drawn items where the day changes. */
export function groupByDay<Item extends { day: string }>(items: readonly Item[]): Item[][] {
  const days: Item[][] = [];
  for (const item of items) {
    const last = days.at(-1);
    if (last?.[0]?.day === item.day) last.push(item);
    else days.push([item]);
  }
  return days;
}

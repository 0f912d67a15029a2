import type { HistoryQuery } from '../../relay/contract.ts';
import { anyDay, type DateRange, limitsOf, queryOf } from './date-range.ts';

const filters = {
  all: {},
  todo: {},
  out: { direction: 'outbound' },
  in: { direction: 'inbound' },
  missed: { direction: 'inbound', disposition: 'missed' },
  recorded: { recorded: 'true' },
} as const satisfies Record<string, HistoryQuery>;

/** `todo`: missed calls not called back yet, found among all calls. */
export type CallFilter = keyof typeof filters;
export const callFilters = Object.keys(filters) as CallFilter[];

/** What the agent wants to see. */
export interface Wanted {
  filter: CallFilter;
  text: string;
  range: DateRange;
}
export const everything: Wanted = { filter: 'all', text: '', range: anyDay };

export function isEverything({ filter, text, range }: Wanted): boolean {
  return filter === 'all' && text.trim() === '' && range.kind === 'any';
}

/** The relay's question for it, without page and size. */
export function historyQuery({ filter, text, range }: Wanted, now: number): HistoryQuery {
  const q = text.trim().slice(0, 80);
  return { ...filters[filter], ...queryOf(limitsOf(range, now)), ...(q && { q }) };
}

import type { HistoryCall, HistoryQuery } from '../../relay/contract.ts';
import type { ListChoice } from '../../utils/storage.ts';
import { anyDay, limitsOf, queryOf } from './date-range.ts';

const filters = {
  all: {},
  todo: {},
  out: { direction: 'outbound' },
  in: { direction: 'inbound' },
  missed: { disposition: 'missed' },
  recorded: { recorded: 'true' },
} as const satisfies Record<ListChoice['filter'], HistoryQuery>;

export const callFilters = Object.keys(filters) as ListChoice['filter'][];

/** What the agent wants to see. */
export interface Wanted extends ListChoice {
  text: string;
}
export const everything: Wanted = { filter: 'all', text: '', range: anyDay, outcome: null };

export function isEverything(wanted: Wanted): boolean {
  return wanted.filter === 'all' && wanted.range.kind === 'any' && !isByNote(wanted);
}

/** Whether a note decides if its call matches: a text search also covers notes. */
export function isByNote({ text, outcome }: Pick<Wanted, 'text' | 'outcome'>): boolean {
  return outcome !== null || text.trim() !== '';
}

/** The corresponding query to the relay, without page and size. */
export function historyQuery({ filter, text, range, outcome }: Wanted, now: number): HistoryQuery {
  const q = text.trim().slice(0, 80);
  return { ...filters[filter], ...queryOf(limitsOf(range, now)), ...(outcome && { outcome }), ...(q && { q }) };
}

/**
 * The known calls that the relay's answer would contain. None for a text search, which only the relay can do, since it knows
 * renumbered prefixes.
 */
export function selectKnown(calls: readonly HistoryCall[], wanted: Wanted, now: number): HistoryCall[] {
  if (wanted.filter === 'todo' || wanted.text.trim() !== '') return [];
  const { direction, disposition, recorded }: HistoryQuery = filters[wanted.filter];
  const { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY } = limitsOf(wanted.range, now);
  return calls.filter(
    (call) =>
      (direction ?? call.direction) === call.direction &&
      (disposition ?? call.disposition) === call.disposition &&
      (recorded === undefined || call.hasRecording) &&
      call.startedAt >= from &&
      call.startedAt < to &&
      (wanted.outcome === null || wanted.outcome === (call.note?.outcome ?? 'none')),
  );
}

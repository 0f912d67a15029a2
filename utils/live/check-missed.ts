import type { HistoryCall, Missed } from '../../relay/contract.ts';
import type { KnownMissed } from '../storage.ts';

/** Calls come into the history when they are over, and may come a while after later ones. */
const lateMs = 15 * 60_000;

/**
 * What is new since the last look, what was told of and nobody has looked at, with the new, and what to remember; newest first.
 * The first look of a browser tells of nothing: it cannot know what was told before.
 */
export function compareMissed(
  known: KnownMissed | null,
  missed: Missed,
  relayUrl: string,
): { fresh: HistoryCall[]; told: HistoryCall[]; next: KnownMissed } {
  const calls = missed.calls.map(({ call }) => call);
  const next = { relayUrl, count: missed.count, ids: calls.map(({ id }) => id), completeTo: missed.completeTo };
  if (known?.relayUrl !== relayUrl || known.completeTo === null) return { fresh: [], told: [], next };
  const since = known.completeTo - lateMs;
  const fresh = calls.filter(({ id, startedAt }) => startedAt >= since && !known.ids.includes(id));
  const told = calls.filter((call) => fresh.includes(call) || known.told?.includes(call.id));
  return { fresh, told, next };
}

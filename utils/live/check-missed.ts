import type { HistoryCall, Missed } from '../../relay/contract.ts';
import type { KnownMissed } from '../storage.ts';

/** Calls come into the history when they are over, and may come a while after later ones. */
const lateMs = 15 * 60_000;

/**
 * What is new since the last look, newest first, and what to remember. The first look of a browser tells of nothing: it cannot
 * know what was told before.
 */
export function compareMissed(
  known: KnownMissed | null,
  missed: Missed,
  relayUrl: string,
): { fresh: HistoryCall[]; next: KnownMissed } {
  const calls = missed.calls.map(({ call }) => call);
  const next = { relayUrl, count: missed.count, ids: calls.map(({ id }) => id), completeTo: missed.completeTo };
  if (known?.relayUrl !== relayUrl || known.completeTo === null) return { fresh: [], next };
  const since = known.completeTo - lateMs;
  const fresh = calls.filter(({ id, startedAt }) => startedAt >= since && !known.ids.includes(id));
  return { fresh, next };
}

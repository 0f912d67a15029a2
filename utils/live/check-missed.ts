import type { HistoryCall, Missed } from '../../relay/contract.ts';
import type { KnownMissed } from '../storage.ts';

/** The history lists a call when it is over, possibly a while after calls that began later. */
const lateMs = 15 * 60_000;

/**
 * `fresh`: missed calls that are new since the last check. `told`: those of a notification that nobody has looked at yet,
 * `fresh` included. `next`: the state to store. Newest first. The first check of a browser reports nothing, since it cannot know
 * what was reported before.
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

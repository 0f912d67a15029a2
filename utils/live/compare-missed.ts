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
  const { count, others = [], completeTo } = missed;
  const ids = missed.calls.map(({ call }) => call.id);
  // Who asked to be called later has not called in vain; who cannot be called back has.
  const inVain = missed.calls.flatMap(({ call, times }) => (times > 0 ? [call] : []));
  const calls = [...inVain, ...others].sort((one, other) => other.startedAt - one.startedAt);
  const next = { relayUrl, count, ids, others: others.map(({ id }) => id), inVain: calls.length > 0, completeTo };
  if (known?.relayUrl !== relayUrl || known.completeTo === null) return { fresh: [], told: [], next };
  const since = known.completeTo - lateMs;
  const before = [...known.ids, ...(known.others ?? [])];
  const fresh = calls.filter(({ id, startedAt }) => startedAt >= since && !before.includes(id));
  const told = calls.filter((call) => fresh.includes(call) || known.told?.includes(call.id));
  return { fresh, told, next };
}

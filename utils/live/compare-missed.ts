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
  const toCallBack = missed.calls.map(({ call }) => call);
  const next = { relayUrl, count, ids: toCallBack.map(({ id }) => id), others: others.map(({ id }) => id), completeTo };
  if (known?.relayUrl !== relayUrl || known.completeTo === null) return { fresh: [], told: [], next };
  const since = known.completeTo - lateMs;
  // Who cannot be called back has called in vain all the same.
  const calls = [...toCallBack, ...others].sort((one, other) => other.startedAt - one.startedAt);
  const before = [...known.ids, ...(known.others ?? [])];
  const fresh = calls.filter(({ id, startedAt }) => startedAt >= since && !before.includes(id));
  const told = calls.filter((call) => fresh.includes(call) || known.told?.includes(call.id));
  return { fresh, told, next };
}

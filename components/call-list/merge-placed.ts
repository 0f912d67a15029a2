import type { Call, HistoryCall, PlacedCall } from '../../relay/contract.ts';
import { isStartOf } from '../../utils/calls/call-places.ts';
import { isUnderWay } from '../../utils/calls/outcome-of.ts';
import { toldMs } from '../../utils/calls/told-calls.ts';
import { isFailure } from './use-own-calls.ts';

/** How long this view shows a call that the relay does not remember; failures since the last success stay longer. */
const keptMs = 10 * 60_000;

/**
 * Merges the calls placed from this view with those the relay remembers, newest first, each once. A settled outcome replaces a
 * pending one. Calls that the history lists are left out: the relay excludes its own; one that it does not remember is matched
 * by number and time. All times are on the relay's clock.
 */
export function mergePlaced(own: Call[], remembered: PlacedCall[], history: HistoryCall[], now: number): PlacedCall[] {
  const byKey = new Map(remembered.map((call) => [keyOf(call), call]));
  const taken = new Set<HistoryCall>();
  const wentWell = Math.max(0, ...own.filter(({ state }) => state === 'accepted').map(({ createdAt }) => createdAt));
  for (const call of own.toSorted((a, b) => a.createdAt - b.createdAt)) {
    if (now - call.createdAt > (isFailure(call) && call.createdAt > wentWell ? toldMs : keptMs)) continue;
    // A call found by its note is listed under its key.
    if (history.some(({ id }) => id === keyOf(call))) continue;
    const known = byKey.get(keyOf(call));
    const listed = known ? undefined : findListed(call, history, taken);
    if (listed) taken.add(listed);
    else if (!known || known.state === 'dispatching') byKey.set(keyOf(call), { ...call, note: known?.note ?? null });
  }
  return [...byKey.values()].sort((a, b) => b.createdAt - a.createdAt);
}

// A click that was folded into an earlier call has that call's key.
function keyOf(call: Call): string {
  return call.sameAs ?? call.key;
}

function findListed(call: Call, history: HistoryCall[], taken: ReadonlySet<HistoryCall>): HistoryCall | undefined {
  // A call still being placed cannot be in the history yet: a recent one there is another call.
  if (!isUnderWay(call)) return undefined;
  return history.findLast(
    (listed) =>
      listed.direction !== 'inbound' &&
      listed.peer.number === call.number &&
      isStartOf(listed.startedAt, call.createdAt) &&
      !taken.has(listed),
  );
}

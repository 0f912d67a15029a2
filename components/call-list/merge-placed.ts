import type { Call, HistoryCall, PlacedCall } from '../../relay/contract.ts';

/** How long this view goes on showing a call that the relay does not remember. */
const keptMs = 10 * 60_000;
/** AntBuddy's clock and ours may differ by this much for the same call. */
const sameCallMs = 90_000;

/**
 * The calls placed from this view and the ones the relay remembers, newest first, each once. A settled outcome wins over a
 * running one; a call that stands in the history already is left out.
 */
export function mergePlaced(own: Call[], remembered: PlacedCall[], history: HistoryCall[], now: number): PlacedCall[] {
  const byKey = new Map(remembered.map((call) => [keyOf(call), call]));
  for (const call of own) {
    if (now - call.createdAt > keptMs || isListed(call, history)) continue;
    const known = byKey.get(keyOf(call));
    if (!known || known.state === 'dispatching') byKey.set(keyOf(call), { ...call, note: known?.note ?? null });
  }
  return [...byKey.values()].sort((a, b) => b.createdAt - a.createdAt);
}

// A click that was folded into an earlier call is that call.
function keyOf(call: Call): string {
  return call.sameAs ?? call.key;
}

function isListed(call: Call, history: HistoryCall[]): boolean {
  return history.some(
    ({ direction, peer, startedAt }) =>
      direction === 'outbound' && peer.number === call.number && Math.abs(startedAt - call.createdAt) < sameCallMs,
  );
}

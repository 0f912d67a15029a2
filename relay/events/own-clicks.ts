import type { LiveCall } from '../contract.ts';
import type { Deps } from '../deps.ts';
import { partyKeys } from '../history/party-key.ts';
import type { Signal } from './read-signal.ts';

/** A click rings the agent's device at once, and dials when it is picked up. */
const ringsWithinMs = 30_000;

/**
 * The calls of a signal, where a device that rings for a click is told of as the agent's own call. The document leaves open
 * how the vendor signals that ring (reading note 12): it may look like a call to the agent, from the number clicked or from one
 * of the company's. An incoming call says that it is one, and stays it.
 */
export async function withOwnClicks(
  { store, config, now }: Pick<Deps, 'store' | 'config' | 'now'>,
  { state, direction }: Pick<Signal, 'state' | 'direction'>,
  calls: ReadonlyMap<string, LiveCall>,
): Promise<ReadonlyMap<string, LiveCall>> {
  const isDoubtful = (call: LiveCall) => call.direction === 'inbound' && /^\+?\d{7,}$/.test(call.peer.number);
  if (direction === 'inbound' || state !== 'ringing' || ![...calls.values()].some(isDoubtful)) return calls;
  const placed = await store
    .selectFrom('calls')
    .select(['number', 'sip_user'])
    .where('created_at', '>=', now() - ringsWithinMs)
    .where('state', 'in', ['dispatching', 'accepted', 'unknown'])
    .orderBy('created_at', 'desc')
    .limit(1000)
    .execute();
  const placedBy = (party: string) =>
    placed.find(({ sip_user }) => partyKeys({ number: sip_user ?? '', username: null }, config.homeRegion).includes(party));
  return new Map(
    [...calls].map(([party, call]) => {
      const click = isDoubtful(call) ? placedBy(party) : undefined;
      return [party, click ? { ...call, direction: 'outbound', peer: { number: click.number, name: null } } : call];
    }),
  );
}

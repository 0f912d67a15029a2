import type { LiveCall } from '../contract.ts';
import type { StoreDeps } from '../deps.ts';
import { partyKeys } from '../history/party-key.ts';
import type { Signal } from './read-signal.ts';

/** A click rings the agent's device at once; the number is dialled when it is picked up. */
const ringsWithinMs = 30_000;
/** A device registered at two places rings at both within this time. */
const ringsTogetherMs = 2_000;

/**
 * Returns the calls of a signal, with a device that rings for a click reported as the agent's own outbound call. The vendor's
 * document leaves open how that ring is signalled (reading note 12): it may look like a call to the agent from the clicked number
 * or from one of the company's. A signal with direction `inbound` is never reinterpreted. A click explains one ring, and none
 * once its device was heard dialling the number or the call is in the history: a call after that is a real incoming one.
 */
export function createOwnClicks({ store, config, now }: StoreDeps) {
  // Both maps are in order of time, oldest first.
  /** When the device rang for a click, by click. */
  const rang = new Map<string, number>();
  /** When the device of a party dialled a number, by party and number. */
  const dialled = new Map<string, number>();
  const isDoubtful = (call: LiveCall) => call.direction === 'inbound' && /^\+?\d{7,}$/.test(call.peer.number);

  function forgetOld(times: Map<string, number>): void {
    for (const [oldest, at] of times) {
      if (now() - at <= 2 * ringsWithinMs) break;
      times.delete(oldest);
    }
  }
  function noteDialled(name: string): void {
    dialled.delete(name);
    dialled.set(name, now());
  }
  function explains(click: string): boolean {
    forgetOld(rang);
    const before = rang.get(click);
    if (before === undefined) rang.set(click, now());
    return before === undefined || now() - before < ringsTogetherMs;
  }

  return async (
    { state, direction }: Pick<Signal, 'state' | 'direction'>,
    calls: ReadonlyMap<string, LiveCall>,
  ): Promise<ReadonlyMap<string, LiveCall>> => {
    if (state !== 'ringing') return calls;
    forgetOld(dialled);
    for (const [party, call] of calls) if (call.direction === 'outbound') noteDialled(`${party} ${call.peer.number}`);
    if (direction === 'inbound' || ![...calls.values()].some(isDoubtful)) return calls;
    // What is dialled while the store answers comes after this ring.
    const dialledBefore = new Map(dialled);
    const placed = await store
      .selectFrom('calls')
      .innerJoin('agents', 'agents.id', 'calls.agent_id')
      .select(['device_id', 'key', 'number', 'calls.sip_user', 'history_id', 'calls.created_at', 'agents.username'])
      .where('calls.created_at', '>=', now() - ringsWithinMs)
      .where('state', 'in', ['dispatching', 'accepted', 'unknown'])
      .orderBy('calls.created_at', 'desc')
      .limit(1000)
      .execute();
    const keysOf = (number: string | null, username: string | null) =>
      partyKeys({ number: number ?? '', username }, config.homeRegion);
    const own = new Map<string, LiveCall>();
    for (const [party, call] of calls) {
      const click = isDoubtful(call) ? placed.find(({ sip_user }) => keysOf(sip_user, null).includes(party)) : undefined;
      const hasDialled = click && (dialledBefore.get(`${party} ${click.number}`) ?? 0) >= click.created_at;
      if (!click || click.history_id !== null || hasDialled || !explains(`${click.device_id} ${click.key}`)) continue;
      const peer = { number: click.number, name: null };
      // The device's owner is told the same.
      for (const key of [party, ...keysOf(null, click.username)])
        if (calls.has(key)) own.set(key, { ...call, direction: 'outbound', peer, rings: 'own' });
    }
    return new Map([...calls, ...own]);
  };
}

import type { LiveCall } from '../contract.ts';

/** A call whose end was lost is not taken to be going on for ever. */
const longestMs = 4 * 3_600_000;
const mostGoing = 5_000;
const mostOver = 5_000;

/** The calls that go on, by the events that were heard of each, until it ends. `Event`: what tells of a call. */
export function createCallsGoing<Event extends { call: LiveCall }>(now: () => number) {
  const going = new Map<string, { beganAt: number; heardAt: number; byParty: Map<string, Event[]> }>();
  /** So that a word that comes after the end begins nothing anew. */
  const over = new Set<string>();

  function end(callId: string): void {
    going.delete(callId);
    over.add(callId);
    for (const oldest of over) {
      if (over.size <= mostOver) break;
      over.delete(oldest);
    }
  }
  function beganAt({ callId, at }: LiveCall): number {
    return going.get(callId)?.beganAt ?? at;
  }
  function forgetOldest(): void {
    for (const [oldest, { heardAt }] of going) {
      if (going.size <= mostGoing && now() - heardAt < longestMs) break;
      going.delete(oldest);
    }
  }

  return {
    /** When the call was first heard of, by an event that may be the first itself. */
    beganAt,
    /** Each party of a call hears of it by an event of its own. */
    hear(party: string, event: Event): void {
      const { callId, state } = event.call;
      if (state === 'ended') end(callId);
      if (over.has(callId)) return;
      const byParty = going.get(callId)?.byParty ?? new Map<string, Event[]>();
      const told = (byParty.get(party) ?? []).filter(({ call }) => call.state !== state);
      byParty.set(party, [...told, event]);
      const call = { beganAt: beganAt(event.call), heardAt: now(), byParty };
      going.delete(callId);
      going.set(callId, call);
      forgetOldest();
    },
    /** What was heard of the calls of these parties that go on. */
    of(parties: readonly string[]): Event[] {
      return [...going.values()].flatMap(({ byParty }) => parties.flatMap((party) => byParty.get(party) ?? []));
    },
    /** Of what was not heard of since, the end may have been missed. */
    forgetBefore(time: number): void {
      for (const [callId, { heardAt }] of going) if (heardAt < time) going.delete(callId);
    },
  };
}

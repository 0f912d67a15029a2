import type { LiveCall } from '../contract.ts';

/** A call whose end was missed does not count as ongoing for longer than this. */
const longestMs = 4 * 3_600_000;
const mostGoing = 5_000;
const mostOver = 5_000;

/** The ongoing calls, each with the events heard of it. `Event` carries the state of a call. */
export function createCallsGoing<Event extends { call: LiveCall }>(now: () => number) {
  const going = new Map<string, { beganAt: number; heardAt: number; byParty: Map<string, Event[]> }>();
  /** Ended calls: a late signal must not revive them. */
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
    /** When the call was first heard of; for an unknown call, the time of the given event. */
    beganAt,
    /** Each party of a call has its own events. */
    hear(party: string, event: Event): void {
      const { callId, state } = event.call;
      if (state === 'ended') end(callId);
      if (over.has(callId)) return;
      const byParty = going.get(callId)?.byParty ?? new Map<string, Event[]>();
      byParty.set(party, [...(byParty.get(party) ?? []), event]);
      const call = { beganAt: beganAt(event.call), heardAt: now(), byParty };
      going.delete(callId);
      going.set(callId, call);
      forgetOldest();
    },
    /** The events of these parties' ongoing calls. */
    of(parties: readonly string[]): Event[] {
      return [...going.values()].flatMap(({ byParty }) => parties.flatMap((party) => byParty.get(party) ?? []));
    },
    /** Drops calls not heard of since `time`: their end may have been missed. */
    forgetBefore(time: number): void {
      for (const [callId, { heardAt }] of going) if (heardAt < time) going.delete(callId);
    },
  };
}

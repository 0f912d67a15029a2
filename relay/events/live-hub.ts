import { createHash } from 'node:crypto';
import type { LiveCall, LiveStatus } from '../contract.ts';
import type { OwnParties } from '../history/own-rows.ts';
import { createCallsGoing } from './calls-going.ts';

const keptMs = 300_000;
const keptPerParty = 200;
/** Limit over all parties: outsiders' numbers are parties too, and few of them are ever asked for. */
const keptInAll = 20_000;

export interface LiveEvent {
  /** `<time>-<hash of the call and its state>`: the same from every relay. */
  id: string;
  call: LiveCall;
}
/** With its position among all events heard (their times only say when they happened) and the time the call began. */
type KeptEvent = LiveEvent & { turn: number; beganAt: number };
type Listener = { onEvent(event: LiveEvent): void; onStatus(): void; onEnd(): void };
/** Times from which calls of a party are the listener's. */
type Since = OwnParties['since'];

/** Delivers live calls to each party's listeners. Keeps the ongoing calls and, for reconnects, each party's last five minutes. */
export function createLiveHub(now: () => number) {
  const listeners = new Map<string, Map<Listener, Since>>();
  const kept = new Map<string, KeptEvent[]>();
  const going = createCallsGoing<KeptEvent>(now);
  let keptCount = 0;
  let turn = 0;
  /** Includes listeners without a party. */
  const everyone = new Set<Listener>();
  let live = false;

  function keep(party: string, event: KeptEvent): void {
    const events = kept.get(party) ?? [];
    events.push(event);
    keptCount += 1;
    if (events.length > 2 * keptPerParty) keptCount -= events.splice(0, keptPerParty).length;
    // Reinserted at the end, so that the parties silent longest come first.
    kept.delete(party);
    kept.set(party, events);
    for (const [oldest, theirs] of kept) {
      if (keptCount <= keptInAll && now() - (theirs.at(-1)?.call.at ?? 0) < keptMs) break;
      kept.delete(oldest);
      keptCount -= theirs.length;
    }
  }

  /** A call that began before the listener held the party stays with the earlier holder until its end. */
  const isOwn =
    (party: string, since: Since) =>
    ({ beganAt }: { beganAt: number }) =>
      beganAt >= (since[party] ?? 0);
  const goingOf = (parties: readonly string[], since: Since) =>
    parties.flatMap((party) => going.of([party]).filter(isOwn(party, since)));

  return {
    /** Whether the signals are heard, and which ongoing calls of these parties are known. */
    statusFor(parties: readonly string[], since: Since = {}): Pick<LiveStatus, 'live' | 'going'> {
      return live ? { live, going: [...new Set(goingOf(parties, since).map(({ call }) => call.callId))] } : { live };
    },
    /** @param since time from which the signals are heard without a gap */
    setLive(value: boolean, since: number = now()): void {
      if (live === value) return;
      live = value;
      if (live) going.forgetBefore(since);
      for (const listener of everyone) listener.onStatus();
    },
    publish(calls: ReadonlyMap<string, LiveCall>): void {
      const reached = new Map<Listener, Set<string>>();
      turn += 1;
      // Read before any event is recorded, because a call's end removes it.
      const begun = [...calls].map(([party, call]) => ({ party, call, beganAt: going.beganAt(call) }));
      for (const { party, call, beganAt } of begun) {
        const hash = createHash('sha256').update(`${call.callId}|${call.state}`).digest('hex').slice(0, 16);
        const event = { id: `${call.at}-${hash}`, call };
        const known = { ...event, turn, beganAt };
        keep(party, known);
        going.hear(party, known);
        for (const [listener, since] of listeners.get(party) ?? []) {
          if (!isOwn(party, since)(known)) continue;
          // An agent is found by user name and by number: one event is enough, unless calls of different ids end.
          const told = reached.get(listener);
          if (!told || (call.state === 'ended' && !told.has(call.callId))) listener.onEvent(event);
          reached.set(listener, (told ?? new Set()).add(call.callId));
        }
      }
    },
    /**
     * Events of these parties after the event with that id. For an id unknown here: all kept events from its time on, and all
     * events of ongoing calls.
     */
    after(parties: readonly string[], lastId: string, since: Since = {}): LiveEvent[] {
      const lately = parties
        .flatMap((party) => (kept.get(party) ?? []).filter(isOwn(party, since)))
        .filter(({ call }) => now() - call.at < keptMs);
      const current = new Map(goingOf(parties, since).map((event) => [event.id, event]));
      const byId = new Map([...lately.map((event) => [event.id, event] as const), ...current]);
      const events = [...byId.values()].sort((a, b) => a.turn - b.turn);
      const known = events.findIndex(({ id }) => id === lastId);
      const from = Number(/^(\d{13})-/.exec(lastId)?.[1] ?? Number.POSITIVE_INFINITY);
      return known >= 0 ? events.slice(known + 1) : events.filter(({ id, call }) => call.at >= from || current.has(id));
    },
    /** Returns its undo. */
    listen(parties: readonly string[], listener: Listener, since: Since = {}): () => void {
      everyone.add(listener);
      for (const party of parties) listeners.set(party, (listeners.get(party) ?? new Map()).set(listener, since));
      return () => {
        everyone.delete(listener);
        for (const party of parties) {
          listeners.get(party)?.delete(listener);
          if (listeners.get(party)?.size === 0) listeners.delete(party);
        }
      };
    },
    /** Ends every stream; for a relay that is stopping. */
    endAll(): void {
      for (const listener of everyone) listener.onEnd();
    },
  };
}
export type LiveHub = ReturnType<typeof createLiveHub>;

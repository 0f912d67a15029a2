import { randomUUID } from 'node:crypto';
import type { CallPlan } from './call-plans.ts';
import type { CallRecord, Party, StatusDetail } from './call-record.ts';
import type { Clock } from './clock.ts';

/** A call that is ongoing or has just ended. */
export interface LiveCall {
  id: string;
  /** The device that rings or dials. */
  sipUser: string;
  direction: 'from_ab' | 'to_ab';
  class: 'one_one' | 'trunking';
  caller: Party;
  callee: Party;
  didNumber: string | null;
  state: 'ringing' | 'answered' | 'ended';
  /** Epoch milliseconds. */
  startedAt: number;
  /** When the device was picked up that rang for a click, before the number was called. */
  liftedAt: number | null;
  answeredAt: number | null;
  endedAt: number | null;
  outcome: StatusDetail | null;
}

export type CallStage = 'CHANNEL_CREATE' | 'CHANNEL_ANSWER' | 'CHANNEL_DESTROY';
/** A leg that is signalled by itself: to the device, or to the number that was clicked. */
export type CallLeg = 'device' | 'number';
/** Without a leg the whole call is meant. */
type CallListener = (stage: CallStage, call: LiveCall, leg?: CallLeg) => void;
type NewCall = Pick<LiveCall, 'sipUser' | 'direction' | 'class' | 'caller' | 'callee' | 'didNumber'>;

export interface Calls {
  start(call: NewCall, plan: CallPlan): LiveCall;
  /**
   * Picks up the ringing phone earlier than planned: the device, where it rings first for a click; else the other end's, and the
   * call then lasts until it is hung up.
   */
  answer(id: string): boolean;
  /** Ends a call: CANCELLED while ringing, SUCCESS once answered. */
  hangUp(id: string): boolean;
  going(): LiveCall[];
  onStage(listener: CallListener): () => void;
  /** Drops all ongoing calls, without events or records. */
  clear(): void;
}

/** @param finished receives each call's record when the call ends */
export function createCalls(clock: Clock, finished: (record: CallRecord, call: LiveCall) => void): Calls {
  const going = new Map<string, { call: LiveCall; plan: CallPlan; legs: (CallLeg | undefined)[]; cancel: () => void }>();
  const listeners = new Set<CallListener>();
  const announce = (stage: CallStage, call: LiveCall, leg?: CallLeg) => {
    for (const listener of listeners) listener(stage, { ...call }, leg);
  };

  function end(id: string, outcome: StatusDetail): boolean {
    const entry = going.get(id);
    if (!entry) return false;
    entry.cancel();
    going.delete(id);
    const { call } = entry;
    Object.assign(call, { state: 'ended', endedAt: clock.now(), outcome });
    for (const leg of entry.legs) announce('CHANNEL_DESTROY', call, leg);
    finished(recordOf(call), { ...call });
    return true;
  }

  function pickUp(id: string, talkMs: number | null): boolean {
    const entry = going.get(id);
    if (entry?.call.state !== 'ringing') return false;
    entry.cancel();
    if (entry.legs[0] === 'device') return lift(id);
    Object.assign(entry.call, { state: 'answered', answeredAt: clock.now() });
    entry.cancel = talkMs === null ? () => undefined : clock.after(talkMs, () => end(id, 'SUCCESS'));
    announce('CHANNEL_ANSWER', entry.call, entry.legs[0]);
    return true;
  }

  /** The device was picked up: the number rings. */
  function lift(id: string): boolean {
    const entry = going.get(id);
    if (!entry) return false;
    entry.call.liftedAt = clock.now();
    entry.legs.unshift('number');
    entry.cancel = clock.after(entry.plan.ringMs, () => proceed(id, entry.plan));
    announce('CHANNEL_ANSWER', entry.call, 'device');
    announce('CHANNEL_CREATE', entry.call, 'number');
    return true;
  }

  function proceed(id: string, { outcome, talkMs }: CallPlan): void {
    if (outcome === 'SUCCESS') pickUp(id, talkMs);
    else end(id, outcome);
  }

  return {
    start(parts, plan) {
      const id = randomUUID();
      const call: LiveCall = {
        ...parts,
        id,
        state: 'ringing',
        startedAt: clock.now(),
        liftedAt: null,
        answeredAt: null,
        endedAt: null,
        outcome: null,
      };
      const { liftMs = 0 } = call.direction === 'from_ab' ? plan : {};
      const leg = liftMs > 0 ? 'device' : undefined;
      const cancel = leg ? clock.after(liftMs, () => lift(id)) : clock.after(plan.ringMs, () => proceed(id, plan));
      going.set(id, { call, plan, legs: [leg], cancel });
      announce('CHANNEL_CREATE', call, leg);
      return { ...call };
    },
    answer: (id) => pickUp(id, null),
    hangUp: (id) => end(id, going.get(id)?.call.state === 'answered' ? 'SUCCESS' : 'CANCELLED'),
    going: () => [...going.values()].map(({ call }) => ({ ...call })),
    onStage(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    clear() {
      for (const { cancel } of going.values()) cancel();
      going.clear();
    },
  };
}

function recordOf(call: LiveCall): CallRecord {
  const endedAt = call.endedAt ?? call.startedAt;
  const talked = call.answeredAt === null ? 0 : Math.max(1, seconds(endedAt - call.answeredAt));
  return {
    caller: call.caller,
    callee: call.callee,
    class: call.class,
    did_number: call.didNumber,
    direction: call.direction,
    status_detail: call.outcome ?? 'ERROR',
    duration_seconds: Math.max(talked, seconds(endedAt - call.startedAt)),
    unix_timestamp: Math.floor(call.startedAt / 1000),
    billing_seconds: talked,
    recording: talked > 0 ? `call_recording_${call.id.replaceAll('-', '').slice(0, 20)}.mp3` : '',
  };
}

function seconds(ms: number): number {
  return Math.round(ms / 1000);
}

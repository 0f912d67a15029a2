import type { CallPlan } from './call-plans.ts';
import type { CallRecord } from './call-record.ts';
import type { LiveCall } from './calls.ts';
import { type Device, partyOf } from './devices.ts';
import type { FaultInput } from './faults.ts';
import type { Dial, RequestEntry, Violation } from './journal.ts';
import type { Answers } from './options.ts';
import type { RateLimitRule } from './rate-limit.ts';
import type { Signals } from './signals.ts';
import type { World } from './world.ts';

interface Credentials {
  appId: string;
  appSecret: string;
  accountId: string;
  devices: Device[];
}

interface IncomingCall extends Partial<CallPlan> {
  /** The caller's number. */
  number: string;
  /** The device that rings. */
  sipUser: string;
  /** Default: the company's first number. */
  didNumber?: string;
}

/** How tests and the demo control the stand-in; the same is available over HTTP under `/control`. */
export interface AntBuddyControl {
  credentials(): Credentials;
  /** Adds a device, or changes the given fields of an existing one. */
  putDevice(device: { sipUser: string } & Partial<Device>): Device;
  /** Every time a device was made to ring by click-to-call, oldest first. */
  dials(): Dial[];
  /** How often each number was dialled. */
  dialCounts(): Record<string, number>;
  requests(): RequestEntry[];
  violations(): Violation[];
  /** How calls to a number (or `0912*`) proceed from now on. */
  plan(pattern: string, plan: Partial<CallPlan>): void;
  /** Rings a device. Throws when it is unknown or offline. */
  incoming(call: IncomingCall): LiveCall;
  calls(): LiveCall[];
  /** Picks up the phone that rings. False when no such call is ringing. */
  answer(callId: string): boolean;
  /** False when no such call is ongoing. */
  hangUp(callId: string): boolean;
  /** Adds a record directly to the histories. */
  addRecord(record: CallRecord): void;
  historySize(): number;
  /** Returns its undo. */
  fault(fault: FaultInput): () => void;
  clearFaults(): void;
  rateLimit(rule: RateLimitRule | null): void;
  answers(change: Partial<Answers>): void;
  /** Expires all auth tokens and drops the signal connections that used them. */
  revokeTokens(): void;
  subscriptions(): number;
  dropSignals(): void;
  /** Resets faults, limit, dials, requests, violations, calls and added records; devices stay. */
  reset(): void;
}

export function createControl(world: World, signals: Signals): AntBuddyControl {
  const { calls, devices, faults, histories, journal, plans, rateLimit, settings, tokens } = world;
  return {
    credentials: () => ({ ...settings.account, accountId: settings.accountId, devices: devices.list() }),
    putDevice: devices.put,
    dials: () => [...journal.dials],
    dialCounts() {
      const counts: Record<string, number> = {};
      for (const { number } of journal.dials) counts[number] = (counts[number] ?? 0) + 1;
      return counts;
    },
    requests: () => journal.requests.map((entry) => ({ ...entry })),
    violations: () => [...journal.violations],
    plan: plans.set,
    incoming({ number, sipUser, didNumber = world.didNumbers[0] ?? '', ...plan }) {
      const device = devices.get(sipUser);
      if (!device?.online) throw new Error(`The device ${sipUser} is not online, so it cannot ring. Put it online first.`);
      const known = devices.get(number);
      return calls.start(
        {
          sipUser,
          direction: 'to_ab',
          class: known ? 'one_one' : 'trunking',
          caller: known ? partyOf(known) : { number, type: 'realnumber' },
          callee: partyOf(device),
          didNumber: known ? null : didNumber,
        },
        { ...plans.planFor(number), ...plan },
      );
    },
    calls: calls.going,
    answer: calls.answer,
    hangUp: calls.hangUp,
    addRecord: histories.add,
    historySize: histories.size,
    fault: faults.add,
    clearFaults: faults.clear,
    rateLimit: rateLimit.set,
    answers: (change) => void Object.assign(settings, change),
    revokeTokens() {
      tokens.revokeAll();
      signals.disconnectAll();
    },
    subscriptions: signals.count,
    dropSignals: signals.disconnectAll,
    reset() {
      faults.clear();
      rateLimit.reset();
      journal.clear();
      calls.clear();
      plans.clear();
      histories.clearAdded();
    },
  };
}

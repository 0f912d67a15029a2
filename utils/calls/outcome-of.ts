import type { Call } from '../../relay/contract.ts';
import type { FailureCode, Reply } from '../reply.ts';
import type { JournalEntry, ToldCall } from '../storage.ts';

/** About how long a device rings, on pages and in views: until then another press on the number counts as the same call. */
export const pressedTwiceMs = 10_000;

/** A call whose click has just been made. */
export function startedCall(key: string, number: string, at: number, extension?: string): ToldCall {
  return { key, number, state: 'dispatching', reason: null, createdAt: at, settledAt: null, sameAs: null, extension };
}

/** Whether a call was or may have been placed, and nothing more is known about it. */
export function isUnderWay({ state }: Call): boolean {
  return state === 'accepted' || state === 'unknown';
}

/** Failures that can occur after a call was placed. */
const doubtfulFailures: readonly FailureCode[] = ['outcome_unknown', 'call_in_progress', 'internal'];
const isDoubtful = (code: string) => doubtfulFailures.some((one) => one === code);

/** Whether the journal has no final outcome of a click, so that the relay may know more. */
export function isUnsettled(outcome: JournalEntry['outcome']): boolean {
  return outcome === null || outcome === 'dispatching' || isDoubtful(outcome);
}

/**
 * The same call once its click has an answer; `at` and the times are by this computer's clock, which may differ from the relay's.
 */
export function outcomeOf(started: ToldCall, reply: Reply<Call>, at: number): ToldCall {
  if (reply.ok) {
    const settledAt = reply.value.settledAt === null ? null : at;
    const { key, createdAt, extension } = started;
    return { ...reply.value, key, createdAt, settledAt, extension };
  }
  const state = isDoubtful(reply.error.code) ? 'unknown' : 'not_sent';
  return { ...started, state, reason: reply.error, settledAt: at };
}

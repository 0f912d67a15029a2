import type { Call } from '../../relay/contract.ts';
import type { FailureCode, Reply } from '../reply.ts';
import type { JournalEntry, ToldCall } from '../storage.ts';

/** The device rings for about this long, on a page as in a view: until then another press of the number is taken for the same call. */
export const pressedTwiceMs = 10_000;

/** A call whose click was just made. */
export function startedCall(key: string, number: string, at: number, extension?: string): ToldCall {
  return { key, number, state: 'dispatching', reason: null, createdAt: at, settledAt: null, sameAs: null, extension };
}

/** Whether a call was placed, or may have been, and nothing more is known of it. */
export function isUnderWay({ state }: Call): boolean {
  return state === 'accepted' || state === 'unknown';
}

/** Failures that may come after a call was placed. */
const doubtfulFailures: readonly FailureCode[] = ['outcome_unknown', 'call_in_progress', 'internal'];
const isDoubtful = (code: string) => doubtfulFailures.some((one) => one === code);

/** Whether the journal leaves open what became of a click, so that the relay may know more. */
export function isUnsettled(outcome: JournalEntry['outcome']): boolean {
  return outcome === null || outcome === 'dispatching' || isDoubtful(outcome);
}

/** The same call once its click has an answer; `at` and the times are on this computer's clock, from which the relay's may differ. */
export function outcomeOf(started: ToldCall, reply: Reply<Call>, at: number): ToldCall {
  if (reply.ok) {
    const settledAt = reply.value.settledAt === null ? null : at;
    const { key, createdAt, extension } = started;
    return { ...reply.value, key, createdAt, settledAt, extension };
  }
  const state = isDoubtful(reply.error.code) ? 'unknown' : 'not_sent';
  return { ...started, state, reason: reply.error, settledAt: at };
}

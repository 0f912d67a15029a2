import type { Call, HistoryCall } from '../../relay/contract.ts';
import { isFailure } from './use-own-calls.ts';

/**
 * Whether a call that the relay's queue of `askedAt` cannot know returns this missed one. Of earlier ones the queue knows more: a
 * call that the switch could not place leaves the number waiting.
 */
export function isCalledBack({ peer }: HistoryCall, placed: readonly Call[], askedAt: number): boolean {
  return placed.some((call) => call.number === peer.number && (call.settledAt ?? call.createdAt) > askedAt && !isFailure(call));
}

import type { Call, HistoryCall } from '../../relay/contract.ts';
import { isFailure } from './use-own-calls.ts';

/**
 * Whether this missed call was called back after the relay was asked for its queue at `askedAt`. About earlier calls the queue
 * knows more: one that the switch could not place leaves the number waiting.
 */
export function isCalledBack({ peer }: HistoryCall, placed: readonly Call[], askedAt: number): boolean {
  return placed.some((call) => call.number === peer.number && (call.settledAt ?? call.createdAt) > askedAt && !isFailure(call));
}

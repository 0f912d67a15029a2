import type { Call, HistoryCall } from '../../relay/contract.ts';

type Placed = Pick<Call, 'number' | 'state' | 'createdAt'>;

/** Whether a recently placed call returns this missed one, before the relay's queue reflects it. */
export function isCalledBack(call: HistoryCall, placed: readonly Placed[]): boolean {
  return placed.some(
    ({ number, state, createdAt }) =>
      number === call.peer.number && createdAt > call.startedAt && (state === 'accepted' || state === 'dispatching'),
  );
}

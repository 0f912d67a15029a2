import type { Call, HistoryCall } from '../../relay/contract.ts';

type Placed = Pick<Call, 'number' | 'state' | 'createdAt'>;

/** Whether a call placed lately answers this missed one, before the relay's queue can know. */
export function isCalledBack(call: HistoryCall, placed: readonly Placed[]): boolean {
  return placed.some(
    ({ number, state, createdAt }) =>
      number === call.peer.number && createdAt > call.startedAt && (state === 'accepted' || state === 'dispatching'),
  );
}

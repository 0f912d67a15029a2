import type { Call, HistoryCall } from '../../relay/contract.ts';
import { isDialable } from './is-dialable.ts';

/** A number that called in vain and was not spoken with or called since. */
export interface ToCallBack {
  /** The last of its missed calls. */
  call: HistoryCall;
  /** How many missed calls there are since the last contact. */
  times: number;
}

type Placed = Pick<Call, 'number' | 'state' | 'createdAt'>;

/**
 * The missed calls nobody answered with a call yet, newest first, one entry a number.
 * @param calls newest first, of every direction: a contact that is not among them cannot be known
 * @param placed calls placed lately that the history may not show yet; one that may have reached the phone counts as a call back
 */
export function toCallBack(calls: readonly HistoryCall[], placed: readonly Placed[]): ToCallBack[] {
  const contacted = new Set<string>();
  const waiting = new Map<string, ToCallBack>();
  for (const call of calls) {
    const { number } = call.peer;
    if (contacted.has(number)) continue;
    if (isContact(call) || isCalledBack(call, placed)) contacted.add(number);
    else if (isMissed(call)) {
      const entry = waiting.get(number);
      if (entry) entry.times += 1;
      else if (isDialable(number)) waiting.set(number, { call, times: 1 });
    }
  }
  return [...waiting.values()];
}

/** Whether a call placed lately answers this missed one. */
export function isCalledBack(call: HistoryCall, placed: readonly Placed[]): boolean {
  return placed.some(
    ({ number, state, createdAt }) =>
      number === call.peer.number && createdAt > call.startedAt && (state === 'accepted' || state === 'dispatching'),
  );
}

function isMissed({ direction, disposition }: HistoryCall): boolean {
  return direction === 'inbound' && disposition === 'missed';
}

function isContact({ direction, disposition }: HistoryCall): boolean {
  // A call that the switch could not place reached nobody.
  return disposition === 'answered' || (direction === 'outbound' && disposition !== 'failed');
}

import { useMemo } from 'preact/hooks';
import type { Call } from '../../relay/contract.ts';
import { onRelayClock } from '../../utils/calls/told-calls.ts';
import { clockOffsetItem, type ToldCall, toldCallsItem } from '../../utils/storage.ts';
import { useItem } from '../view/use-item.ts';
import { useStore } from '../view/use-store.ts';
import type { Dialler } from './dialler.ts';

export interface OwnCalls {
  /** To show: those placed from this view, and recent failures from elsewhere. */
  shown: ToldCall[];
  /** All calls placed recently from this browser, newest first. */
  known: ToldCall[];
  /** Milliseconds to add to this computer's clock to get the relay's, which all the calls' times are on. */
  offset: number;
}

const none: ToldCall[] = [];

/** The calls placed from this browser, in this view and elsewhere. */
export function useOwnCalls(dialler: Dialler): OwnCalls {
  const offset = useItem(clockOffsetItem) ?? 0;
  const told = useItem(toldCallsItem) ?? none;
  const { calls } = useStore(dialler.store);
  return useMemo(() => ({ ...ownCalls(calls, told, offset), offset }), [calls, told, offset]);
}

/**
 * @param calls of this view, on this computer's clock
 * @param told calls that the background recorded on the relay's clock, with the offset of that time: later changes of this
 * computer's clock do not affect them
 */
export function ownCalls(
  calls: readonly ToldCall[],
  told: readonly ToldCall[],
  offset: number,
): Pick<OwnCalls, 'shown' | 'known'> {
  const toldOf = new Map(told.map((call) => [call.key, call]));
  const dialled = calls.map((call) => {
    const here = onRelayClock(call, offset);
    const noted = toldOf.get(call.key) ?? here;
    return { ...call, createdAt: noted.createdAt, settledAt: noted.settledAt ?? here.settledAt };
  });
  const elsewhere = told.filter(({ key }) => !calls.some((call) => call.key === key));
  const known = [...dialled, ...elsewhere].sort((a, b) => b.createdAt - a.createdAt);
  return { shown: [...dialled, ...stillOfUse(elsewhere, known)], known };
}

const mostRefused = 3;

/** Failures since the last success, which still show a reason and what to do about it. */
export function stillOfUse<Placed extends Call>(calls: readonly Placed[], known: readonly Call[]): Placed[] {
  const wentWell = known.find(({ state }) => state === 'accepted')?.createdAt ?? 0;
  return calls.filter((call) => isFailure(call) && call.createdAt > wentWell).slice(0, mostRefused);
}

export function isFailure({ state }: Call): boolean {
  return state === 'rejected' || state === 'not_sent' || state === 'unknown';
}

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Call } from '../../relay/contract.ts';
import { isUnderWay, outcomeOf, pressedTwiceMs, startedCall } from '../../utils/calls/outcome-of.ts';
import { toldMs } from '../../utils/calls/told-calls.ts';
import type { CallWishes } from '../../utils/page/caller.ts';
import type { Reply } from '../../utils/reply.ts';
import type { ToldCall } from '../../utils/storage.ts';

/** Places one call; the key is minted at once, the outcome comes later (`createCaller` of utils/calls). */
export type PlaceCall = (number: string, ...wishes: [CallWishes?]) => { key: string; settled: Promise<Reply<Call>> };

export interface Dialler {
  /** Calls placed from this view since it opened, and those that it was asked to show, newest first. */
  store: StoreApi<{ calls: ToldCall[] }>;
  dial(number: string, ...wishes: [CallWishes?]): Promise<void>;
  /** Shows a call that was placed elsewhere. */
  show(call: ToldCall): void;
  /** Clears the calls, so that the next agent does not see them. */
  forget(): void;
}

/**
 * One press places one call: a number whose call is under way is not dialled again from here.
 * @param onPress receives whether the press was folded into a call already placed; false while that call is still being placed,
 * since its row says so
 */
export function createDialler(
  placeCall: PlaceCall,
  onSettled: () => void = () => {},
  onPress: (isFolded: boolean) => void = () => {},
  now: () => number = Date.now,
): Dialler {
  const store = createStore<{ calls: ToldCall[] }>(() => ({ calls: [] }));

  async function dial(number: string, ...wishes: [CallWishes?]) {
    const before = store.getState().calls.find((call) => call.number === number && isOnItsWay(call, now()));
    onPress(before !== undefined && before.state !== 'dispatching');
    if (before) return;
    const { key, settled } = placeCall(number, ...wishes);
    const started = startedCall(key, number, now(), wishes[0]?.extension);
    show(started);
    const outcome = outcomeOf(started, await settled, now());
    // The call was placed elsewhere in this browser, and is shown there.
    const isFolded = outcome.reason?.code === 'called_recently';
    if (isFolded) onPress(true);
    const settledRow = isFolded ? [] : outcome;
    store.setState(({ calls }) => ({ calls: calls.flatMap((call) => (call.key === key ? settledRow : call)) }));
    onSettled();
  }
  function show(call: ToldCall) {
    const isOfUse = ({ createdAt }: ToldCall) => call.createdAt - createdAt < toldMs;
    store.setState(({ calls }) =>
      calls.some(({ key }) => key === call.key) ? { calls } : { calls: [call, ...calls.filter(isOfUse)] },
    );
  }
  return { store, dial, show, forget: () => store.setState({ calls: [] }) };
}

function isOnItsWay(call: Call, now: number): boolean {
  if (call.state === 'dispatching') return true;
  return isUnderWay(call) && Math.abs(now - (call.settledAt ?? call.createdAt)) < pressedTwiceMs;
}

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Call } from '../../relay/contract.ts';
import { isUnderWay, outcomeOf, pressedTwiceMs, startedCall } from '../../utils/calls/outcome-of.ts';
import { toldMs } from '../../utils/calls/told-calls.ts';
import type { Reply } from '../../utils/reply.ts';

/** Places one call; the key is minted at once, the outcome comes later (`createCaller` of utils/calls). */
export type PlaceCall = (number: string, ...how: DialHow) => { key: string; settled: Promise<Reply<Call>> };
/** The device that rings, where it is not the one picked in this browser, and why the policy's advice is not followed. */
type DialHow = [sipDevice?: string | undefined, overrideReason?: string];

export interface Dialler {
  /** Calls placed from this view since it opened, and those it was asked to show, newest first. */
  store: StoreApi<{ calls: Call[] }>;
  dial(number: string, ...how: DialHow): Promise<void>;
  /** Shows a call that was placed elsewhere. */
  show(call: Call): void;
  /** Leaves nothing of them for another agent. */
  forget(): void;
}

/**
 * One press is one call: a number whose call is on its way is not dialled again from here.
 * @param onPress told whether the press was taken for a call that is placed already; of one that is being placed its row tells
 */
export function createDialler(
  placeCall: PlaceCall,
  onSettled: () => void = () => {},
  onPress: (isFolded: boolean) => void = () => {},
  now: () => number = Date.now,
): Dialler {
  const store = createStore<{ calls: Call[] }>(() => ({ calls: [] }));

  async function dial(number: string, ...how: DialHow) {
    const before = store.getState().calls.find((call) => call.number === number && isOnItsWay(call, now()));
    onPress(before !== undefined && before.state !== 'dispatching');
    if (before) return;
    const { key, settled } = placeCall(number, ...how);
    const started = startedCall(key, number, now());
    show(started);
    const reply = await settled;
    // Placed elsewhere in this browser, and told there.
    const isFolded = !reply.ok && reply.error.code === 'called_recently';
    if (isFolded) onPress(true);
    const outcome = isFolded ? [] : [outcomeOf(started, reply, now())];
    store.setState(({ calls }) => ({ calls: calls.flatMap((call) => (call.key === key ? outcome : call)) }));
    onSettled();
  }
  function show(call: Call) {
    const isOfUse = ({ createdAt }: Call) => call.createdAt - createdAt < toldMs;
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

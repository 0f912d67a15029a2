import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Call } from '../../relay/contract.ts';
import type { Reply } from '../../utils/reply.ts';

/** Places one call; the key is minted at once, the outcome comes later (`createCaller` of utils/calls). */
export type PlaceCall = (number: string, sipDevice?: string) => { key: string; settled: Promise<Reply<Call>> };

export interface Dialler {
  /** Calls placed from this view since it opened, newest first. */
  store: StoreApi<{ calls: Call[] }>;
  /** With the device picked in this browser, or the one that is named. */
  dial(number: string, sipDevice?: string): Promise<void>;
}

/** One press is one call: a number whose call is still being placed is not dialled again from here. */
export function createDialler(placeCall: PlaceCall, onSettled: () => void = () => {}, now: () => number = Date.now): Dialler {
  const store = createStore<{ calls: Call[] }>(() => ({ calls: [] }));

  async function dial(number: string, ...device: [sipDevice?: string]) {
    if (store.getState().calls.some((call) => call.number === number && call.state === 'dispatching')) return;
    const { key, settled } = placeCall(number, ...device);
    const started: Call = { key, number, state: 'dispatching', reason: null, createdAt: now(), settledAt: null, sameAs: null };
    store.setState(({ calls }) => ({ calls: [started, ...calls] }));
    const outcome = settle(started, await settled, now());
    store.setState(({ calls }) => ({ calls: calls.map((call) => (call.key === key ? outcome : call)) }));
    onSettled();
  }
  return { store, dial };
}

function settle(started: Call, reply: Reply<Call>, at: number): Call {
  // How long ago that was is told by our own clock; the relay's may differ from it.
  if (reply.ok)
    return {
      ...reply.value,
      key: started.key,
      createdAt: started.createdAt,
      settledAt: reply.value.settledAt === null ? null : at,
    };
  const state = reply.error.code === 'outcome_unknown' ? 'unknown' : 'not_sent';
  return { ...started, state, reason: reply.error, settledAt: at };
}

import type { Deps } from '../deps.ts';

const inFlight = new WeakMap<Deps['store'], Set<Promise<unknown>>>();

/** Remembers work until it ends, so that a relay that stops can wait for calls whose client has left. */
export function trackCall<Value>(deps: Pick<Deps, 'store'>, work: Promise<Value>): Promise<Value> {
  const calls = inFlight.get(deps.store) ?? new Set();
  inFlight.set(deps.store, calls);
  calls.add(work);
  const forget = () => calls.delete(work);
  work.then(forget, forget);
  return work;
}

/** Resolves when every call that is being placed has its outcome on record. */
export async function callsSettled(deps: Pick<Deps, 'store'>): Promise<void> {
  const calls = inFlight.get(deps.store);
  // Work may begin while other work ends.
  while (calls?.size) await Promise.allSettled(calls);
}

/** Resolves when no call is being placed, or after `mostMs`: for work that a call should not have to wait for. */
export async function letCallsPass({ store }: Pick<Deps, 'store'>, mostMs: number): Promise<void> {
  const calls = inFlight.get(store);
  if (!calls?.size) return;
  const { promise: timeIsUp, resolve } = Promise.withResolvers<void>();
  let isUp = false;
  const timer = setTimeout(() => {
    isUp = true;
    resolve();
  }, mostMs);
  while (calls.size > 0 && !isUp) await Promise.race([Promise.allSettled(calls), timeIsUp]);
  clearTimeout(timer);
}

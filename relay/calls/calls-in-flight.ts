import type { Deps } from '../deps.ts';

const inFlight = new WeakMap<Deps['store'], Set<Promise<unknown>>>();

/** Tracks work until it ends, so that a stopping relay can wait for calls whose client has disconnected. */
export function trackCall<Value>(deps: Pick<Deps, 'store'>, work: Promise<Value>): Promise<Value> {
  const calls = inFlight.get(deps.store) ?? new Set();
  inFlight.set(deps.store, calls);
  calls.add(work);
  const forget = () => calls.delete(work);
  work.then(forget, forget);
  return work;
}

/** Resolves when every call being placed has its outcome on record. */
export async function callsSettled(deps: Pick<Deps, 'store'>): Promise<void> {
  const calls = inFlight.get(deps.store);
  // New work may begin while other work ends.
  while (calls?.size) await Promise.allSettled(calls);
}

/** Resolves when no call is being placed, or after `mostMs`: lets background work give way to calls. */
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

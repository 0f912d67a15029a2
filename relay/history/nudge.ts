import type { Deps } from '../deps.ts';

const listeners = new WeakMap<Deps['store'], Set<() => void>>();

/** A call was accepted, so the histories will soon hold something new. */
export function noteAcceptedCall(deps: Pick<Deps, 'store'>): void {
  for (const listener of listeners.get(deps.store) ?? []) listener();
}

/** Returns its undo. */
export function onAcceptedCall(deps: Pick<Deps, 'store'>, listener: () => void): () => void {
  const all = listeners.get(deps.store) ?? new Set();
  listeners.set(deps.store, all);
  all.add(listener);
  return () => all.delete(listener);
}

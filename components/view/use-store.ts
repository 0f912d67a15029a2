import { useLayoutEffect, useState } from 'preact/hooks';
import type { StoreApi } from 'zustand/vanilla';

/** The state of a zustand store; re-renders at each change. zustand's own hook would pull in preact/compat. */
export function useStore<State>(store: StoreApi<State>): State {
  const [state, setState] = useState(store.getState());
  useLayoutEffect(() => {
    setState(store.getState());
    return store.subscribe(setState);
  }, [store]);
  return state;
}

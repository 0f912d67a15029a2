import { clear, createStore, get, set } from 'idb-keyval';
import type { CallPlace } from '../storage.ts';

const key = 'places';

/**
 * Copies of the places that survive a restart of the browser. In the extension origin's IndexedDB, since an address may name a
 * customer and content scripts can read `storage.local` in Firefox.
 */
export function createKeptPlaces(databaseName = 'dialside-places') {
  const store = createStore(databaseName, 'places');
  return {
    read: async (): Promise<CallPlace[]> => (await get<CallPlace[]>(key, store)) ?? [],
    write: (places: CallPlace[]): Promise<void> => set(key, places, store),
    clear: (): Promise<void> => clear(store),
  };
}
export type KeptPlaces = ReturnType<typeof createKeptPlaces>;

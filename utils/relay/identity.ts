import { createStore, del, get, set } from 'idb-keyval';

/**
 * What identifies this browser to its relay. Kept together, so that a token is never sent to an address that did not issue it.
 */
export interface Identity {
  relayUrl: string;
  token: string;
  keys: CryptoKeyPair;
}

/**
 * The one identity, in the extension origin's IndexedDB, which can hold non-exportable keys, survives the worker, and is
 * inaccessible to content scripts (which can read `storage.local` in Firefox).
 */
export function createIdentityStore(databaseName = 'dialside') {
  const store = createStore(databaseName, 'identity');
  return {
    read: (): Promise<Identity | undefined> => get<Identity>('device', store),
    write: (identity: Identity): Promise<void> => set('device', identity, store),
    clear: (): Promise<void> => del('device', store),
  };
}

import { createStore, del, get, set } from 'idb-keyval';

/** What proves this browser to its relay. Kept together, so that a token never goes to an address it was not issued by. */
export interface Identity {
  relayUrl: string;
  token: string;
  keys: CryptoKeyPair;
}

/**
 * The one identity, in the extension origin's IndexedDB: it keeps keys that cannot be exported, survives the worker, and is
 * out of reach of content scripts (which read `storage.local` in Firefox).
 */
export function createIdentityStore(databaseName = 'dialside') {
  const store = createStore(databaseName, 'identity');
  return {
    read: (): Promise<Identity | undefined> => get<Identity>('device', store),
    write: (identity: Identity): Promise<void> => set('device', identity, store),
    clear: (): Promise<void> => del('device', store),
  };
}

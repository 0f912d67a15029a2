import { isRelayOnDatabase, joinOnPostgres, type Patience } from './join-on-postgres.ts';
import { isRelayOnFolder, joinOnSqlite, refuseSecondOnFolder } from './join-on-sqlite.ts';
import type { Store, StorePlace } from './open-store.ts';

/** What a running relay shares with the others on its store. */
export interface Membership {
  /** Of this process, until it ends. */
  id: string;
  /** Whether the others can see that it lives, as far as it knows: otherwise they may take it for gone. */
  isSeen(): boolean;
  /** True only when the relay of that id has ended; in doubt false. */
  isGone(id: string): Promise<boolean>;
  /** Calls the listeners of every relay on this store, this one's too. */
  tell(topic: string): void;
  /** Returns its undo. */
  listen(topic: string, listener: () => void): () => void;
  leave(): Promise<void>;
}

const memberships = new WeakMap<Store, Membership>();

/** Throws where another relay runs that this one cannot share the store with. */
export function refuseSecondRelay(place: StorePlace): void {
  if ('dataDir' in place) refuseSecondOnFolder(place.dataDir);
}

/** Makes this process known as a relay on its store, for as long as it lives: the operating system or the database sees its end. Throws as above. */
export async function joinRelays(
  store: Store,
  place: StorePlace,
  onError: (error: Error) => void,
  patience?: Patience,
): Promise<Membership> {
  const joined =
    'databaseUrl' in place ? await joinOnPostgres(place.databaseUrl, onError, patience) : joinOnSqlite(place.dataDir);
  memberships.set(store, joined);
  return joined;
}

/** Undefined for a store that no relay runs on: a command, a test. */
export function membershipOf(store: Store): Membership | undefined {
  return memberships.get(store);
}

/**
 * For work that no relay may see half done. Throws while one lives; one that starts meanwhile joins before it looks at the store, and
 * so waits for the end of the transaction on PostgreSQL, and of its first write on SQLite.
 */
export async function refuseBesideRelays(transaction: Store, place: StorePlace): Promise<void> {
  const isLiving = 'databaseUrl' in place ? await isRelayOnDatabase(transaction) : isRelayOnFolder(place.dataDir);
  if (isLiving) throw new Error('A relay is running on this store. Stop every relay first, then try again.');
}

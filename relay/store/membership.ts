import { isRelayOnDatabase, joinOnPostgres, type Patience } from './join-on-postgres.ts';
import { isRelayOnFolder, joinOnSqlite, refuseSecondOnFolder } from './join-on-sqlite.ts';
import type { Store, StorePlace } from './open-store.ts';

/** A running relay's link to the other relays on its store. */
export interface Membership {
  /** Identifies this process until it ends. */
  id: string;
  /** Whether, as far as this relay knows, the others can see that it runs; if not, they may take it for gone. */
  isSeen(): boolean;
  /** True only if the relay with that id has certainly ended. */
  isGone(id: string): Promise<boolean>;
  /** Calls the listeners of every relay on this store, including this one. */
  tell(topic: string): void;
  /** Returns its undo. */
  listen(topic: string, listener: () => void): () => void;
  leave(): Promise<void>;
}

const memberships = new WeakMap<Store, Membership>();

/** Throws if another relay runs that this one cannot share the store with. */
export function refuseSecondRelay(place: StorePlace): void {
  if ('dataDir' in place) refuseSecondOnFolder(place.dataDir);
}

/**
 * Registers this process as a relay on its store for as long as it runs: the operating system or the database notices its end.
 * Throws like refuseSecondRelay.
 */
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

/** Undefined for a store without a running relay, as in a command or a test. */
export function membershipOf(store: Store): Membership | undefined {
  return memberships.get(store);
}

/**
 * Guards work that no relay may see half done. Throws while a relay runs. One that starts meanwhile joins before it reads the
 * store, so on PostgreSQL it waits for the end of the transaction, on SQLite with its first write.
 */
export async function refuseBesideRelays(transaction: Store, place: StorePlace): Promise<void> {
  const isLiving = 'databaseUrl' in place ? await isRelayOnDatabase(transaction) : isRelayOnFolder(place.dataDir);
  if (isLiving) throw new Error('A relay is running on this store. Stop every relay first, then try again.');
}

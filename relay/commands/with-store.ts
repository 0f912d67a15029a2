import type { RelayConfig } from '../config.ts';
import { refuseOtherKey } from '../store/key-check.ts';
import { describePlace, openStoreAsIs, type Store } from '../store/open-store.ts';

export interface CommandDeps {
  config: RelayConfig;
  store: Store;
  now: () => number;
}

interface StoreOptions {
  admit?: (store: Store, relayKey: Buffer) => Promise<void>;
  readsOlder?: boolean;
}

/**
 * Runs one command on the store and always closes it. It does not migrate: an older relay may still be running on the store, and
 * migrating is done when the new version starts.
 * @param options.admit checks RELAY_KEY and throws if it does not fit; by default it must be the store's key
 * @param options.readsOlder whether the command only reads data that all versions store alike
 */
export async function withStore<Value>(
  config: RelayConfig,
  work: (deps: CommandDeps) => Promise<Value>,
  { admit = refuseOtherKey, readsOlder = false }: StoreOptions = {},
): Promise<Value> {
  const { store, pending, isEmpty } = await openStoreAsIs(config.place);
  try {
    if (isEmpty) {
      const { name, setting } = describePlace(config.place);
      throw new Error(
        `The store (${name}) is empty: no relay has run on it yet. Set ${setting} right, or start the relay first.`,
      );
    }
    if (pending > 0 && !readsOlder)
      throw new Error(
        `Of the store ${pending} migrations are pending, which the start of this relay carries out. Start it first.`,
      );
    await admit(store, config.relayKey);
    return await work({ config, store, now: Date.now });
  } finally {
    await store.destroy();
  }
}

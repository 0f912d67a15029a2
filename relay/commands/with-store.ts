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
 * Runs one command on the store and closes it, whatever happens. Its tables stay as they are: beside a relay of an older version that
 * still runs they must, and bringing them up to date is for the start of the new one.
 * @param options.admit looks at RELAY_KEY and throws; that of the store is asked for unless given
 * @param options.readsOlder whether the work only reads what every version has alike
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

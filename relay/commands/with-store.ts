import type { RelayConfig } from '../config.ts';
import { ensureRelayKey } from '../store/key-check.ts';
import { openStore, type Store } from '../store/open-store.ts';

export interface CommandDeps {
  config: RelayConfig;
  store: Store;
  now: () => number;
}

/** Runs one command on the store and closes it, whatever happens. */
export async function withStore<Value>(config: RelayConfig, work: (deps: CommandDeps) => Promise<Value>): Promise<Value> {
  const store = await openStore(config.place, () => undefined);
  try {
    await ensureRelayKey(store, config.relayKey);
    return await work({ config, store, now: Date.now });
  } finally {
    await store.destroy();
  }
}

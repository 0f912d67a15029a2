import type { Logger } from 'pino';
import type { AntBuddyClient } from './antbuddy/antbuddy-client.ts';
import type { RelayConfig } from './config.ts';
import type { Store } from './store/open-store.ts';

/** Dependencies of every part of the relay; created once in server.ts, and by hand in tests. */
export interface Deps {
  config: RelayConfig;
  store: Store;
  antbuddy: AntBuddyClient;
  log: Logger;
  /** Epoch milliseconds. */
  now: () => number;
}

import type { AntBuddyClient } from '../antbuddy/antbuddy-client.ts';
import type { RelayConfig } from '../config.ts';
import { createDeps, type Deps } from '../deps.ts';
import { createLogger } from '../logging.ts';
import { openStore, openStoreOn, type StorePlace } from '../store/open-store.ts';
import { createSqliteDialect } from '../store/sqlite.ts';
import { createFakeAntBuddy, type FakeAntBuddy } from './fake-antbuddy.ts';

export interface TestDeps extends Deps {
  antbuddy: FakeAntBuddy;
  /** Advances the clock, in milliseconds. */
  advance: (ms: number) => void;
  close: () => Promise<void>;
}

export interface TestOptions {
  config?: Partial<RelayConfig>;
  antbuddy?: Partial<AntBuddyClient>;
  /** Start time of the clock, which moves only by `advance`. */
  now?: number;
  /** In memory by default. */
  place?: StorePlace;
}

/** 2026-03-02 10:00 in Ho Chi Minh City, a Monday. */
export const testNow = Date.UTC(2026, 2, 2, 3);

export const testConfig: RelayConfig = {
  antbuddy: {
    appId: 'test-app',
    appSecret: 'test-secret',
    baseUrl: new URL('http://127.0.0.1:9'),
    accountId: null,
    signalUrl: new URL('http://127.0.0.1:9'),
    authHeader: 'x-auth-app-hash',
    hashOrder: 'appId-first',
    mediaHosts: ['*.antbuddy.com'],
  },
  relayKey: Buffer.alloc(32, 1),
  port: 0,
  host: '127.0.0.1',
  opsPort: 0,
  opsHost: '127.0.0.1',
  publicUrl: 'https://relay.test',
  tls: null,
  trustedProxies: [],
  place: { dataDir: ':memory:' },
  recordingCache: null,
  homeRegion: 'VN',
  regions: ['VN'],
  homeFormat: 'national',
  internationalPrefix: '00',
  dialPrefix: '',
  sweepSeconds: 60,
  deviceWrites: 1_000_000,
  logLevel: 'silent',
};

/** The dependencies of the relay's parts, made for one test: own store, own clock, an AntBuddy that accepts everything. */
export async function makeDeps({ config, antbuddy, now = testNow, place }: TestOptions = {}): Promise<TestDeps> {
  let time = now;
  const store = place ? await openStore(place, () => undefined) : await openStoreOn(createSqliteDialect(':memory:'));
  const fake = createFakeAntBuddy(antbuddy);
  const deps = createDeps({
    config: { ...testConfig, ...(place && { place }), ...config },
    store,
    antbuddy: fake,
    log: createLogger('silent'),
    now: () => time,
  });
  return {
    ...deps,
    antbuddy: fake,
    advance: (ms) => {
      time += ms;
    },
    close: () => store.destroy(),
  };
}

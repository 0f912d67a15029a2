import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StorePlace } from '../../relay/store/open-store.ts';
import { makeDeps } from '../../relay/testing/make-deps.ts';
import { startPostgres } from '../../relay/testing/start-postgres.ts';
import { type AntBuddy, startAntBuddy } from '../../sandbox/antbuddy/start-antbuddy.ts';
import { freePort } from '../../sandbox/free-port.ts';
import { startRelay } from '../../sandbox/relay-process.ts';
import { quickCalls } from '../quick-calls.ts';
import { addCallers, makeDevices } from './add-callers.ts';

interface FaultWorldOptions {
  engine: 'sqlite' | 'postgres';
  callers: number;
  antbuddy?: Parameters<typeof startAntBuddy>[0];
  /** Address at which the relay reaches AntBuddy, if it is not the stand-in's own. */
  upstreamUrl?: (antbuddy: AntBuddy) => string | Promise<string>;
  /** Address that DPoP proofs are made for, if it is not the relay's own. */
  publicUrl?: string;
}

/** A stand-in for AntBuddy, a store, agents with connected browsers, and relays in their own processes, started by `start`. */
export async function makeFaultWorld({ engine, callers: count, antbuddy: options, upstreamUrl, publicUrl }: FaultWorldOptions) {
  const root = mkdtempSync(join(tmpdir(), 'dialside-fault-'));
  const devices = makeDevices(count);
  const antbuddy = await startAntBuddy({ devices, ...quickCalls, ...options });
  const postgres = engine === 'postgres' ? await startPostgres({ durable: true }) : null;
  const place: StorePlace = postgres ? { databaseUrl: await postgres.createDatabase() } : { dataDir: join(root, 'data') };
  const relayKey = randomBytes(32);
  const port = await freePort();
  const address = publicUrl ?? `http://127.0.0.1:${port}`;
  const deps = await makeDeps({ place, config: { relayKey, publicUrl: address } });
  const callers = await addCallers(deps, devices);
  const upstream = { ...antbuddy, url: (await upstreamUrl?.(antbuddy)) ?? antbuddy.url };

  return {
    /** Where the first relay listens, unless `publicUrl` says otherwise. */
    url: address,
    antbuddy,
    postgres,
    deps,
    devices,
    callers,
    start: () =>
      startRelay({
        antbuddy: upstream,
        dataRoot: root,
        ...(publicUrl ? {} : { preferredPort: port }),
        environment: {
          RELAY_KEY: relayKey.toString('base64'),
          RELAY_PUBLIC_URL: address,
          RELAY_LOG_LEVEL: 'warn',
          RELAY_DEVICE_WRITES: '1000000',
          ...('databaseUrl' in place
            ? { DATABASE_URL: place.databaseUrl, RELAY_DATA_DIR: '' }
            : { RELAY_DATA_DIR: place.dataDir }),
        },
      }),
    async stop() {
      await deps.close();
      await antbuddy.stop();
      await postgres?.stop();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

/** Prints what was seen and ends the process: with exit code 1 and the statements that do not hold, if there are any. */
export function conclude(seen: object, holds: Record<string, boolean>): never {
  console.log(seen);
  const broken = Object.entries(holds).flatMap(([sentence, isSo]) => (isSo ? [] : [sentence]));
  for (const sentence of broken) console.error(`Does not hold: ${sentence}.`);
  process.exit(broken.length > 0 ? 1 : 0);
}

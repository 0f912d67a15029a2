import { type ChildProcess, execFileSync, fork } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hashHeader } from '../../relay/antbuddy/hash.ts';
import type { StorePlace } from '../../relay/store/open-store.ts';
import { makeDeps } from '../../relay/testing/make-deps.ts';
import { findPostgres, startPostgres } from '../../relay/testing/start-postgres.ts';
import type { AntBuddy } from '../../sandbox/antbuddy/start-antbuddy.ts';
import { nodeFlags, type RelayProcess, startRelay } from '../../sandbox/relay-process.ts';
import { addCallers, makeDevices } from '../faults/add-callers.ts';
import type { Caller } from '../faults/call-clients.ts';
import type { Shot } from './fire.ts';
import type { UpstreamInput } from './upstream-process.ts';

/** The public address that DPoP proofs are bound to; nothing listens there. */
const publicUrl = 'http://127.0.0.1:9';

interface Usage {
  /** Resident memory in MB. */
  memory: number;
  /** Processor seconds so far. */
  cpu: number;
}
export interface Target {
  url: string;
  /** Makes a call request. `turn` selects the agent, so that no agent has two calls in flight. */
  call(turn: number): Promise<Shot>;
  usage(): Promise<Usage>;
}
export interface RelayTarget extends Target {
  callers: Caller[];
  /** Number of requests that reached the stand-in, which only this relay uses. */
  upstreamRequests(): Promise<number>;
}

type Addresses = Omit<AntBuddy, 'control' | 'stop'>;
type Child<Said> = { said: Said; usage(): Promise<Usage & { requests: number }> };

/** The relay on each engine with a stand-in of its own; (a) its route without a store and (b) a bare reverse proxy share one. */
export async function makeBenchWorld(agents: number, relayNodeOptions = '') {
  const root = mkdtempSync(join(tmpdir(), 'dialside-bench-'));
  const devices = makeDevices(agents);
  const relayKey = randomBytes(32);
  const children: ChildProcess[] = [];
  const relays: RelayProcess[] = [];
  const undo: (() => Promise<void>)[] = [];
  let numbers = 10_000_000;
  const national = () => {
    numbers += 1;
    return `9${numbers}`;
  };
  // Runs after an exception too, so that no started process outlives the bench.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
  process.once('exit', () => {
    for (const relay of relays) relay.kill();
    rmSync(root, { recursive: true, force: true });
  });

  // The bundle, as a company runs it: when Node runs the source, the type-stripped files take additional memory.
  const program = join(root, 'relay/relay.mjs');
  execFileSync(process.execPath, [join(import.meta.dirname, '../../scripts/build-relay.ts'), join(root, 'relay')], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });

  async function startChild<Said>(kind: string, input: Partial<UpstreamInput>): Promise<Child<Said>> {
    const child = fork(join(import.meta.dirname, 'upstream-process.ts'), [kind, JSON.stringify(input)], {
      execArgv: kind === 'antbuddy' ? [] : nodeFlags,
    });
    children.push(child);
    const [said] = (await once(child, 'message')) as [Said];
    return {
      said,
      async usage() {
        child.send('usage');
        const [answer] = await once(child, 'message');
        return answer;
      },
    };
  }

  async function addRelay(place: StorePlace): Promise<RelayTarget> {
    const antbuddy = await startChild<Addresses>('antbuddy', { devices });
    const storeSetting: Record<string, string> =
      'databaseUrl' in place ? { DATABASE_URL: place.databaseUrl, RELAY_DATA_DIR: '' } : { RELAY_DATA_DIR: place.dataDir };
    const environment = {
      RELAY_KEY: relayKey.toString('base64'),
      RELAY_PUBLIC_URL: publicUrl,
      RELAY_LOG_LEVEL: 'warn',
      RELAY_SWEEP_SECONDS: '60',
      RELAY_DEVICE_WRITES: '1000000',
      ...(relayNodeOptions && { NODE_OPTIONS: relayNodeOptions }),
      ...storeSetting,
    };
    const relay = await startRelay({ antbuddy: antbuddy.said, dataRoot: root, environment, program });
    relays.push(relay);
    const deps = await makeDeps({ place, config: { relayKey, publicUrl } });
    const callers = await addCallers(deps, devices);
    await deps.close();
    return {
      url: relay.url,
      callers,
      upstreamRequests: async () => (await antbuddy.usage()).requests,
      async call(turn) {
        const caller = callers[turn % callers.length];
        const number = `+84${national()}`;
        return {
          path: '/v1/calls',
          headers: { ...(await caller?.headers('POST', '/v1/calls')), 'idempotency-key': randomUUID() },
          body: () => ({ number, clickedAt: Date.now(), surface: 'page' }),
        };
      },
      async usage() {
        return { memory: await relay.memory(), cpu: await relay.metric('process_cpu_seconds_total') };
      },
    };
  }

  const sqlite = await addRelay({ dataDir: join(root, 'data') });
  const engines: Record<string, RelayTarget> = { 'relay on SQLite': sqlite };
  if (findPostgres()) {
    const postgres = await startPostgres({ durable: true });
    undo.push(() => postgres.stop());
    engines['relay on PostgreSQL'] = await addRelay({ databaseUrl: await postgres.createDatabase() });
  }
  const { said: upstream } = await startChild<Addresses>('antbuddy', { devices });
  const route = await startChild<{ url: string }>('route', { devices, antbuddy: upstream, publicUrl });
  const proxy = await startChild<{ url: string }>('proxy', { devices, antbuddy: upstream, publicUrl });
  const [device = { sipUser: '', sipPassword: '' }] = devices;
  const bare: Target = {
    ...proxy,
    url: proxy.said.url,
    call: async () => ({
      path: `/oapi/v1/call/click-to-call/0${national()}`,
      headers: { 'x-auth-app-id': upstream.appId, 'x-auth-app-hash': hashHeader(upstream.appId, upstream.appSecret) },
      body: () => ({ sipUser: device.sipUser, sipPassword: device.sipPassword }),
    }),
  };

  return {
    engines,
    route: { ...route, url: route.said.url, call: sqlite.call } satisfies Target,
    proxy: bare,
    async stop() {
      await Promise.all(relays.map((relay) => relay.stop()));
      for (const one of undo) await one();
      for (const child of children) child.kill();
    },
  };
}

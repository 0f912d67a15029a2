/**
 * Durable calls a second and the time they take, beside (a) the same route without a store and (b) a bare reverse proxy to
 * the same stand-in, in one run: `node tests/bench/relay.ts [calls] [paced seconds]`. Every part is its own process; the rounds alternate, so
 * that a busy machine is busy for all; medians of the rounds are told.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { hashHeader } from '../../relay/antbuddy/hash.ts';
import type { StorePlace } from '../../relay/store/open-store.ts';
import { makeDeps } from '../../relay/testing/make-deps.ts';
import { findPostgres, startPostgres } from '../../relay/testing/start-postgres.ts';
import type { AntBuddy } from '../../sandbox/antbuddy/start-antbuddy.ts';
import { type RelayProcess, startRelay } from '../../sandbox/relay-process.ts';
import { addCallers, makeDevices } from '../faults/add-callers.ts';
import { quantiles } from './quantiles.ts';
import type { UpstreamInput } from './upstream-process.ts';

const calls = Number(process.argv[2] ?? 3_000);
const clients = 20;
const rounds = 3;
const perSecond = 200;
const pacedSeconds = Number(process.argv[3] ?? 3);
/** Proofs are bound to it; nobody listens there. */
const publicUrl = 'http://127.0.0.1:9';

interface Shot {
  path: string;
  headers: Record<string, string>;
  body: () => object;
}
interface Target {
  url: string;
  /** The same agent for the same turn, so that no agent has two calls in flight. */
  shot: (turn: number) => Promise<Shot>;
  /** Resident memory in MB and processor seconds so far. */
  usage: () => Promise<{ memory: number; cpu: number }>;
}

const root = mkdtempSync(join(tmpdir(), 'dialside-bench-'));
const devices = makeDevices(clients * 10);
const relayKey = randomBytes(32);
const children: ChildProcess[] = [];
type Addresses = Omit<AntBuddy, 'control' | 'stop'>;
const { said: antbuddy } = await startChild<Addresses>('antbuddy', { devices });
const route = await startChild<{ url: string }>('route', { devices, antbuddy, publicUrl });
const proxy = await startChild<{ url: string }>('proxy', { devices, antbuddy, publicUrl });
const relays: RelayProcess[] = [];
const undo: (() => Promise<void>)[] = [];
// Also when something throws: nothing that was started may outlive the bench.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
process.once('exit', () => {
  for (const relay of relays) relay.kill();
  rmSync(root, { recursive: true, force: true });
});

let numbers = 10_000_000;
function national(): string {
  numbers += 1;
  return `9${numbers}`;
}
const [device = { sipUser: '', sipPassword: '' }] = devices;
const targets: Record<string, Target> = {
  '(b) bare reverse proxy': {
    url: proxy.said.url,
    usage: proxy.usage,
    shot: async () => ({
      path: `/oapi/v1/call/click-to-call/0${national()}`,
      headers: { 'x-auth-app-id': antbuddy.appId, 'x-auth-app-hash': hashHeader(antbuddy.appId, antbuddy.appSecret) },
      body: () => ({ sipUser: device.sipUser, sipPassword: device.sipPassword }),
    }),
  },
};
const sqlite = await addRelay('relay on SQLite', { dataDir: join(root, 'data') });
targets['(a) same route, no store'] = { url: route.said.url, usage: route.usage, shot: sqlite.shot };
if (findPostgres()) {
  const postgres = await startPostgres({ durable: true });
  undo.push(() => postgres.stop());
  await addRelay('relay on PostgreSQL', { databaseUrl: await postgres.createDatabase() });
}

const results: Record<string, { rate: number[]; cpu: number[]; paced: number[][]; refused: number }> = {};
for (let round = 0; round < rounds; round += 1) {
  for (const [name, target] of Object.entries(targets)) {
    const kept = results[name] ?? { rate: [], cpu: [], paced: [], refused: 0 };
    results[name] = kept;
    const shots = await Promise.all(Array.from({ length: Math.ceil(calls / rounds) }, (_, turn) => target.shot(turn)));
    const { cpu } = await target.usage();
    const began = performance.now();
    kept.refused += await inTurns(target, shots);
    kept.rate.push((shots.length * 1000) / (performance.now() - began));
    kept.cpu.push((((await target.usage()).cpu - cpu) * 1000) / shots.length);
    const paced = await Promise.all(Array.from({ length: perSecond * pacedSeconds }, (_, turn) => target.shot(turn)));
    kept.paced.push(await atPace(target, paced));
  }
}

const median = (values: number[]) => values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
const rateOf = (name: string) => median(results[name]?.rate ?? []);
const pacedOf = (name: string) => quantiles((results[name]?.paced ?? []).flat());
const round = (value: number) => Number(value.toPrecision(3));
const table: Record<string, object> = {};
for (const [name, target] of Object.entries(targets)) {
  const paced = pacedOf(name);
  table[name] = {
    'calls/s': Math.round(rateOf(name)),
    'of (a)': round(rateOf(name) / rateOf('(a) same route, no store')),
    'of (b)': round(rateOf(name) / rateOf('(b) bare reverse proxy')),
    [`p50 ms at ${perSecond}/s`]: paced.p50,
    [`p99 ms at ${perSecond}/s`]: paced.p99,
    'added p50 ms': round(paced.p50 - pacedOf('(b) bare reverse proxy').p50),
    'CPU ms a call': round(median(results[name]?.cpu ?? [])),
    'memory MB': Math.round((await target.usage()).memory),
    refused: results[name]?.refused,
  };
}
console.log(
  `${calls} calls each by ${clients} clients, then ${perSecond} a second for ${rounds * pacedSeconds} s; Node ${process.version}`,
);
console.table(table);
await Promise.all(relays.map((relay) => relay.kill()));
for (const one of undo) await one();
for (const child of children) child.kill();

async function addRelay(name: string, place: StorePlace): Promise<Target> {
  const storeSetting: Record<string, string> =
    'databaseUrl' in place ? { DATABASE_URL: place.databaseUrl, RELAY_DATA_DIR: '' } : { RELAY_DATA_DIR: place.dataDir };
  const environment = {
    RELAY_KEY: relayKey.toString('base64'),
    RELAY_PUBLIC_URL: publicUrl,
    RELAY_LOG_LEVEL: 'warn',
    RELAY_SWEEP_SECONDS: '60',
    ...storeSetting,
  };
  const relay = await startRelay({ antbuddy, dataRoot: root, environment });
  relays.push(relay);
  const deps = await makeDeps({ place, config: { relayKey, publicUrl } });
  const callers = await addCallers(deps, devices);
  await deps.close();
  targets[name] = {
    url: relay.url,
    async shot(turn) {
      const caller = callers[turn % callers.length];
      const number = `+84${national()}`;
      return {
        path: '/v1/calls',
        headers: { ...(await caller?.headers('POST', '/v1/calls')), 'idempotency-key': randomUUID() },
        body: () => ({ number, clickedAt: Date.now(), surface: 'page' }),
      };
    },
    async usage() {
      const metrics = await (await fetch(`${relay.opsUrl}/metrics`)).text();
      const metric = (name: string) => Number(new RegExp(`^${name} (\\S+)`, 'm').exec(metrics)?.[1]);
      return { memory: metric('process_resident_memory_bytes') / 1e6, cpu: metric('process_cpu_seconds_total') };
    },
  };
  return targets[name];
}

/** Each client sends its next as soon as it has an answer. Gives how many were not accepted. */
async function inTurns(target: Target, shots: Shot[]): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  let refused = 0;
  await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      for (let turn = client; turn < shots.length; turn += clients) {
        const { status } = await fire(target, shots[turn] as Shot, agent);
        if (status !== 200 && status !== 201) refused += 1;
      }
    }),
  );
  agent.destroy();
  return refused;
}

/** One every few milliseconds, whether the ones before were answered or not. */
async function atPace(target: Target, shots: Shot[]): Promise<number[]> {
  const agent = new Agent({ keepAlive: true });
  const began = performance.now();
  const answers = await Promise.all(
    shots.map(async (shot, turn) => {
      await wait(Math.max(0, began + (turn * 1000) / perSecond - performance.now()));
      return fire(target, shot, agent);
    }),
  );
  agent.destroy();
  return answers.map(({ ms }) => ms);
}

function fire({ url }: Target, { path, headers, body }: Shot, agent: Agent): Promise<{ status: number; ms: number }> {
  const text = JSON.stringify(body());
  const began = performance.now();
  return new Promise((resolve, reject) => {
    const sent = request(new URL(path, url), {
      method: 'POST',
      agent,
      headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text), ...headers },
    });
    sent.once('error', reject);
    sent.once('response', (answer) => {
      answer.resume().once('end', () => resolve({ status: answer.statusCode ?? 0, ms: performance.now() - began }));
    });
    sent.end(text);
  });
}

async function startChild<Said>(kind: string, input: Partial<UpstreamInput>) {
  const child = fork(join(import.meta.dirname, 'upstream-process.ts'), [kind, JSON.stringify(input)]);
  children.push(child);
  const [said] = (await once(child, 'message')) as [Said];
  const usage: Target['usage'] = async () => {
    child.send('usage');
    const [answer] = await once(child, 'message');
    return answer;
  };
  return { said, usage };
}

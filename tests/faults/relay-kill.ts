/**
 * The relay is killed (SIGKILL) again and again while 20 clients call and retry; then the dials that reached AntBuddy are
 * compared with the ledger and with the clients' answers. `node tests/faults/relay-kill.ts [kills] [sqlite|postgres|naive]`;
 * the naive relay must be caught dialling a number twice.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StorePlace } from '../../relay/store/open-store.ts';
import { makeDeps } from '../../relay/testing/make-deps.ts';
import { startPostgres } from '../../relay/testing/start-postgres.ts';
import { startAntBuddy } from '../../sandbox/antbuddy/start-antbuddy.ts';
import { freePort } from '../../sandbox/free-port.ts';
import { startRelay } from '../../sandbox/relay-process.ts';
import { quickCalls } from '../quick-calls.ts';
import { addCallers, makeDevices } from './add-callers.ts';
import { type Caller, placeStubbornly, type Told } from './call-clients.ts';
import { judgeCalls } from './judge-calls.ts';

const kills = Number(process.argv[2] ?? 100);
const kind = process.argv[3] ?? 'sqlite';
const clients = 20;
/** Longest wait since the relay was back: an interrupted call must not make its agent wait until the call's deadline. */
const longestWaitMs = 5_000;

const root = mkdtempSync(join(tmpdir(), 'dialside-kill-'));
const devices = makeDevices(clients);
const antbuddy = await startAntBuddy({ devices, ...quickCalls });
antbuddy.control.fault({ endpoint: 'click-to-call', kind: 'latency', ms: 15 });
const postgres = kind === 'postgres' ? await startPostgres({ durable: true }) : null;
const place: StorePlace = postgres ? { databaseUrl: await postgres.createDatabase() } : { dataDir: join(root, 'data') };
const relayKey = randomBytes(32);
const port = await freePort();
const publicUrl = `http://127.0.0.1:${port}`;

interface Running {
  url: string;
  kill(): Promise<void>;
}
const start = kind === 'naive' ? startNaive : startReal;

async function startReal(): Promise<Running> {
  const storeSetting: Record<string, string> =
    'databaseUrl' in place ? { DATABASE_URL: place.databaseUrl, RELAY_DATA_DIR: '' } : { RELAY_DATA_DIR: place.dataDir };
  const environment = {
    RELAY_KEY: relayKey.toString('base64'),
    RELAY_PUBLIC_URL: publicUrl,
    RELAY_LOG_LEVEL: 'warn',
    RELAY_DEVICE_WRITES: '1000000',
    ...storeSetting,
  };
  return startRelay({ antbuddy, dataRoot: root, preferredPort: port, environment });
}

async function startNaive(): Promise<Running> {
  const { appId, appSecret, url } = antbuddy;
  const env = { ...process.env, ANTBUDDY_URL: url, APP_ID: appId, APP_SECRET: appSecret, PORT: String(port) };
  const child: ChildProcess = spawn(process.execPath, [join(import.meta.dirname, 'naive-relay.ts')], { env, stdio: 'inherit' });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  while (
    !(await fetch(publicUrl).then(
      () => true,
      () => false,
    ))
  )
    await new Promise((resolve) => setTimeout(resolve, 20));
  return {
    url: publicUrl,
    kill: () => {
      child.kill('SIGKILL');
      return ended;
    },
  };
}

let relay = await start();
const deps = await makeDeps({ place, config: { relayKey, publicUrl } });
const callers: Caller[] =
  kind === 'naive'
    ? devices.map(({ sipUser, sipPassword }) => ({
        agentId: sipUser,
        headers: async () => ({ 'x-sip': `${sipUser}:${sipPassword}` }),
      }))
    : await addCallers(deps, devices);

const told: Told[] = [];
let placed = 0;
let unanswered = 0;
let slowestMs = 0;
let readyAt = performance.now();
const stop = new AbortController();
const work = Array.from({ length: clients }, async (_, client) => {
  while (!stop.signal.aborted) {
    const caller = callers[client] as Caller;
    placed += 1;
    const number = `+849${String(10_000_000 + placed).padStart(8, '0')}`;
    const began = performance.now();
    const answer = await placeStubbornly(() => relay.url, caller, number, new AbortController().signal);
    slowestMs = Math.max(slowestMs, Math.round(performance.now() - Math.max(began, readyAt)));
    if (answer) told.push(answer);
    else unanswered += 1;
  }
});

for (let kill = 0; kill < kills; kill += 1) {
  await new Promise((resolve) => setTimeout(resolve, 50 + Math.random() * 500));
  await relay.kill();
  relay = await start();
  readyAt = performance.now();
}
await new Promise((resolve) => setTimeout(resolve, 1_000));
stop.abort();
await Promise.all(work);
const { wrong, ...counts } = await judgeCalls(deps.store, antbuddy.control.dialCounts(), told);
console.log(kind, { kills, calls: placed, unanswered, slowestMs, ...counts });
await relay.kill();
await deps.close();
await antbuddy.stop();
await postgres?.stop();
rmSync(root, { recursive: true, force: true });
const failed = kind === 'naive' ? counts.double === 0 : wrong + unanswered > 0 || slowestMs > longestWaitMs;
process.exit(failed ? 1 : 0);

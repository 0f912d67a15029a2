/**
 * The relay is killed (SIGKILL) again and again while 20 clients call and retry; then the dials that reached AntBuddy are
 * compared with the ledger and with the clients' answers. `node tests/faults/relay-kill.ts [kills] [sqlite|postgres|naive]`;
 * the naive relay must be caught dialling a number twice.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Caller, callUntil } from './call-clients.ts';
import { conclude, makeFaultWorld } from './fault-world.ts';
import { judgeCalls } from './judge-calls.ts';

const kills = Number(process.argv[2] ?? 100);
const kind = process.argv[3] ?? 'sqlite';
const clients = 20;
/** Longest wait since the relay was back: an interrupted call must not make its agent wait until the call's deadline. */
const longestWaitMs = 5_000;

const world = await makeFaultWorld({ engine: kind === 'postgres' ? 'postgres' : 'sqlite', callers: clients });
world.antbuddy.control.fault({ endpoint: 'click-to-call', kind: 'latency', ms: 15 });

const start = kind === 'naive' ? startNaive : world.start;
const callers: Caller[] =
  kind === 'naive'
    ? world.devices.map(({ sipUser, sipPassword }) => ({
        agentId: sipUser,
        headers: async () => ({ 'x-sip': `${sipUser}:${sipPassword}` }),
      }))
    : world.callers;
let relay = await start();

let slowestMs = 0;
let readyAt = performance.now();
const stop = new AbortController();
const work = callUntil(
  stop.signal,
  callers,
  () => relay.url,
  (began) => {
    slowestMs = Math.max(slowestMs, Math.round(performance.now() - Math.max(began, readyAt)));
  },
);

for (let kill = 0; kill < kills; kill += 1) {
  await wait(50 + Math.random() * 500);
  await relay.kill();
  relay = await start();
  readyAt = performance.now();
}
await wait(1_000);
stop.abort();
const { told, placed, unanswered } = await work;
const { wrong, ...counts } = await judgeCalls(world.deps.store, world.antbuddy.control.dialCounts(), told);
await relay.kill();
await world.stop();
conclude(
  { kind, kills, calls: placed, unanswered, slowestMs, ...counts },
  kind === 'naive'
    ? { 'the naive relay dials a number twice': counts.double > 0 }
    : {
        'calls were placed meanwhile': counts.dialled > kills,
        'dials, ledger and answers agree': wrong === 0,
        'every client got an answer': unanswered === 0,
        [`no call takes longer than ${longestWaitMs} ms once the relay is back`]: slowestMs <= longestWaitMs,
      },
);

async function startNaive() {
  const { appId, appSecret, url } = world.antbuddy;
  const env = { ...process.env, ANTBUDDY_URL: url, APP_ID: appId, APP_SECRET: appSecret, PORT: new URL(world.url).port };
  const child = spawn(process.execPath, [join(import.meta.dirname, 'naive-relay.ts')], { env, stdio: 'inherit' });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  while (!(await fetch(world.url).catch(() => null))) await wait(20);
  return {
    url: world.url,
    kill: () => {
      child.kill('SIGKILL');
      return ended;
    },
  };
}

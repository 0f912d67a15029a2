/**
 * Two relays behind a balancer are stopped (SIGTERM) in turn and started again under a steady stream of requests:
 * `node tests/faults/rolling-restarts.ts [times] [requests a second]`. No request may be broken off; memory before and after is
 * reported.
 */
import { setTimeout as wait } from 'node:timers/promises';
import type { RelayProcess } from '../../sandbox/relay-process.ts';
import { quantile } from '../bench/quantiles.ts';
import { type Caller, callRequest, nthNumber } from './call-clients.ts';
import { conclude, makeFaultWorld } from './fault-world.ts';
import { startRoundRobin } from './round-robin.ts';

const times = Number(process.argv[2] ?? 20);
const perSecond = Number(process.argv[3] ?? 200);
/** Most requests in flight: on a machine too busy for the rate, more of them would only measure their own queue. */
const mostUnderWay = 20;
const everyMs = 200;
const mostAddedMs = 50;
const p99 = (times: number[]) => quantile(times, 0.99);
const ready: string[] = [];
const balancer = await startRoundRobin(() => [...ready]);
const world = await makeFaultWorld({ engine: 'postgres', callers: 100, publicUrl: balancer.url });
const relays: RelayProcess[] = [await world.start(), await world.start()];
const memories = () => Promise.all(relays.map((relay) => relay.memory()));

// Probes readiness as balancers do: a relay that is not ready gets no new requests.
const probing = new AbortController();
const probe = (async () => {
  while (!probing.signal.aborted) {
    const answers = await Promise.all(
      relays.map(async ({ url, opsUrl }) => {
        const answer = await fetch(`${opsUrl}/readyz`).catch(() => null);
        return answer?.ok ? [url] : [];
      }),
    );
    ready.splice(0, ready.length, ...answers.flat());
    await wait(everyMs);
  }
})();
while (ready.length < 2) await wait(50);

const calm: number[] = [];
const restarting: number[] = [];
const statuses: Record<string, number> = {};
const asked: Promise<void>[] = [];
let current = calm;
let turn = 0;
let sent = 0;
let underWay = 0;
const began = performance.now();
const stream = setInterval(() => {
  const due = Math.floor(((performance.now() - began) * perSecond) / 1000);
  for (; sent < due; sent += 1) {
    if (underWay >= mostUnderWay) continue;
    turn += 1;
    asked.push(ask(turn, current));
  }
}, 10);

await wait(3_000);
const memoryBefore = await memories();
current = restarting;
for (let time = 0; time < times; time += 1) {
  const at = time % 2;
  await relays[at]?.stop();
  relays[at] = await world.start();
  while (ready.length < 2) await wait(50);
}
const memoryAfter = await memories();
clearInterval(stream);
await Promise.all(asked);
probing.abort();
await probe;

const added = p99(restarting) - p99(calm);
const broken = Object.entries(statuses).reduce((sum, [status, count]) => sum + (/^(?:2|409|429)/.test(status) ? 0 : count), 0);
await Promise.all(relays.map((relay) => relay.kill()));
await balancer.stop();
await world.stop();
conclude(
  {
    times,
    perSecond,
    requests: turn,
    statuses,
    p99CalmMs: p99(calm),
    p99RestartingMs: p99(restarting),
    memoryBefore,
    memoryAfter,
  },
  {
    'every request is answered as by a relay that stays': broken === 0,
    // On a busy machine the starting relays take the processors; there only the ratio is meaningful.
    'restarts add little': added <= Math.max(mostAddedMs, 3 * p99(calm)),
  },
);

async function ask(number: number, kept: number[]): Promise<void> {
  underWay += 1;
  const caller = world.callers[number % world.callers.length] as Caller;
  const isCall = number % 10 === 0;
  const request = isCall ? await callRequest(caller, nthNumber(number)) : { headers: await caller.headers('GET', '/v1/history') };
  const asked = performance.now();
  const status = await fetch(`${balancer.url}/v1/${isCall ? 'calls' : 'history'}`, request).then(
    async (answer) => {
      await answer.text();
      return String(answer.status);
    },
    () => 'reset',
  );
  underWay -= 1;
  kept.push(performance.now() - asked);
  statuses[status] = (statuses[status] ?? 0) + 1;
}

/**
 * The database is killed and restarted while clients place calls: `node tests/faults/database-outage.ts [times]`. During an
 * outage nothing may reach AntBuddy, and afterwards every dial must be on record.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { placeStubbornly, type Told } from './call-clients.ts';
import { conclude, makeFaultWorld } from './fault-world.ts';
import { judgeCalls } from './judge-calls.ts';

const times = Number(process.argv[2] ?? 20);
const clients = 8;
/** Time for requests that were already on their way to AntBuddy when the database was killed. */
const inFlightMs = 500;

const world = await makeFaultWorld({ engine: 'postgres', callers: clients });
world.antbuddy.control.fault({ endpoint: 'click-to-call', kind: 'latency', ms: 15 });
const relay = await world.start();
const told: Told[] = [];
let placed = 0;
const stop = new AbortController();
const work = world.callers.map(async (caller) => {
  while (!stop.signal.aborted) {
    placed += 1;
    const number = `+849${String(10_000_000 + placed).padStart(8, '0')}`;
    const answer = await placeStubbornly(() => relay.url, caller, number, stop.signal);
    if (answer) told.push(answer);
  }
});
const dials = () => Object.values(world.antbuddy.control.dialCounts()).reduce((sum, count) => sum + count, 0);

let dialledWhileAway = 0;
let refusals = 0;
for (let time = 0; time < times; time += 1) {
  await wait(500 + Math.random() * 500);
  await world.postgres?.kill();
  await wait(inFlightMs);
  const before = dials();
  const [caller] = world.callers;
  const headers = {
    ...(await caller?.headers('POST', '/v1/calls')),
    'content-type': 'application/json',
    'idempotency-key': crypto.randomUUID(),
  };
  const body = JSON.stringify({ number: '+84912345678', clickedAt: Date.now(), surface: 'page' });
  const answer = await fetch(`${relay.url}/v1/calls`, { method: 'POST', headers, body }).catch((error: unknown) => {
    throw new Error(`The relay ended:\n${relay.output().slice(-3000)}`, { cause: error });
  });
  if (answer.status === 503 && (await answer.text()).includes('store_unavailable')) refusals += 1;
  dialledWhileAway += dials() - before;
  await world.postgres?.restart();
}
await wait(2_000);
stop.abort();
await Promise.all(work);
// A call whose outcome could not be written is settled at its deadline, so wait for that.
let judged = await judgeCalls(world.deps.store, world.antbuddy.control.dialCounts(), told);
for (const end = Date.now() + 45_000; judged.stillDispatching > 0 && Date.now() < end; await wait(500))
  judged = await judgeCalls(world.deps.store, world.antbuddy.control.dialCounts(), told);
await relay.kill();
await world.stop();
conclude(
  { times, calls: placed, refusals, dialledWhileAway, ...judged },
  {
    'every call while the database is away is refused': refusals === times,
    'nothing is dialled while the database is away': dialledWhileAway === 0,
    'dials, ledger and answers agree': judged.wrong === 0,
    'calls went through in between': (judged.told.accepted ?? 0) > times,
  },
);

/**
 * The database is killed and restarted while clients place calls: `node tests/faults/database-outage.ts [times]`. During an
 * outage nothing may reach AntBuddy, and afterwards every dial must be on record.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { type Caller, callRequest, callUntil } from './call-clients.ts';
import { conclude, makeFaultWorld } from './fault-world.ts';
import { judgeCalls } from './judge-calls.ts';

const times = Number(process.argv[2] ?? 20);
const clients = 8;
/** Time for requests that were already on their way to AntBuddy when the database was killed. */
const inFlightMs = 500;

const world = await makeFaultWorld({ engine: 'postgres', callers: clients });
world.antbuddy.control.fault({ endpoint: 'click-to-call', kind: 'latency', ms: 15 });
const relay = await world.start();
const [caller] = world.callers as [Caller];
const stop = new AbortController();
const work = callUntil(stop.signal, world.callers, () => relay.url);
const dials = () => Object.values(world.antbuddy.control.dialCounts()).reduce((sum, count) => sum + count, 0);

let dialledWhileAway = 0;
let refusals = 0;
for (let time = 0; time < times; time += 1) {
  await wait(500 + Math.random() * 500);
  await world.postgres?.kill();
  await wait(inFlightMs);
  const before = dials();
  const request = await callRequest(caller, '+84912345678');
  const answer = await fetch(`${relay.url}/v1/calls`, request).catch((error: unknown) => {
    throw new Error(`The relay ended:\n${relay.output().slice(-3000)}`, { cause: error });
  });
  if (answer.status === 503 && (await answer.text()).includes('store_unavailable')) refusals += 1;
  dialledWhileAway += dials() - before;
  await world.postgres?.restart();
}
await wait(2_000);
stop.abort();
const { told, placed } = await work;
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

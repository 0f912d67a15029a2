/**
 * Two relays on one PostgreSQL behind a round-robin balancer; one of them is killed (SIGKILL) while clients call and retry:
 * `node tests/faults/two-relays.ts [short]`. It checks that no call is dialled twice, no answer is lost, one relay at a time
 * sweeps the histories and the other takes over, and both give live events and histories. `short` skips the histories and the
 * takeover of the mirror's lease, which lasts half a minute.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import * as v from 'valibot';
import { HistoryPageSchema } from '../../relay/contract.ts';
import { type Caller, callUntil } from './call-clients.ts';
import { conclude, makeFaultWorld } from './fault-world.ts';
import { judgeCalls } from './judge-calls.ts';
import { startRoundRobin } from './round-robin.ts';

const isShort = process.argv[2] === 'short';
const clients = 8;
const beforeMs = isShort ? 1_500 : 5_000;
const afterMs = isShort ? 1_500 : 4_000;

const alive: string[] = [];
const balancer = await startRoundRobin(() => alive);
const world = await makeFaultWorld({ engine: 'postgres', callers: clients, publicUrl: balancer.url });
const { control } = world.antbuddy;
control.fault({ endpoint: 'click-to-call', kind: 'latency', ms: 15 });

// The first relay acquires the mirror's lease before the second starts, so the relay killed later is the one that holds it.
const first = await world.start();
await until('a relay sweeps', async () => (await leaseOwner()) !== null);
const second = await world.start();
alive.push(first.url, second.url);
const sweeper = await leaseOwner();

const everyone = new Set<string>();
const watching = new AbortController();
const watch = (async () => {
  while (!watching.signal.aborted) {
    const owner = await leaseOwner();
    if (owner) everyone.add(owner);
    await wait(100);
  }
})();

const [listener] = world.callers as [Caller];
const heard = await Promise.all([first, second].map(({ url }) => hearNextCall(url, listener)));
control.incoming({ number: '0987654321', sipUser: 'agent0' });
const live = (await Promise.all(heard.map(({ call }) => call))).filter((text) => text.includes('+84987654321')).length;

const stop = new AbortController();
const work = callUntil(stop.signal, world.callers, () => balancer.url);
await wait(beforeMs);
const ownersBefore = [...everyone];
await first.kill();
const killedAt = Date.now();
await wait(afterMs);
stop.abort();
const { told, placed, unanswered } = await work;

if (!isShort) await until('the other relay takes the mirror over', async () => ![null, sweeper].includes(await leaseOwner()));
const takenOverMs = isShort ? null : Date.now() - killedAt;
await until('no call is left dispatching', async () => (await judge()).stillDispatching === 0);
const { wrong, ...counts } = await judge();
const relays = [second];
const pages = isShort ? null : await readHistories();
watching.abort();
await watch;

await Promise.all(relays.map((relay) => relay.kill()));
await balancer.stop();
await world.stop();
conclude(
  { calls: placed, unanswered, ...counts, liveEventsFrom: live, ownersBefore: ownersBefore.length, takenOverMs },
  {
    'dials, ledger and answers agree': wrong === 0,
    'every client got an answer': unanswered === 0,
    'calls went through': (counts.told.accepted ?? 0) > 20,
    'one relay sweeps at a time': isDeepStrictEqual(ownersBefore, [sweeper]),
    'both relays tell of an incoming call': live === 2,
    ...(pages && {
      'there is a history': (pages[0]?.calls.length ?? 0) > 0,
      'both relays give the same history': isDeepStrictEqual(pages[0]?.calls, pages[1]?.calls),
    }),
  },
);

/** One history page of the surviving relay and one of a relay started later, once the mirror has every call. */
async function readHistories() {
  await until('the mirror has every call', async () => (await mirrored()) >= counts.dialled);
  alive.splice(0, alive.length, second.url);
  const third = await world.start();
  relays.push(third);
  return Promise.all(relays.map(({ url }) => history(url, listener)));
}

function judge() {
  return judgeCalls(world.deps.store, control.dialCounts(), told);
}

async function leaseOwner(): Promise<string | null> {
  const row = await world.deps.store
    .selectFrom('state')
    .select('value')
    .where('name', '=', 'lease:history-mirror')
    .executeTakeFirst();
  return row?.value.split(':')[1] ?? null;
}

async function mirrored(): Promise<number> {
  const { n } = await world.deps.store
    .selectFrom('history')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow();
  return n;
}

async function history(url: string, caller: Caller) {
  const answer = await fetch(`${url}/v1/history`, { headers: await caller.headers('GET', '/v1/history') });
  return v.parse(HistoryPageSchema, await answer.json());
}

/** Resolves once the stream is open; `call` resolves with the text up to the first call event. */
async function hearNextCall(url: string, caller: Caller): Promise<{ call: Promise<string> }> {
  const answer = await fetch(`${url}/v1/events`, { headers: await caller.headers('GET', '/v1/events') });
  if (!answer.body) throw new Error(`No event stream: ${answer.status}`);
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  const readTo = async (wanted: RegExp) => {
    while (!wanted.test(text)) {
      const { done, value } = await reader.read();
      if (done) throw new Error(`The event stream ended before it said ${wanted}.`);
      text += value;
    }
    return text;
  };
  await readTo(/"live":true/);
  return { call: readTo(/event: call\ndata: .*\n\n/) };
}

async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 45_000; Date.now() < end; await wait(100)) if (await isSo()) return;
  throw new Error(`Waited 45 s in vain: ${what}.`);
}

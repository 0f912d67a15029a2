/**
 * Durable calls a second and the time they take, beside (a) the same route without a store and (b) a bare reverse proxy to such
 * a stand-in, then agents that poll and listen, in one run: `node tests/bench/relay.ts [calls] [agents]`. With `calls` each relay
 * places that many, for its memory. Every part is its own process, the relay as its bundle; each is warmed before it is measured,
 * because the first calls of a process mostly show how its code is compiled, and the rounds alternate, so that a busy machine is
 * busy for all.
 */
import { makeBenchWorld, type RelayTarget, type Target } from './bench-world.ts';
import { atPace, inTurns } from './fire.ts';
import { measurePolling } from './polling.ts';
import { quantiles } from './quantiles.ts';

const calls = Number(process.argv[2] ?? 0);
const pollers = Number(process.argv[3] ?? 1000);
const clients = 20;
const warmUp = 1_500;
const rounds = 3;
const roundMs = 2_000;
const mostPerRound = 1_600;
const perSecond = 200;
const pacedSeconds = 2;

const world = await makeBenchWorld(clients * 10, process.env.BENCH_RELAY_NODE_OPTIONS);
const routeName = '(a) same route, no store';
const proxyName = '(b) bare reverse proxy';
const targets: Record<string, Target> = { [proxyName]: world.proxy, [routeName]: world.route, ...world.engines };

for (const target of Object.values(targets)) await inTurns(target.url, await sign(target, warmUp), clients);

const results: Record<string, { rate: number[]; cpu: number[]; paced: number[]; refused: number; done: number }> = {};
for (let round = 0; round < rounds; round += 1) {
  for (const [name, target] of Object.entries(targets)) {
    const kept = results[name] ?? { rate: [], cpu: [], paced: [], refused: 0, done: warmUp };
    results[name] = kept;
    const shots = await sign(target, mostPerRound);
    const { cpu } = await target.usage();
    const { done, refused, perSecond: rate } = await inTurns(target.url, shots, clients, roundMs);
    kept.cpu.push((((await target.usage()).cpu - cpu) * 1000) / done);
    kept.rate.push(rate);
    kept.refused += refused;
    kept.paced.push(...(await atPace(target.url, await sign(target, perSecond * pacedSeconds), perSecond)));
    kept.done += done + perSecond * pacedSeconds;
  }
}
for (const [name, target] of Object.entries(world.engines)) {
  const kept = results[name];
  while (kept && kept.done < calls) {
    const { done } = await inTurns(target.url, await sign(target, 2_000), clients);
    kept.done += done;
    if (kept.done % 10_000 < 2_000) console.log(name, kept.done, 'calls,', Math.round((await target.usage()).memory), 'MB');
  }
}

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const rateOf = (name: string) => mean(results[name]?.rate ?? []);
const pacedOf = (name: string) => quantiles(results[name]?.paced ?? []);
const round = (value: number) => Number(value.toPrecision(3));
const table: Record<string, object> = {};
for (const [name, target] of Object.entries(targets)) {
  const paced = pacedOf(name);
  table[name] = {
    'calls/s': Math.round(rateOf(name)),
    'of (a)': round(rateOf(name) / rateOf(routeName)),
    'of (b)': round(rateOf(name) / rateOf(proxyName)),
    [`p50 ms at ${perSecond}/s`]: paced.p50,
    [`p99 ms at ${perSecond}/s`]: paced.p99,
    'added p50 ms': round(paced.p50 - pacedOf(proxyName).p50),
    'CPU ms a call': round(mean(results[name]?.cpu ?? [])),
    calls: results[name]?.done,
    'memory MB': Math.round((await target.usage()).memory),
    refused: results[name]?.refused,
  };
}
console.log(`calls by ${clients} clients, then ${perSecond} a second, after ${warmUp} to warm up; Node ${process.version}`);
console.table(table);

const polling: Record<string, object> = {};
for (const [name, relay] of Object.entries(world.engines) as [string, RelayTarget][]) {
  polling[name] = await measurePolling(relay, pollers);
}
console.log(`${pollers} agents, each with an event stream, poll their history`);
console.table(polling);
await world.stop();

function sign(target: Target, count: number) {
  return Promise.all(Array.from({ length: count }, (_, turn) => target.call(turn)));
}

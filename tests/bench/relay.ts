/**
 * Durable calls a second and their latency, compared with (a) the same route without a store and (b) a bare reverse proxy to a
 * stand-in, then agents that poll and listen, in one run: `node tests/bench/relay.ts [calls] [agents]`. With `calls` each relay
 * places that many, to show its memory use. Relay, (a) and (b) are processes of their own under the relay's Node flags, the relay
 * as its bundle. Each is warmed up before it is measured, because the first calls of a process mostly measure compilation.
 *
 * All processes, including the load and the database, share the machine's processors with whatever else runs there. Short rounds
 * therefore alternate, each ratio is the median of the rounds' own ratios, and the relay's milliseconds must be read beside those
 * that (a) and (b) needed in the same run. `late` is the load generator's own share of the p99.
 */
import { availableParallelism } from 'node:os';
import { makeBenchWorld, type RelayTarget, type Target } from './bench-world.ts';
import { atPace, inTurns } from './fire.ts';
import { measurePolling } from './polling.ts';
import { quantile, quantiles, round } from './quantiles.ts';

const calls = Number(process.argv[2] ?? 0);
const pollers = Number(process.argv[3] ?? 1000);
const clients = 20;
const warmUp = 1_500;
const rounds = 8;
const roundMs = 1_000;
const mostPerRound = 1_200;
const perSecond = 200;
const pacedSeconds = 1;

const world = await makeBenchWorld(clients * 10, process.env.BENCH_RELAY_NODE_OPTIONS);
const routeName = '(a) same route, no store';
const proxyName = '(b) bare reverse proxy';
const targets: Record<string, Target> = { [proxyName]: world.proxy, [routeName]: world.route, ...world.engines };

for (const target of Object.values(targets)) await inTurns(target.url, await sign(target, warmUp), clients);

interface Result {
  /** Calls a second in each round. */
  rate: number[];
  cpu: number[];
  /** The times of all paced calls, all rounds together. */
  paced: { ms: number; late: number }[];
  refused: number;
  done: number;
}
const results: Record<string, Result> = {};
const ownCpu = () => (({ user, system }) => (user + system) / 1000)(process.cpuUsage());
const load = { cpu: 0, ms: 0 };
for (let round = 0; round < rounds; round += 1) {
  for (const [name, target] of Object.entries(targets)) {
    const kept = results[name] ?? { rate: [], cpu: [], paced: [], refused: 0, done: warmUp };
    results[name] = kept;
    const shots = await sign(target, mostPerRound);
    const { cpu } = await target.usage();
    const began = { cpu: ownCpu(), at: performance.now() };
    const { done, refused, perSecond: rate } = await inTurns(target.url, shots, clients, roundMs);
    load.cpu += ownCpu() - began.cpu;
    load.ms += performance.now() - began.at;
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

const median = (values: number[]) => quantile(values, 0.5);
const ratesOf = (name: string) => results[name]?.rate ?? [];
const ratioTo = (floor: string, name: string) =>
  round(median(ratesOf(name).map((rate, at) => rate / (ratesOf(floor)[at] ?? Number.NaN))));
const pacedOf = (name: string) => quantiles((results[name]?.paced ?? []).map(({ ms }) => ms));
const table: Record<string, object> = {};
for (const [name, target] of Object.entries(targets)) {
  const paced = pacedOf(name);
  table[name] = {
    'calls/s': Math.round(median(ratesOf(name))),
    'of (a)': ratioTo(routeName, name),
    'of (b)': ratioTo(proxyName, name),
    'p50 ms': paced.p50,
    'p99 ms': paced.p99,
    'late p99': quantile(
      (results[name]?.paced ?? []).map(({ late }) => late),
      0.99,
    ),
    'p50 over (a)': round(paced.p50 - pacedOf(routeName).p50),
    'p99 over (a)': round(paced.p99 - pacedOf(routeName).p99),
    'CPU ms a call': median(results[name]?.cpu ?? []),
    calls: results[name]?.done,
    'memory MB': Math.round((await target.usage()).memory),
    refused: results[name]?.refused,
  };
}
console.log(`calls by ${clients} clients, ms at ${perSecond} a second, after ${warmUp} to warm up; Node ${process.version}`);
console.table(table);
console.log(`the load itself took ${round(load.cpu / load.ms)} of a processor of ${availableParallelism()} while clients called`);

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

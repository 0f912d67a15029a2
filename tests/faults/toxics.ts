/**
 * AntBuddy behind a bad network: `node tests/faults/toxics.ts [times]`. Under each of eight toxics, a call and a voice token are
 * each requested `times` times at once: there must be at most one dial for each click, and an answer within 12 s.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { type Caller, callRequest, nthNumber } from './call-clients.ts';
import { conclude, makeFaultWorld } from './fault-world.ts';
import { startToxicProxy, toxics } from './toxic-proxy.ts';

const times = Number(process.argv[2] ?? 25);
const answerMs = 12_000;

let proxy: Awaited<ReturnType<typeof startToxicProxy>> | undefined;
const world = await makeFaultWorld({
  engine: 'sqlite',
  callers: times,
  // So short that the relay caches no token, and every request reaches AntBuddy.
  antbuddy: { tokenTtlMs: 5_000 },
  upstreamUrl: async ({ url }) => {
    proxy = await startToxicProxy(url);
    return proxy.url;
  },
});
const relay = await world.start();
let placed = 0;

const routes: Record<string, (caller: Caller) => Promise<Response>> = {
  async call(caller) {
    placed += 1;
    return fetch(`${relay.url}/v1/calls`, await callRequest(caller, nthNumber(placed)));
  },
  voiceToken: async (caller) =>
    fetch(`${relay.url}/v1/voice-token`, { method: 'POST', headers: await caller.headers('POST', '/v1/voice-token') }),
};

const table: Record<string, object> = {};
let slowestMs = 0;
let unexpected = 0;
for (const toxic of toxics) {
  proxy?.set(toxic);
  for (const [route, ask] of Object.entries(routes)) {
    const answers: Record<string, number> = {};
    const began = performance.now();
    await Promise.all(
      world.callers.map(async (caller) => {
        const answer = await ask(caller);
        const { state, error } = (await answer.json()) as { state?: string; error?: { code: string } };
        slowestMs = Math.max(slowestMs, Math.round(performance.now() - began));
        const name = state ?? error?.code ?? String(answer.status);
        answers[name] = (answers[name] ?? 0) + 1;
        if (answer.status === 500) unexpected += 1;
      }),
    );
    table[`${toxic}, ${route}`] = { ms: Math.round(performance.now() - began), ...answers };
  }
}
proxy?.set('none');
await wait(500);
const counts = world.antbuddy.control.dialCounts();
const rows = await world.deps.store.selectFrom('calls').select(['number', 'state']).execute();
const stateOf = new Map(rows.map(({ number, state }) => [`0${number.slice(3)}`, state]));
const double = Object.values(counts).filter((count) => count > 1).length;
const untold = Object.keys(counts).filter((number) => !['accepted', 'unknown'].includes(stateOf.get(number) ?? '')).length;
console.table(table);
await relay.kill();
proxy?.stop();
await world.stop();
conclude(
  { times, clicks: placed, dialled: Object.keys(counts).length, double, untold, unexpected, slowestMs },
  {
    'calls got through': Object.keys(counts).length > 0,
    'a click dials once': double === 0,
    'a dial that reached AntBuddy is told as accepted or unknown': untold === 0,
    'every answer has a code': unexpected === 0,
    'every answer comes within 12 s': slowestMs < answerMs,
  },
);

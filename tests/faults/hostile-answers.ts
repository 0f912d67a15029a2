/**
 * AntBuddy answers nonsense: `node tests/faults/hostile-answers.ts [answers]`. The relay must answer every request with a
 * documented error code or a call's outcome, follow no redirect, and keep its memory bounded.
 */
import * as v from 'valibot';
import { CallSchema, ErrorBodySchema } from '../../relay/contract.ts';
import { type Caller, callRequest, nthNumber } from './call-clients.ts';
import { conclude, makeFaultWorld } from './fault-world.ts';
import { startHostileUpstream } from './hostile-upstream.ts';

const wanted = Number(process.argv[2] ?? 2000);
const mostMemory = 250;
const hostile = await startHostileUpstream();
const world = await makeFaultWorld({ engine: 'sqlite', callers: 20, upstreamUrl: () => hostile.url });
const relay = await world.start();

const answers: Record<string, number> = {};
const wrong: string[] = [];
let memory = 0;
let placed = 0;
await Promise.all(
  world.callers.map(async (caller, at) => {
    for (let turn = 0; hostile.answered() < wanted; turn += 1) {
      const response = (turn + at) % 3 === 0 ? await askForToken(caller) : await call(caller);
      const text = await response.text();
      const told = read(text);
      const name = told?.state ?? told?.code ?? `HTTP ${response.status}`;
      answers[name] = (answers[name] ?? 0) + 1;
      if (!told || response.status === 500) wrong.push(`${response.status} ${text.slice(0, 200)}`);
      if (at === 0 && turn % 10 === 0) memory = Math.max(memory, await relay.memory());
    }
  }),
);
memory = Math.max(memory, await relay.memory());
const counts = { answered: hostile.answered(), kinds: hostile.kinds, redirected: hostile.redirected(), memory, ...answers };
const unexpected = await relay.metric('dialside_unexpected_errors_total');
const said = relay.output();
await relay.kill();
hostile.stop();
await world.stop();
conclude(
  { ...counts, wrong: wrong.slice(0, 3), unexpected },
  {
    'every answer is an outcome or a code of the table': wrong.length === 0,
    'nothing failed unexpectedly': unexpected === 0,
    'no redirect is followed': counts.redirected === 0,
    [`memory stays below ${mostMemory} MB`]: memory < mostMemory,
    'nothing hostile is in the log': !said.includes('javascript:') && said.length < 5_000_000,
  },
);

async function call(caller: Caller) {
  placed += 1;
  return fetch(`${relay.url}/v1/calls`, await callRequest(caller, nthNumber(placed)));
}

async function askForToken(caller: Caller) {
  return fetch(`${relay.url}/v1/voice-token`, { method: 'POST', headers: await caller.headers('POST', '/v1/voice-token') });
}

/** Reads an answer of the relay: a call's outcome, an error code, or a token; null for anything else. */
function read(text: string): { state?: string; code?: string } | null {
  try {
    const body: unknown = JSON.parse(text);
    if (v.is(CallSchema, body)) return { state: body.state };
    if (v.is(ErrorBodySchema, body)) return { code: body.error.code };
    return v.is(v.object({ value: v.string(), expiresAt: v.number() }), body) ? { state: 'token' } : null;
  } catch {
    return null;
  }
}

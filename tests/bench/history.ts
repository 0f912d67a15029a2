/**
 * How fast `GET /v1/history` and `GET /v1/missed` answer over many mirrored calls, on both engines:
 * `node tests/bench/history.ts [calls] [sqlite|postgres]`. Each figure is compared with two floors of the same run: a route with
 * the same checks and a constant answer, and a bare SELECT of as many rows.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { createApp } from '../../relay/app.ts';
import { requireAgent } from '../../relay/http/require-agent.ts';
import type { StorePlace } from '../../relay/store/open-store.ts';
import { addDevice, type TestDevice } from '../../relay/testing/device.ts';
import { makeDeps, type TestDeps } from '../../relay/testing/make-deps.ts';
import { send } from '../../relay/testing/send.ts';
import { findPostgres, startPostgres } from '../../relay/testing/start-postgres.ts';
import { agents, fillHistory, newest } from './fill-history.ts';
import { round, timeEach } from './quantiles.ts';

const calls = Number(process.argv[2] ?? 1_000_000);
const engine = process.argv[3];
const quick = 1_000;
const thorough = 300;
const day = 86_400_000;

interface Case {
  name: string;
  turns: number;
  /** Limit for the 99th percentile in milliseconds; absent where there is no requirement. */
  limit?: number;
  path?: string;
  query: (turn: number) => string;
}
const digits = (turn: number) => String((turn * 7919) % 100_000).padStart(5, '0');
const cases: Case[] = [
  { name: 'first page', turns: quick, limit: 5, query: () => '' },
  { name: 'missed', turns: quick, query: () => '?disposition=missed' },
  { name: 'a week', turns: quick, query: (turn) => `?from=${newest - ((turn % 80) + 8) * day}&to=${newest - (turn % 80) * day}` },
  { name: 'search, part of a number', turns: thorough, limit: 50, query: (turn) => `?q=${digits(turn)}` },
  { name: 'without an outcome', turns: thorough, limit: 50, query: () => '?outcome=none' },
  { name: 'to call back', turns: thorough, limit: 50, path: '/v1/missed', query: () => '' },
  { name: 'search, nothing found', turns: thorough, limit: 50, query: (turn) => `?q=zz${turn}` },
];

async function measure(deps: TestDeps, agent: number): Promise<boolean> {
  const device = await addDevice(deps, { username: `agent${agent}`, sipUser: `${1000 + agent}` });
  const party = `user:agent${agent}`;
  const { rows: counted } = await sql<{ n: number }>`select count(*) n from history_parties where party = ${party}`.execute(
    deps.store,
  );
  const page: object = await (await send(createApp(deps), device, 'GET', '/v1/history')).json();
  const app = createApp(deps);
  app.get('/v1/floor', requireAgent(deps), (c) => c.json(page));

  const floor = await request(app, device, '/v1/floor', quick, () => '');
  const select = await timeEach(quick, () =>
    sql`select * from history_parties where party = ${party} order by started_at desc, history_id desc limit 30`.execute(
      deps.store,
    ),
  );
  const table: Record<string, object> = {};
  const row = ({ p50, p99 }: typeof floor, limit?: number) => ({
    'p50 ms': p50,
    'p99 ms': p99,
    'limit ms': limit ?? '',
    'p50 to floor': round(p50 / floor.p50),
    'p50 to SELECT': round(p50 / select.p50),
  });
  table['floor: constant answer'] = row(floor);
  table['floor: bare SELECT'] = row(select);
  let ok = true;
  await noteCalls(deps, device, party);
  for (const { name, turns, limit, path = '/v1/history', query } of cases) {
    const times = await request(app, device, path, turns, query);
    table[name] = row(times, limit);
    ok &&= times.p99 < (limit ?? Number.POSITIVE_INFINITY);
  }
  console.log(`an agent with ${counted[0]?.n} calls`);
  console.table(table);
  return ok;
}

/** Notes on every third call of the agent's, one in four of them to be called later. */
async function noteCalls({ store }: TestDeps, { agentId }: TestDevice, party: string): Promise<void> {
  await sql`
    insert into notes (agent_id, subject, number, called_at, text, outcome, search, version, updated_at)
    select ${agentId}, history_id, peer_number, started_at, 'a note', case when turn % 12 = 0 then 'call_later' else 'reached' end,
      'a note', 1, started_at
    from (select *, row_number() over (order by started_at) as turn from history_parties where party = ${party}) as own
    where turn % 3 = 0
  `.execute(store);
}

async function request(
  app: ReturnType<typeof createApp>,
  device: TestDevice,
  path: string,
  turns: number,
  query: (turn: number) => string,
) {
  const signed = await Promise.all(Array.from({ length: turns + 20 }, () => device.headers('GET', path)));
  return timeEach(turns, async (turn) => {
    const answer = await app.request(path + query(turn), { headers: signed[turn] ?? {} });
    if (answer.status !== 200) throw new Error(await answer.text());
    await answer.arrayBuffer();
  });
}

async function run(title: string, place: StorePlace): Promise<boolean> {
  const deps = await makeDeps({ place, now: newest });
  try {
    const began = performance.now();
    await fillHistory(place, calls);
    const seconds = Math.round((performance.now() - began) / 1000);
    console.log(`\n${title}: ${calls} calls of ${agents} agents, filled in ${seconds} s`);
    const usual = await measure(deps, 1);
    const busy = await measure(deps, 0);
    if (!busy) console.log('(the busiest agent is beyond what is asked; the limits are for the usual one)');
    return usual;
  } finally {
    await deps.close();
  }
}

let ok = true;
if (engine !== 'postgres') {
  const dataDir = mkdtempSync(join(tmpdir(), 'dialside-bench-'));
  ok = await run('SQLite', { dataDir });
  rmSync(dataDir, { recursive: true });
}
if (engine !== 'sqlite' && findPostgres()) {
  const postgres = await startPostgres({ durable: true });
  try {
    ok = (await run('PostgreSQL', { databaseUrl: await postgres.createDatabase() })) && ok;
  } finally {
    await postgres.stop();
  }
}
process.exitCode = ok ? 0 : 1;

import { DatabaseSync } from 'node:sqlite';
import pg from 'pg';
import * as v from 'valibot';
import { CallRecordSchema } from '../../relay/antbuddy/call-record.ts';
import { type MirroredCall, mirroredCall } from '../../relay/history/mirrored-call.ts';
import type { StorePlace } from '../../relay/store/open-store.ts';

export const agents = 200;
/** Time of the newest call, 2026-03-02 10:00 in Ho Chi Minh City; the others are in the 90 days before. */
export const newest = Date.UTC(2026, 2, 2, 3);
const spanMs = 90 * 86_400_000;
const batch = 5_000;

/**
 * Inserts `calls` mirrored calls of 200 agents into the two tables, oldest first as sweeps do, bypassing kysely for speed.
 * Agent 0 has one call in twenty, ten times as many as any other agent.
 */
export async function fillHistory(place: StorePlace, calls: number): Promise<void> {
  const write = 'dataDir' in place ? sqliteWriter(place.dataDir) : await postgresWriter(place.databaseUrl);
  for (let done = 0; done < calls; done += batch) {
    const rows = Array.from({ length: Math.min(batch, calls - done) }, (_, at) => callOf(done + at, calls));
    await write(
      'history',
      rows.map(({ call }) => call),
    );
    await write(
      'history_parties',
      rows.flatMap(({ parties }) => parties),
    );
  }
  await write(null, []);
}

/** Parsing numbers is expensive, so each kind of record is parsed once and its digits are replaced for every call. */
const patterns = new Map<string, MirroredCall>();

function callOf(turn: number, calls: number): MirroredCall {
  const agent = turn % 20 === 0 ? 0 : 1 + ((turn * 31) % (agents - 1));
  const out = turn % 3 > 0;
  const lost = turn % 4 === 0;
  const name = `${agent} ${out} ${lost}`;
  const pattern = patterns.get(name) ?? mirroredCall(recordOf(agent, out, lost), 'VN', newest);
  patterns.set(name, pattern);
  const digits = `9${String((turn * 2_654_435_761) % 100_000_000).padStart(8, '0')}`;
  const put = (text: string) => text.replaceAll('912345678', digits);
  const id = turn.toString(16).padStart(8, '0').split('').reverse().join('').padEnd(32, '0');
  const started_at = newest - Math.floor((calls - turn) * (spanMs / calls));
  const { caller_number, callee_number, recording } = pattern.call;
  return {
    call: {
      ...pattern.call,
      id,
      started_at,
      caller_number: put(caller_number),
      callee_number: put(callee_number),
      recording: recording && `call_recording_${turn}.mp3`,
    },
    parties: pattern.parties.map((party) => ({
      ...party,
      party: put(party.party),
      started_at,
      history_id: id,
      peer_number: put(party.peer_number),
      search: put(party.search),
    })),
  };
}

function recordOf(agent: number, out: boolean, lost: boolean) {
  const user = { number: `${1000 + agent}`, type: 'user', username: `agent${agent}` };
  const stranger = { number: '0912345678', type: 'realnumber' };
  return v.parse(CallRecordSchema, {
    caller: out ? user : stranger,
    callee: out ? stranger : user,
    class: 'trunking',
    did_number: out ? null : '02873019555',
    direction: out ? 'from_ab' : 'to_ab',
    status_detail: lost ? 'CANCELLED' : 'SUCCESS',
    duration_seconds: 60,
    billing_seconds: lost ? 0 : 40,
    recording: lost ? '' : 'call_recording.mp3',
    unix_timestamp: newest / 1000,
  });
}

type Write = (table: string | null, rows: object[]) => Promise<void>;

function sqliteWriter(dataDir: string): Write {
  const database = new DatabaseSync(`${dataDir}/dialside.sqlite`);
  database.exec('PRAGMA synchronous = OFF; PRAGMA cache_size = -262144');
  return async (table, rows) => {
    const [row] = rows;
    if (!table || !row) return database.close();
    const columns = Object.keys(row);
    const insert = database.prepare(`insert into ${table} (${columns}) values (${columns.map((column) => `:${column}`)})`);
    database.exec('begin');
    for (const one of rows) insert.run(one as Record<string, string>);
    database.exec('commit');
  };
}

async function postgresWriter(connectionString: string): Promise<Write> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  await client.query('set synchronous_commit = off');
  return async (table, rows) => {
    if (table) {
      const copy = `insert into ${table} select * from json_populate_recordset(null::${table}, $1)`;
      await client.query(copy, [JSON.stringify(rows)]);
    } else {
      // What autovacuum does by itself after a while. The checkpoint comes first, because vacuum skips rows whose commit is not
      // on disk yet.
      await client.query('checkpoint');
      await client.query('vacuum analyze');
      await client.end();
    }
  };
}

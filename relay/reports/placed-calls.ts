import { setImmediate as giveWay } from 'node:timers/promises';
import { sql } from 'kysely';
import type { PlacedPage } from '../contract.ts';
import { dispositionOf } from '../history/disposition.ts';
import { BadRequest } from '../http/bad-request.ts';
import type { Store } from '../store/open-store.ts';

export interface PlacedFilter {
  from: number;
  to: number;
  agent?: string | undefined;
  /** E.164 or service digits. */
  number?: string | undefined;
  /** The end of the previous page. */
  cursor?: string | undefined;
  limit: number;
}

/** Calls scanned at once: takes some milliseconds on SQLite, during which no call can be placed. */
const bite = 5_000;

/** Clicked calls, newest first, each with its record in the history. Throws a BadRequest for an invalid cursor. */
export async function readPlacedCalls(store: Store, filter: PlacedFilter, biteCalls = bite): Promise<PlacedPage> {
  const { from, to, cursor: text, limit } = filter;
  const cursor = text === undefined ? undefined : readCursor(text);
  const rows: Awaited<ReturnType<typeof readBite>> = [];
  let end = Math.min(to, (cursor?.at ?? to) + 1);
  while (end > from && rows.length <= limit) {
    // Without a number filter every row read belongs to the page, so its limit bounds the work.
    const start = filter.number === undefined ? from : await startOfBite(store, from, end, biteCalls);
    rows.push(...(await readBite(store, { ...filter, from: start, to: end, limit: limit + 1 - rows.length }, cursor)));
    end = start;
    await giveWay();
  }
  const last = rows[limit - 1];
  return {
    calls: rows.slice(0, limit).map((row) => ({
      at: row.created_at,
      agent: { id: row.agent_id, name: row.agent_name },
      device: row.device_name,
      number: row.number,
      dialled: row.dialled,
      sipUser: row.sip_user,
      surface: row.surface,
      site: row.site,
      state: row.state,
      reason: row.reason_code,
      status: row.status,
      talkSeconds: row.billing_seconds,
      disposition: row.status === null ? null : dispositionOf(row.status, false),
      recorded: row.recording !== null,
      callId: row.call_id,
    })),
    next: last && rows.length > limit ? `${last.created_at}.${last.device_id}.${last.key}` : null,
  };
}

/** Start of a time range that ends at `end` and holds `calls` calls, plus any others of its first millisecond. */
async function startOfBite(store: Store, from: number, end: number, calls: number): Promise<number> {
  const first = await store
    .selectFrom('calls')
    .select('created_at')
    .where('created_at', '>=', from)
    .where('created_at', '<', end)
    .orderBy('created_at', 'desc')
    .limit(1)
    .offset(calls - 1)
    .executeTakeFirst();
  return first?.created_at ?? from;
}

function readBite(store: Store, { from, to, agent, number, limit }: PlacedFilter, cursor: Cursor | undefined) {
  return store
    .selectFrom('calls as c')
    .innerJoin('agents as a', 'a.id', 'c.agent_id')
    .innerJoin('devices as d', 'd.id', 'c.device_id')
    .leftJoin('history as h', 'h.id', 'c.history_id')
    .select([
      'c.key',
      'c.created_at',
      'c.device_id',
      'c.number',
      'c.dialled',
      'c.surface',
      'c.site',
      'c.state',
      'c.reason_code',
      'c.sip_user',
    ])
    .select(['a.id as agent_id', 'a.name as agent_name', 'd.name as device_name'])
    .select(['h.id as call_id', 'h.status', 'h.billing_seconds', 'h.recording'])
    .where('c.created_at', '>=', from)
    .where('c.created_at', '<', to)
    .$if(agent !== undefined, (qb) => qb.where('c.agent_id', '=', agent ?? ''))
    .$if(number !== undefined, (qb) => qb.where('c.number', '=', number ?? ''))
    .$if(cursor !== undefined, (qb) =>
      qb.where(sql<boolean>`(c.created_at, c.device_id, c.key) < (${cursor?.at}, ${cursor?.device}, ${cursor?.key})`),
    )
    .orderBy('c.created_at', 'desc')
    .orderBy('c.device_id', 'desc')
    .orderBy('c.key', 'desc')
    .limit(limit)
    .execute();
}

interface Cursor {
  at: number;
  device: string;
  key: string;
}

function readCursor(text: string): Cursor {
  const [, at, device, key] = /^(\d{1,15})\.([0-9a-f-]{36})\.([0-9a-f-]{1,36})$/i.exec(text) ?? [];
  if (at && device && key) return { at: Number(at), device, key };
  throw new BadRequest('The cursor is none that the relay gave.');
}

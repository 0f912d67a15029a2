import { sql } from 'kysely';
import type { PlacedPage } from '../contract.ts';
import type { Store } from '../store/open-store.ts';

export interface PlacedFilter {
  from: number;
  to: number;
  agent?: string | undefined;
  /** E.164 or service digits. */
  number?: string | undefined;
  /** Where the page before ended. */
  cursor?: string | undefined;
  limit: number;
}

/** Clicked calls, newest first, each with what the history knows of it; null when the cursor is none. */
export async function readPlacedCalls(store: Store, filter: PlacedFilter): Promise<PlacedPage | null> {
  const { from, to, agent, number, cursor: text, limit } = filter;
  const cursor = text === undefined ? undefined : readCursor(text);
  if (cursor === null) return null;
  const rows = await store
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
    .select(['a.id as agent_id', 'a.name as agent_name', 'd.name as device_name', 'h.status', 'h.billing_seconds'])
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
    .limit(limit + 1)
    .execute();
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
    })),
    next: last && rows.length > limit ? `${last.created_at}.${last.device_id}.${last.key}` : null,
  };
}

function readCursor(text: string): { at: number; device: string; key: string } | null {
  const [, at, device, key] = /^(\d{1,15})\.([0-9a-f-]{36})\.([0-9a-f-]{1,36})$/i.exec(text) ?? [];
  return at && device && key ? { at: Number(at), device, key } : null;
}

/** The calls as rows of a table, its names first; times in ISO 8601. */
export function placedTable({ calls }: PlacedPage): string[][] {
  return [
    ['at', 'agent', 'browser', 'number', 'dialled', 'where', 'site', 'state', 'reason', 'status', 'talk_seconds', 'sip_user'],
    ...calls.map((call) => [
      new Date(call.at).toISOString(),
      call.agent.name,
      call.device,
      call.number,
      call.dialled ?? '',
      call.surface,
      call.site ?? '',
      call.state,
      call.reason ?? '',
      call.status ?? '',
      call.talkSeconds === null ? '' : String(call.talkSeconds),
      call.sipUser ?? '',
    ]),
  ];
}

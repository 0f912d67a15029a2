import { type Expression, type Selectable, type SqlBool, sql } from 'kysely';
import type * as v from 'valibot';
import { callOf } from '../calls/call-answer.ts';
import type { Call, HistoryCall, HistoryPage, HistoryQuerySchema } from '../contract.ts';
import type { Deps } from '../deps.ts';
import type { Store } from '../store/open-store.ts';
import type { HistoryPartiesTable } from '../store/tables.ts';
import { type Cursor, readCursor, writeCursor } from './cursor.ts';
import { parseProgress, progressName } from './mirror-status.ts';
import { agentPartyKeys } from './party-key.ts';
import { searchPatterns } from './search-patterns.ts';

export type ParsedHistoryQuery = v.InferOutput<typeof HistoryQuerySchema>;

interface PageQuery {
  cursor: Cursor | undefined;
  filters: Omit<ParsedHistoryQuery, 'cursor' | 'limit'>;
  patterns: string[];
  limit: number;
}

const defaultLimit = 30;
const placedForMs = 15 * 60_000;

/** One page of the agent's own calls, newest first. Null when the cursor is none of ours. */
export async function queryHistory(
  { store, config, now }: Pick<Deps, 'store' | 'config' | 'now'>,
  agentId: string,
  query: ParsedHistoryQuery,
): Promise<HistoryPage | null> {
  const { cursor: cursorText, limit = defaultLimit, ...filters } = query;
  const cursor = cursorText === undefined ? undefined : readCursor(cursorText);
  if (cursor === null) return null;

  const isFirst = !cursor && Object.values(filters).every((value) => value === undefined);
  const [agent, placed] = await Promise.all([selectAgent(store, agentId), isFirst ? selectPlaced(store, agentId, now()) : []]);
  const parties = agentPartyKeys({ username: agent.username, sipUser: agent.sip_user }, config.homeRegion);
  const patterns = searchPatterns(filters.q ?? '', config.homeRegion);
  const found = await selectCalls(store, parties, { cursor, filters, patterns, limit: limit + 1 });
  const calls = found.slice(0, limit);
  const last = calls.at(-1);

  return {
    calls,
    placed,
    nextCursor: last && found.length > limit ? writeCursor(last) : null,
    completeTo: parseProgress(agent.progress).completeTo,
  };
}

/** The calls of a page, newest first, each once although the agent may be found in it by user name and by number. */
async function selectCalls(store: Store, parties: readonly string[], page: PageQuery): Promise<HistoryCall[]> {
  if (parties.length === 0) return [];
  // One range of the index a party, each with its own limit: an `in` would sort all calls of the agent.
  const keys = parties.map((party) => sql`select * from ${selectKeys(store, party, page)} as own`);
  const { rows } = await sql<CallColumns>`
    select p.history_id, p.started_at, p.direction, p.disposition, p.status, p.peer_number, p.peer_name, p.recorded,
      p.duration_seconds, p.billing_seconds
    from (
      select max(party) as party, started_at, history_id from (${sql.join(keys, sql` union all `)}) as every
      group by started_at, history_id order by started_at desc, history_id desc limit ${page.limit}
    ) as k
    join history_parties as p on p.party = k.party and p.started_at = k.started_at and p.history_id = k.history_id
    order by p.started_at desc, p.history_id desc
  `.execute(store);
  return rows.map(toHistoryCall);
}

/** The calls of a page, read from the index alone. */
function selectKeys(store: Store, party: string, { cursor, filters, patterns, limit }: PageQuery) {
  const { direction, disposition, recorded, from, to } = filters;
  return store
    .selectFrom('history_parties')
    .select(['party', 'started_at', 'history_id'])
    .where('party', '=', party)
    .$if(cursor !== undefined, (qb) => qb.where(sql<SqlBool>`(started_at, history_id) < (${cursor?.startedAt}, ${cursor?.id})`))
    .$if(direction !== undefined, (qb) => qb.where('direction', '=', direction ?? 'outbound'))
    .$if(disposition !== undefined, (qb) => qb.where('disposition', '=', disposition ?? 'other'))
    .$if(recorded !== undefined, (qb) => qb.where('recorded', '=', recorded === 'true' ? 1 : 0))
    .$if(from !== undefined, (qb) => qb.where('started_at', '>=', from ?? 0))
    .$if(to !== undefined, (qb) => qb.where('started_at', '<', to ?? 0))
    .$if(patterns.length > 0, (qb) => qb.where((eb) => eb.or(patterns.map(matches))))
    .orderBy('started_at', 'desc')
    .orderBy('history_id', 'desc')
    .limit(limit);
}

function matches(pattern: string): Expression<SqlBool> {
  return sql<SqlBool>`search like ${pattern} escape '\\'`;
}

type CallColumns = Omit<Selectable<HistoryPartiesTable>, 'party' | 'search'>;

function toHistoryCall(row: CallColumns): HistoryCall {
  return {
    id: row.history_id,
    startedAt: row.started_at,
    direction: row.direction,
    disposition: row.disposition,
    status: row.status,
    peer: { number: row.peer_number, name: row.peer_name },
    durationSeconds: row.duration_seconds,
    talkSeconds: row.billing_seconds,
    hasRecording: row.recorded === 1,
  };
}

/** Who the agent is in the histories, and how far these are read. */
function selectAgent(store: Store, agentId: string) {
  return store
    .selectFrom('agents')
    .leftJoin('state', (join) => join.on('state.name', '=', progressName))
    .select(['username', 'sip_user', 'state.value as progress'])
    .where('id', '=', agentId)
    .executeTakeFirstOrThrow();
}

/** What the agent placed lately and the mirror has not seen yet, newest first. */
async function selectPlaced(store: Store, agentId: string, now: number): Promise<Call[]> {
  const rows = await store
    .selectFrom('calls')
    .selectAll()
    .where('agent_id', '=', agentId)
    .where('created_at', '>=', now - placedForMs)
    .where('history_id', 'is', null)
    .where('state', 'not in', ['refused', 'folded'])
    .orderBy('created_at', 'desc')
    .limit(50)
    .execute();
  return rows.map((row) => callOf(row));
}

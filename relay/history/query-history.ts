import { type Expression, type RawBuilder, type SqlBool, sql } from 'kysely';
import type { HistoryCall, HistoryPage } from '../contract.ts';
import type { StoreDeps } from '../deps.ts';
import type { Store } from '../store/open-store.ts';
import { prepare } from '../store/prepare.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { findAgentParties } from './find-agent-parties.ts';
import { foldText } from './fold-text.ts';
import { type CallColumns, callColumns, callOfRow } from './history-call.ts';
import type { OwnParties, OwnRange } from './own-rows.ts';
import type { PageQuery, ParsedHistoryQuery } from './page-query.ts';
import { likePattern, matches, searchPatterns } from './search-patterns.ts';
import { selectPlaced, selectUnlisted } from './unlisted-calls.ts';

const defaultLimit = 30;

/** One page of the agent's own calls, newest first. Null when the cursor is not one of this relay. */
export async function queryHistory(
  { store, config, now }: StoreDeps,
  agentId: string,
  query: ParsedHistoryQuery,
): Promise<HistoryPage | null> {
  const { cursor: cursorText, limit = defaultLimit, ...filters } = query;
  const cursor = cursorText === undefined ? undefined : readCursor(cursorText);
  if (cursor === null) return null;

  const text = foldText(filters.q ?? '');
  const asked = {
    agentId,
    filters,
    patterns: searchPatterns(text, config.homeRegion),
    notePattern: text === '' ? null : likePattern(text),
  };
  const [{ completeTo, ...own }, placed] = await Promise.all([
    findAgentParties({ store, config }, agentId),
    cursor ? [] : selectPlaced(store, asked, now()),
  ]);
  const isFirst = !cursor && Object.values(filters).every((value) => value === undefined);
  const found = isFirst
    ? await selectFirst(store, own, agentId, limit + 1)
    : await selectAsked(store, own, { ...asked, cursor, limit: limit + 1 }, now());
  const calls = found.slice(0, limit);
  const last = calls.at(-1);

  return {
    calls,
    placed,
    nextCursor: last && found.length > limit ? writeCursor(last) : null,
    completeTo,
  };
}

/** Merges in the noted calls that the history does not contain. */
async function selectAsked(store: Store, own: OwnParties, page: PageQuery, now: number): Promise<HistoryCall[]> {
  const [listed, unlisted] = await Promise.all([selectCalls(store, own, page), selectUnlisted(store, page, now)]);
  if (unlisted.length === 0) return listed;
  return [...listed, ...unlisted].sort((a, b) => b.startedAt - a.startedAt || (a.id < b.id ? 1 : -1));
}

async function selectCalls(store: Store, own: OwnParties, page: PageQuery): Promise<HistoryCall[]> {
  if (own.parties.length === 0) return [];
  const { rows } = await callsOf(store, rangesOf(own), page).execute(store);
  return rows.map(callOfRow);
}

/** One statement per number of ranges. An agent has one range for its user name, one per device and one per earlier holding. */
const firstPages = new Map<number, ReturnType<typeof prepareFirst>>();

/** The unfiltered first page: the query of every view that opens and of every poll. */
async function selectFirst(store: Store, own: OwnParties, agentId: string, limit: number): Promise<HistoryCall[]> {
  const ranges = rangesOf(own);
  if (ranges.length === 0) return [];
  const select = firstPages.get(ranges.length) ?? prepareFirst();
  firstPages.set(ranges.length, select);
  const { rows } = await select(store, [agentId, limit, ...ranges.flat()]);
  return rows.map(callOfRow);
}

function prepareFirst() {
  return prepare((store, [agentId, limit, ...flat]: [string, number, ...(string | number)[]]) => ({
    compile: () =>
      callsOf(store, triples(flat), { agentId, cursor: undefined, filters: {}, patterns: [], notePattern: null, limit }).compile(
        store,
      ),
  }));
}

function rangesOf({ parties, since, earlier }: OwnParties): OwnRange[] {
  return [...parties.map((party): OwnRange => [party, since[party] ?? 0, Number.MAX_SAFE_INTEGER]), ...earlier];
}

function triples(flat: readonly (string | number)[]): OwnRange[] {
  return flat.flatMap((party, at) => (at % 3 === 0 ? [[party, flat[at + 1], flat[at + 2]] as OwnRange] : []));
}

/** The calls of a page, newest first, each once even if the agent appears by both user name and number. */
function callsOf(store: Store, ranges: readonly OwnRange[], page: PageQuery): RawBuilder<CallColumns> {
  // One index range per party, each with its own limit: an `in` would sort all calls of the agent.
  const keys = ranges.map((range) => sql`select * from ${selectKeys(store, range, page)} as own`);
  return sql<CallColumns>`
    select ${callColumns} from (
      select max(party) as party, started_at, history_id from (${sql.join(keys, sql` union all `)}) as every
      group by started_at, history_id order by started_at desc, history_id desc limit ${page.limit}
    ) as k
    join history_parties as p on p.party = k.party and p.started_at = k.started_at and p.history_id = k.history_id
    left join notes as n on n.agent_id = ${page.agentId} and n.subject = k.history_id
    order by p.started_at desc, p.history_id desc
  `;
}

/** The keys of a page's calls, read from the index alone. */
function selectKeys(
  store: Store,
  [party, since, until]: OwnRange,
  { agentId, cursor, filters, patterns, notePattern, limit }: PageQuery,
) {
  const { direction, disposition, recorded, from, to, outcome, number } = filters;
  const isNoted = (condition: Expression<SqlBool>) =>
    sql<SqlBool>`history_id in (select subject from notes where agent_id = ${agentId} and ${condition})`;
  return store
    .selectFrom('history_parties')
    .select(['party', 'started_at', 'history_id'])
    .where('party', '=', party)
    .where('started_at', '>=', since)
    .where('started_at', '<', until)
    .$if(cursor !== undefined, (qb) => qb.where(sql<SqlBool>`(started_at, history_id) < (${cursor?.startedAt}, ${cursor?.id})`))
    .$if(direction !== undefined, (qb) => qb.where('direction', '=', direction ?? 'outbound'))
    .$if(disposition !== undefined, (qb) => qb.where('disposition', '=', disposition ?? 'other'))
    .$if(recorded !== undefined, (qb) => qb.where('recorded', '=', recorded === 'true' ? 1 : 0))
    .$if(from !== undefined, (qb) => qb.where('started_at', '>=', from ?? 0))
    .$if(to !== undefined, (qb) => qb.where('started_at', '<', to ?? 0))
    .$if(number !== undefined, (qb) => qb.where('peer_number', '=', number ?? ''))
    .$if(outcome !== undefined, (qb) =>
      qb.where(outcome === 'none' ? hasNoOutcome(agentId) : isNoted(sql<SqlBool>`outcome = ${outcome}`)),
    )
    .$if(notePattern !== null, (qb) => {
      const found = isNoted(matches('search', notePattern ?? ''));
      return qb.where((eb) => eb.or([...patterns.map((pattern) => matches('search', pattern)), found]));
    })
    .orderBy('started_at', 'desc')
    .orderBy('history_id', 'desc')
    .limit(limit);
}

/** By the note of each call: for `not in`, every page would read all notes of the agent. */
function hasNoOutcome(agentId: string): RawBuilder<SqlBool> {
  return sql<SqlBool>`not exists (
    select 1 from notes where agent_id = ${agentId} and subject = history_id and outcome is not null
  )`;
}

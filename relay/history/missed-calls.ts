import { type Expression, type RawBuilder, type SqlBool, sql } from 'kysely';
import * as v from 'valibot';
import { DialableSchema, type Missed, type MissedQuerySchema, type Outcome } from '../contract.ts';
import type { Deps, StoreDeps } from '../deps.ts';
import { askedLater, eachCall } from './asked-later.ts';
import { findAgentParties } from './find-agent-parties.ts';
import { foldText } from './fold-text.ts';
import { type CallColumns, callColumns, callOfRow, hasOutcome } from './history-call.ts';
import { earlierMs, laterMs } from './link-calls.ts';
import { dayMs, longestTalkMs, type Span } from './mirror-status.ts';
import { type OwnParties, ownRows } from './own-rows.ts';
import { likePattern, matches, searchPatterns } from './search-patterns.ts';

/** Looked back without a wish: a missed call is old after a week, a promise is not. */
const usualDays = 7;
const mostDays = 31;
const mostNumbers = 100;
type MissedRow = CallColumns & { times: number | string; is_barred: number };

/** Note outcomes that say that a number need not be called back. */
const settledOutcomes: Outcome[] = ['reached', 'wrong_number', 'not_interested', 'do_not_call', 'done'];

/**
 * The numbers that called the agent in vain since `from` and that were neither called back nor spoken to afterwards, newest
 * first. A call back counts whether or not it was answered, unless the switch could not place it; so does a call placed
 * through Dialside that the mirror may not have seen yet; one that the histories should list by now and do not reached nobody,
 * such as when the agent did not lift its own phone. Left out are numbers that the agent noted as settled on the last missed call
 * or one after it. Callers who cannot be called back are listed apart, to be told of alone. Numbers that the agent noted to be called
 * later wait beside them, see asked-later.ts.
 */
export async function findMissed(
  deps: StoreDeps,
  agentId: string,
  query: v.InferOutput<typeof MissedQuerySchema> = {},
): Promise<Missed> {
  const now = deps.now();
  const longest = now - mostDays * dayMs;
  const from = Math.max(query.from ?? now - usualDays * dayMs, longest);
  const laterFrom = Math.max(query.from ?? longest, longest);
  const own = await findAgentParties(deps, agentId);
  const rows = own.parties.length > 0 ? await selectMissed(deps, agentId, own, { ...query, from, laterFrom }) : [];
  const { waiting = [], others = [] } = Object.groupBy(rows, (row) =>
    canBeCalled(row) ? 'waiting' : Number(row.times) > 0 ? 'others' : 'never',
  );
  const calls = waiting.slice(0, mostNumbers).map((row) => ({ call: callOfRow(row), times: Number(row.times) }));
  // Holes further back do not matter here, so `readTo` is reported.
  return { from, count: waiting.length, calls, others: others.slice(0, mostNumbers).map(callOfRow), completeTo: own.readTo };
}

/** Not a withheld number, a colleague, or a number on the do-not-call list. */
function canBeCalled({ direction, peer_number, is_barred }: MissedRow): boolean {
  return direction !== 'internal' && is_barred === 0 && v.is(DialableSchema, peer_number);
}

/**
 * One row per number: its last missed call, and how often it called in vain since the last contact; or the call on which it was noted to
 * be called later.
 */
async function selectMissed(
  { store, config }: Pick<Deps, 'store' | 'config'>,
  agentId: string,
  own: OwnParties & { readTo: number | null; holes: Span[] },
  { from, laterFrom, to, q, outcome }: v.InferOutput<typeof MissedQuerySchema> & { from: number; laterFrom: number },
) {
  const listedTo = own.readTo === null ? 0 : own.readTo - longestTalkMs;
  const inHoles = own.holes.map(
    ({ from: start, to: end }) => sql` or (created_at >= ${start - laterMs} and created_at < ${end + earlierMs})`,
  );
  const isUnread = sql`(created_at > ${listedTo}${sql.join(inHoles, sql``)})`;
  const text = foldText(q ?? '');
  const found = [
    ...searchPatterns(text, config.homeRegion).map((pattern) => matches('p.search', pattern)),
    ...(text === '' ? [] : [matches('n.search', likePattern(text)), isAsked(matches('noted', likePattern(text)))]),
  ];
  // Applied to the waiting numbers only: a contact counts whether or not it matches the search.
  const wanted = [
    sql`p.started_at < ${to ?? Number.MAX_SAFE_INTEGER}`,
    ...(outcome === undefined ? [] : [sql`(${hasOutcome(outcome)}${outcome === 'call_later' ? sql` or ${isAsked()}` : sql``})`]),
    ...(found.length === 0 ? [] : [sql`(${sql.join(found, sql` or `)})`]),
  ];
  const { rows } = await sql<MissedRow>`
    with own as (
      select ${eachCall} from history_parties where ${ownRows(own)} and started_at >= ${from} group by history_id, started_at
    ), seen as (
      select own.*, case when direction <> 'outbound' and disposition = 'missed' then 1 else 0 end as was_missed,
        case when disposition = 'answered' then started_at
          -- UNSUCCESS does not say that nothing rang.
          when direction = 'outbound' and (disposition <> 'failed' or upper(trim(status)) = 'UNSUCCESS') then started_at
        end as contact_at
      from own
      union all
      select null, created_at, null, null, null, number, null, null, null, null, null, 0, created_at from calls
      where agent_id = ${agentId} and created_at >= ${from} and state in ('accepted', 'dispatching')
        -- What became of one that is above is said there.
        and ((history_id is null and ${isUnread}) or history_id not in (select history_id from own))
    ), marked as (
      -- One pass without a join back to these rows: PostgreSQL guesses far too few of them and takes a second.
      select seen.*, max(contact_at) over (partition by peer_number) as last_contact from seen
    ), missed as (
      select marked.*, count(*) over (partition by peer_number) as times,
        row_number() over (partition by peer_number order by started_at desc, history_id desc) as place
      from marked where was_missed = 1 and (last_contact is null or last_contact <= started_at)
    ), unanswered as materialized (
      select history_id, started_at, direction, disposition, status, peer_number, peer_name, recorded, duration_seconds,
        billing_seconds, search, times
      from missed where place = 1 and not exists (
        select 1 from notes as s where s.agent_id = ${agentId} and s.number = peer_number and s.called_at >= started_at
          and s.outcome in (${sql.join(settledOutcomes)})
      )
    ), ${askedLater({ agentId, own, from: laterFrom, isUnread })}, waiting as (
      select * from unanswered
      union all
      select later.*, 0 from later where peer_number not in (select peer_number from unanswered)
    )
    select ${callColumns}, p.times,
      case when exists (select 1 from do_not_call as d where d.number = p.peer_number) then 1 else 0 end as is_barred
    from waiting as p
    left join notes as n on n.agent_id = ${agentId} and n.subject = p.history_id
    where ${sql.join(wanted, sql` and `)} order by p.started_at desc, p.history_id desc
  `.execute(store);
  return rows;
}

/** Whether the number asked to be called later, in a note that meets a condition: since then it may have called in vain. */
function isAsked(condition: Expression<SqlBool> = sql`1 = 1`): RawBuilder<SqlBool> {
  return sql`p.peer_number in (select number from asked where ${condition})`;
}

import { type Expression, type RawBuilder, type SqlBool, sql } from 'kysely';
import { callOf } from '../calls/call-answer.ts';
import type { Disposition, HistoryCall, PlacedCall } from '../contract.ts';
import { noteOf } from '../notes/note-of.ts';
import type { Store } from '../store/open-store.ts';
import { prepare } from '../store/prepare.ts';
import type { CallsTable } from '../store/tables.ts';
import { hasOutcome } from './history-call.ts';
import { longestTalkMs } from './mirror-status.ts';
import type { PageQuery } from './page-query.ts';
import { matches } from './search-patterns.ts';

type State = CallsTable['state'];
type Asked = Pick<PageQuery, 'agentId' | 'filters' | 'patterns' | 'notePattern'>;

/** The disposition under which a call missing from the history is listed. */
const statesOf: Partial<Record<Disposition, State[]>> = {
  failed: ['rejected', 'not_sent', 'refused'],
  other: ['accepted', 'unknown', 'dispatching'],
};

const placedForMs = 15 * 60_000;

/** When calls were placed lately: after `since`; and after `longSince` if they may still be going on. */
interface Lately {
  since: number;
  longSince: number;
}
const latelyOf = (now: number): Lately => ({ since: now - placedForMs, longSince: now - longestTalkMs });

/**
 * Whether a call `c` was placed lately. Calls older than `since` count only if they may still be a long talk: accepted, with no
 * other call of the agent soon after.
 */
function wasPlacedLately({ since, longSince }: Lately): RawBuilder<SqlBool> {
  return sql<SqlBool>`(c.created_at >= ${longSince} and c.state not in ('refused', 'folded') and (c.created_at >= ${since} or (
    c.state = 'accepted' and not exists (
      select 1 from calls as later where later.agent_id = c.agent_id and later.created_at > c.created_at
        and later.created_at < c.created_at + ${sql.lit(placedForMs)} and later.state not in ('refused', 'folded')
    )
  )))`;
}

/** Conditions for a call `c`, which the history does not contain, and its note `n` to match the filters; null when none can. */
function conditionsOf({ filters, patterns, notePattern }: Asked): Expression<SqlBool>[] | null {
  const { direction, disposition, recorded, from, to, outcome, number } = filters;
  const states = disposition === undefined ? null : (statesOf[disposition] ?? []);
  if (states?.length === 0 || recorded === 'true' || (direction ?? 'outbound') !== 'outbound') return null;
  const texts = patterns.flatMap((pattern) => [matches('c.number', pattern), matches('c.dialled', pattern)]);
  return [
    ...(states ? [sql<SqlBool>`c.state in (${sql.join(states)})`] : []),
    ...(from === undefined ? [] : [sql<SqlBool>`c.created_at >= ${from}`]),
    ...(to === undefined ? [] : [sql<SqlBool>`c.created_at < ${to}`]),
    ...(number === undefined ? [] : [sql<SqlBool>`c.number = ${number}`]),
    ...(outcome === undefined ? [] : [hasOutcome(outcome)]),
    ...(notePattern === null ? [] : [sql<SqlBool>`(${sql.join([...texts, matches('n.search', notePattern)], sql` or `)})`]),
  ];
}

/** Calls that the agent placed lately, that the mirror has not seen yet and that match the filters, newest first. */
export async function selectPlaced(store: Store, asked: Asked, now: number): Promise<PlacedCall[]> {
  const conditions = conditionsOf(asked);
  if (!conditions) return [];
  const values = { agentId: asked.agentId, ...latelyOf(now) };
  const rows =
    conditions.length > 0 ? await placedCalls(store, values, conditions).execute() : (await findPlaced(store, values)).rows;
  return rows.map((row) => ({ ...callOf(row), note: noteOf(row) }));
}

function placedCalls(store: Store, { agentId, ...lately }: Lately & { agentId: string }, conditions: Expression<SqlBool>[]) {
  return store
    .selectFrom('calls as c')
    .leftJoin('notes as n', (join) => join.onRef('n.agent_id', '=', 'c.agent_id').onRef('n.subject', '=', 'c.key'))
    .selectAll('c')
    .select(['n.text', 'n.outcome', 'n.version', 'n.updated_at'])
    .where('c.agent_id', '=', agentId)
    .where('c.history_id', 'is', null)
    .where(({ and }) => and([wasPlacedLately(lately), ...conditions]))
    .orderBy('c.created_at', 'desc')
    .limit(50);
}

/** Of every view that opens and of every poll. */
const findPlaced = prepare((store, values: Lately & { agentId: string }) => placedCalls(store, values, []));

/**
 * Earlier calls placed through Dialside that the agent noted but that the history does not contain: a call to an offline device
 * leaves no trace there. Found only by a text or an outcome of their note, with their key as id; newest first.
 */
export async function selectUnlisted(store: Store, page: PageQuery, now: number): Promise<HistoryCall[]> {
  const { agentId, cursor, filters, notePattern, limit } = page;
  const conditions = filters.outcome === undefined && notePattern === null ? null : conditionsOf(page);
  if (!conditions) return [];
  const rows = await store
    .selectFrom('notes as n')
    .innerJoin('calls as c', (join) => join.onRef('c.agent_id', '=', 'n.agent_id').onRef('c.key', '=', 'n.subject'))
    .select(['c.key', 'c.created_at', 'c.number', 'c.state', 'n.text', 'n.outcome', 'n.version', 'n.updated_at'])
    .where('n.agent_id', '=', agentId)
    // Only keys contain a hyphen: the other notes belong to calls of the history.
    .where('n.subject', 'like', '%-%')
    .where('c.history_id', 'is', null)
    .where('c.state', '!=', 'folded')
    .where(({ eb, or }) => or([eb('n.text', '!=', ''), eb('n.outcome', 'is not', null)]))
    .where(({ and, not }) => and([not(wasPlacedLately(latelyOf(now))), ...conditions]))
    .$if(cursor !== undefined, (qb) => qb.where(sql<SqlBool>`(c.created_at, c.key) < (${cursor?.startedAt}, ${cursor?.id})`))
    .orderBy('c.created_at', 'desc')
    .orderBy('c.key', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    id: row.key,
    startedAt: row.created_at,
    direction: 'outbound',
    disposition: statesOf.failed?.includes(row.state) ? 'failed' : 'other',
    status: '',
    peer: { number: row.number, name: null },
    durationSeconds: 0,
    talkSeconds: 0,
    hasRecording: false,
    note: noteOf(row),
  }));
}

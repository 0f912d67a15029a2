import { type SqlBool, sql } from 'kysely';
import type { Disposition, HistoryCall } from '../contract.ts';
import { noteOf } from '../notes/note-of.ts';
import type { Store } from '../store/open-store.ts';
import type { CallsTable } from '../store/tables.ts';
import { matches, type PageQuery } from './page-query.ts';

type State = CallsTable['state'];

/** The disposition under which a call missing from the history is listed. */
const statesOf: Partial<Record<Disposition, State[]>> = {
  failed: ['rejected', 'not_sent', 'refused'],
  other: ['accepted', 'unknown', 'dispatching'],
};

/**
 * Calls placed through Dialside that the agent noted but that the history does not contain, or not yet: a call to an offline
 * device leaves no trace there. Found only by a text or an outcome of their note, with their key as id; newest first.
 */
export async function selectUnlisted(store: Store, page: PageQuery): Promise<HistoryCall[]> {
  const { agentId, cursor, filters, patterns, notePattern, limit } = page;
  const { direction, disposition, recorded, from, to, outcome, number } = filters;
  if (outcome === undefined && notePattern === null) return [];
  const states = disposition === undefined ? Object.values(statesOf).flat() : (statesOf[disposition] ?? []);
  if (states.length === 0 || recorded === 'true' || (direction ?? 'outbound') !== 'outbound') return [];
  const rows = await store
    .selectFrom('notes as n')
    .innerJoin('calls as c', (join) => join.onRef('c.agent_id', '=', 'n.agent_id').onRef('c.key', '=', 'n.subject'))
    .select(['c.key', 'c.created_at', 'c.number', 'c.state', 'n.text', 'n.outcome', 'n.version', 'n.updated_at'])
    .where('n.agent_id', '=', agentId)
    // Only keys contain a hyphen: the other notes belong to calls of the history.
    .where('n.subject', 'like', '%-%')
    .where('c.history_id', 'is', null)
    .where('c.state', 'in', states)
    .where(({ eb, or }) => or([eb('n.text', '!=', ''), eb('n.outcome', 'is not', null)]))
    .$if(cursor !== undefined, (qb) => qb.where(sql<SqlBool>`(c.created_at, c.key) < (${cursor?.startedAt}, ${cursor?.id})`))
    .$if(from !== undefined, (qb) => qb.where('c.created_at', '>=', from ?? 0))
    .$if(to !== undefined, (qb) => qb.where('c.created_at', '<', to ?? 0))
    .$if(number !== undefined, (qb) => qb.where('c.number', '=', number ?? ''))
    .$if(outcome !== undefined, (qb) => qb.where('n.outcome', '=', outcome ?? null))
    .$if(notePattern !== null, (qb) => {
      const numbers = patterns.flatMap((pattern) => [matches('c.number', pattern), matches('c.dialled', pattern)]);
      return qb.where((eb) => eb.or([...numbers, matches('n.search', notePattern ?? '')]));
    })
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

import type { Deps } from '../deps.ts';
import { findAgentParties } from '../history/find-agent-parties.ts';
import { ownRows } from '../history/own-rows.ts';
import type { Store } from '../store/open-store.ts';

/** The call that a note belongs to, as known at this time. */
interface NotedCall {
  /** Its id in the history once known, its key until then. */
  subject: string;
  number: string;
  calledAt: number;
}

/** Finds the agent's own call by its id or key; null if there is none or it belongs to another agent. */
export async function findSubject(
  deps: Pick<Deps, 'store' | 'config'>,
  agentId: string,
  subject: string,
): Promise<NotedCall | null> {
  return subject.includes('-') ? findPlaced(deps, agentId, subject) : findMirrored(deps, agentId, subject);
}

/** Locks a placed call until the transaction ends, so that the mirror cannot link it while its note is written. */
export async function lockPlaced(store: Store, agentId: string, key: string): Promise<void> {
  await store
    .updateTable('calls')
    .set(({ ref }) => ({ history_id: ref('history_id') }))
    .where('agent_id', '=', agentId)
    .where(({ or, eb, selectFrom }) =>
      or([
        eb('key', '=', key),
        eb('key', 'in', selectFrom('calls as c').select('c.same_as').where('c.agent_id', '=', agentId).where('c.key', '=', key)),
      ]),
    )
    .execute();
}

async function findPlaced({ store }: Pick<Deps, 'store'>, agentId: string, key: string): Promise<NotedCall | null> {
  const own = (wanted: string) =>
    store
      .selectFrom('calls')
      .select(['key', 'number', 'created_at', 'history_id', 'same_as'])
      .where('agent_id', '=', agentId)
      .where('key', '=', wanted)
      .executeTakeFirst();
  const row = await own(key);
  // A click folded into an earlier call stands for that call.
  const call = row?.same_as ? await own(row.same_as) : row;
  return call ? { subject: call.history_id ?? call.key, number: call.number, calledAt: call.created_at } : null;
}

async function findMirrored(deps: Pick<Deps, 'store' | 'config'>, agentId: string, id: string): Promise<NotedCall | null> {
  const own = await findAgentParties(deps, agentId);
  if (own.parties.length === 0) return null;
  const row = await deps.store
    .selectFrom('history')
    .innerJoin('history_parties', (join) =>
      join
        .onRef('history_parties.started_at', '=', 'history.started_at')
        .onRef('history_parties.history_id', '=', 'history.id')
        .on(ownRows(own)),
    )
    .select(['history_parties.peer_number', 'history_parties.started_at'])
    .where('history.id', '=', id)
    .executeTakeFirst();
  return row ? { subject: id, number: row.peer_number, calledAt: row.started_at } : null;
}

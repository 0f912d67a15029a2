import { type Insertable, type Selectable, sql } from 'kysely';
import type { Store } from '../store/open-store.ts';
import type { HistoryTable } from '../store/tables.ts';
import type { MirroredCall } from './mirrored-call.ts';

/** Calls a transaction. Larger ones would hold up calls that wait to be recorded. */
const batch = 20;

/**
 * Writes what is new or changed and nothing else, so that sweeps may overlap as much as they like. A later copy fills in
 * status, durations and recording; a recording once known is not forgotten. Gives how many calls were written.
 */
export async function writeCalls(store: Store, calls: readonly MirroredCall[]): Promise<number> {
  const unique = [...new Map(calls.map((call) => [call.call.id, call])).values()];
  let written = 0;
  for (let start = 0; start < unique.length; start += batch)
    written += await writeBatch(store, unique.slice(start, start + batch));
  return written;
}

async function writeBatch(store: Store, calls: MirroredCall[]): Promise<number> {
  const ids = calls.map(({ call }) => call.id);
  const known = await store.selectFrom('history').selectAll().where('id', 'in', ids).execute();
  const knownById = new Map(known.map((row) => [row.id, row]));
  const changed = calls.filter(({ call }) => isNews(call, knownById.get(call.id)));
  if (changed.length === 0) return 0;
  const parties = changed.flatMap((call) => call.parties);
  await store.transaction().execute(async (transaction) => {
    await transaction
      .insertInto('history')
      .values(changed.map(({ call }) => call))
      .onConflict((c) =>
        c.column('id').doUpdateSet(({ ref, fn }) => ({
          status: ref('excluded.status'),
          duration_seconds: ref('excluded.duration_seconds'),
          billing_seconds: ref('excluded.billing_seconds'),
          recording: fn.coalesce('excluded.recording', 'history.recording'),
          caller_username: fn.coalesce('excluded.caller_username', 'history.caller_username'),
          callee_username: fn.coalesce('excluded.callee_username', 'history.callee_username'),
          updated_at: ref('excluded.updated_at'),
        })),
      )
      .execute();
    if (parties.length === 0) return;
    await transaction
      .insertInto('history_parties')
      .values(parties)
      .onConflict((c) =>
        c.columns(['party', 'started_at', 'history_id']).doUpdateSet(({ ref, fn }) => ({
          disposition: ref('excluded.disposition'),
          status: ref('excluded.status'),
          duration_seconds: ref('excluded.duration_seconds'),
          billing_seconds: ref('excluded.billing_seconds'),
          recorded: sql<0 | 1>`case when history_parties.recorded = 1 then 1 else excluded.recorded end`,
          peer_name: fn.coalesce('excluded.peer_name', 'history_parties.peer_name'),
          // The name that stays is searched for too.
          search: sql<string>`case when excluded.peer_name is null and history_parties.peer_name is not null
            then history_parties.search else excluded.search end`,
        })),
      )
      .execute();
  });
  return changed.length;
}

const changeable = ['status', 'duration_seconds', 'billing_seconds', 'recording', 'caller_username', 'callee_username'] as const;

function isNews(call: Insertable<HistoryTable>, known: Selectable<HistoryTable> | undefined): boolean {
  return !known || changeable.some((field) => call[field] !== null && call[field] !== known[field]);
}

import { type Insertable, type Selectable, sql } from 'kysely';
import type { Store } from '../store/open-store.ts';
import type { HistoryPartiesTable, HistoryTable } from '../store/tables.ts';
import type { MirroredCall } from './mirrored-call.ts';

/** Calls per transaction. Larger transactions would delay calls that wait to be recorded. */
const batch = 20;

/**
 * Writes only what is new or changed, so that sweeps may overlap at will. A later copy fills in status, durations and recording;
 * fields that it lacks keep their value.
 */
export async function writeCalls(store: Store, calls: readonly MirroredCall[]): Promise<void> {
  const byId = new Map<string, MirroredCall>();
  for (const call of calls) {
    const other = byId.get(call.call.id);
    if (!other || !saysLess(call.call, other.call)) byId.set(call.call.id, call);
  }
  const unique = [...byId.values()];
  for (let start = 0; start < unique.length; start += batch) await writeBatch(store, unique.slice(start, start + batch));
}

async function writeBatch(store: Store, calls: MirroredCall[]): Promise<void> {
  const ids = calls.map(({ call }) => call.id);
  const known = await store.selectFrom('history').selectAll().where('id', 'in', ids).execute();
  const knownById = new Map(known.map((row) => [row.id, row]));
  const changed = calls.filter(({ call }) => isNews(call, knownById.get(call.id)));
  if (changed.length === 0) return;
  const parties = changed.flatMap((call) => call.parties);
  await store.transaction().execute(async (transaction) => {
    await transaction
      .insertInto('history')
      .values(changed.map(({ call }) => call))
      .onConflict((c) =>
        c.column('id').doUpdateSet(({ ref, fn }) => ({
          status: fuller('history', 'status'),
          duration_seconds: fuller('history', 'duration_seconds'),
          billing_seconds: fuller('history', 'billing_seconds'),
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
        c.columns(['party', 'started_at', 'history_id']).doUpdateSet(({ fn }) => ({
          disposition: fuller('history_parties', 'disposition'),
          status: fuller('history_parties', 'status'),
          duration_seconds: fuller('history_parties', 'duration_seconds'),
          billing_seconds: fuller('history_parties', 'billing_seconds'),
          recorded: sql<0 | 1>`case when history_parties.recorded = 1 then 1 else excluded.recorded end`,
          peer_name: fn.coalesce('excluded.peer_name', 'history_parties.peer_name'),
          // The search text goes with the name that is kept.
          search: sql<string>`case when excluded.peer_name is null and history_parties.peer_name is not null
            then history_parties.search else excluded.search end`,
        })),
      )
      .execute();
  });
}

type Said = Pick<Selectable<HistoryTable>, 'status' | 'duration_seconds' | 'billing_seconds'>;

/** Whether a copy of a call lacks talk time, duration or status that another has. Of two complete copies the later is right. */
function saysLess(copy: Said, other: Said): boolean {
  if (copy.billing_seconds !== other.billing_seconds) return copy.billing_seconds < other.billing_seconds;
  if (copy.duration_seconds !== other.duration_seconds) return copy.duration_seconds < other.duration_seconds;
  return copy.status === '' && other.status !== '';
}

/** The column from the fuller copy, by the order of saysLess. */
function fuller<Column extends keyof HistoryPartiesTable & string>(table: 'history' | 'history_parties', column: Column) {
  const [theirs, ours] = [(name: string) => sql.ref(`excluded.${name}`), (name: string) => sql.ref(`${table}.${name}`)];
  const said = (of: typeof ours) => sql`(${of('billing_seconds')}, ${of('duration_seconds')}, ${of('status')} <> '')`;
  return sql<
    HistoryPartiesTable[Column]
  >`case when ${said(theirs)} < ${said(ours)} then ${ours(column)} else ${theirs(column)} end`;
}

const said = ['status', 'duration_seconds', 'billing_seconds'] as const;
const fillable = ['recording', 'caller_username', 'callee_username'] as const;

function isNews(call: Insertable<HistoryTable>, known: Selectable<HistoryTable> | undefined): boolean {
  if (!known || fillable.some((field) => call[field] !== null && call[field] !== known[field])) return true;
  return !saysLess(call, known) && said.some((field) => call[field] !== known[field]);
}

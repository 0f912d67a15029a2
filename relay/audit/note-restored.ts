import { type RawBuilder, sql } from 'kysely';
import type { Deps } from '../deps.ts';
import type { Store } from '../store/open-store.ts';
import { recordAudit } from './record-audit.ts';

/**
 * On PostgreSQL nothing but the relay's start can tell of a restore: pg_restore makes the tables anew, with other numbers than the store
 * remembers, and so has a copied database. Two servers that were filled by the same steps count alike, but have numbers of their own.
 * Gives whether the store is a copy, which a move makes too; the log says so then, as `relay restore` makes it do on SQLite.
 * https://www.postgresql.org/docs/current/datatype-oid.html
 */
export async function noteRestored({ store, config, now }: Pick<Deps, 'store' | 'config' | 'now'>): Promise<boolean> {
  if (!('databaseUrl' in config.place)) return false;
  return store.transaction().execute(async (transaction) => {
    const tables = sql<string>`
      (select oid || '.' || 'audit'::regclass::oid from pg_database where datname = current_database())
    `;
    const isMoved = await remember(transaction, 'tables', tables);
    const server = sql<string>`(select system_identifier::text from pg_control_system())`;
    const isElsewhere = (await mayAskForServer(transaction)) && (await remember(transaction, 'database-server', server));
    if (!isMoved && !isElsewhere) return false;
    const entry = { actor: 'relay', action: 'store.restore', subject: 'relay' } as const;
    await recordAudit({ store: transaction, config, now }, entry);
    return true;
  });
}

/** Keeps the value in this row of `state`: whether another was there. The row's lock lets one of several relays see it. */
async function remember(store: Store, name: string, value: RawBuilder<string>): Promise<boolean> {
  await store
    .insertInto('state')
    .values({ name, value })
    .onConflict((c) => c.doNothing())
    .execute();
  const { numUpdatedRows } = await store
    .updateTable('state')
    .set({ value })
    .where('name', '=', name)
    .where('value', '!=', value)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Everybody may, unless whoever runs the server took that away. In a question of its own, since a refusal ends the transaction. */
async function mayAskForServer(store: Store): Promise<boolean> {
  const { rows } = await sql<{ may: boolean | null }>`
    select has_function_privilege(to_regprocedure('pg_control_system()'), 'execute') as may
  `.execute(store);
  return rows[0]?.may === true;
}

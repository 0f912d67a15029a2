import { type RawBuilder, sql } from 'kysely';
import type { StoreDeps } from '../deps.ts';
import type { Store } from '../store/open-store.ts';
import { recordAudit } from './record-audit.ts';

/**
 * Detects a restored or copied PostgreSQL database, which only the relay's start can notice: pg_restore creates tables with other
 * OIDs than the store remembers, and a copied database has another OID. Two servers filled by the same steps may assign equal
 * OIDs, but their system identifiers differ. Returns whether the store is a copy (moving it makes one too) and then writes a line
 * to the audit log, as `relay restore` does on SQLite.
 * https://www.postgresql.org/docs/current/datatype-oid.html
 */
export async function noteRestored({ store, config, now }: StoreDeps): Promise<boolean> {
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

/** Stores the value in this row of `state`; true if it replaced another. The row lock lets only one of several relays do so. */
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

/**
 * Everyone may call the function unless the server's administrator revoked that. Asked by a separate query, because a refused
 * call would abort the transaction.
 */
async function mayAskForServer(store: Store): Promise<boolean> {
  const { rows } = await sql<{ may: boolean | null }>`
    select has_function_privilege(to_regprocedure('pg_control_system()'), 'execute') as may
  `.execute(store);
  return rows[0]?.may === true;
}

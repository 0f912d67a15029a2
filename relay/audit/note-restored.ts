import { sql } from 'kysely';
import type { Deps } from '../deps.ts';
import { recordAudit } from './record-audit.ts';

/** Row of `state` that says which tables it was written among. */
const stateName = 'tables';

/**
 * On PostgreSQL nothing but the relay's start can tell of a restore: pg_restore makes the tables anew, with other numbers than the store
 * remembers, and so has a copied database. Gives whether it was one; the log says so then, as `relay restore` makes it do on SQLite.
 * https://www.postgresql.org/docs/current/datatype-oid.html
 */
export async function noteRestored({ store, config, now }: Pick<Deps, 'store' | 'config' | 'now'>): Promise<boolean> {
  if (!('databaseUrl' in config.place)) return false;
  return store.transaction().execute(async (transaction) => {
    const value = sql<string>`
      (select oid || '.' || 'audit'::regclass::oid from pg_database where datname = current_database())
    `;
    await transaction
      .insertInto('state')
      .values({ name: stateName, value })
      .onConflict((c) => c.doNothing())
      .execute();
    // The row's lock lets one of several relays see it.
    const { numUpdatedRows } = await transaction
      .updateTable('state')
      .set({ value })
      .where('name', '=', stateName)
      .where('value', '!=', value)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return false;
    const entry = { actor: 'relay', action: 'store.restore', subject: 'relay' } as const;
    await recordAudit({ store: transaction, config, now }, entry);
    return true;
  });
}

import { type Kysely, PostgresAdapter, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('calls').addColumn('owner', 'text').execute();
  // Unlogged: a proof matters for a minute and is not worth a disk sync. A crash of the database empties the table, but each
  // relay also remembers the proofs that it accepted itself.
  const unlogged = db.getExecutor().adapter instanceof PostgresAdapter ? sql`unlogged ` : sql``;
  await sql`create ${unlogged}table used_proofs (id text primary key, expires_at bigint not null)`.execute(db);
  await db.schema.createIndex('used_proofs_by_expiry').on('used_proofs').column('expires_at').execute();
}

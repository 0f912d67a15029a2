import { type Kysely, PostgresAdapter, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('calls').addColumn('owner', 'text').execute();
  // Not logged: a proof is worth remembering for a minute, not the wait for a disk. A crash of the database empties it, and a
  // relay knows the proofs that it took itself all the same.
  const unlogged = db.getExecutor().adapter instanceof PostgresAdapter ? sql`unlogged ` : sql``;
  await sql`create ${unlogged}table used_proofs (id text primary key, expires_at bigint not null)`.execute(db);
  await db.schema.createIndex('used_proofs_by_expiry').on('used_proofs').column('expires_at').execute();
}

import type { Kysely } from 'kysely';

/**
 * Records who held which name of the histories, so that calls of an agent who left stay theirs when the name passes on. A
 * separate table, because an older relay still running on this database reads whole rows of the others.
 */
export async function up({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('name_holders')
    .addColumn('agent_id', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('taken_at', 'bigint', (c) => c.notNull())
    .addColumn('released_at', 'bigint')
    .addColumn('calls_since', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('name_holders_key', ['agent_id', 'name', 'calls_since'])
    .execute();
  await schema.createIndex('name_holders_by_name').on('name_holders').column('name').execute();
}

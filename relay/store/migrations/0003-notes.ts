import type { Kysely } from 'kysely';

export async function up({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('notes')
    .addColumn('agent_id', 'text', (c) => c.notNull().references('agents.id'))
    .addColumn('subject', 'text', (c) => c.notNull())
    .addColumn('number', 'text', (c) => c.notNull())
    .addColumn('called_at', 'bigint', (c) => c.notNull())
    .addColumn('text', 'text', (c) => c.notNull())
    .addColumn('outcome', 'text')
    .addColumn('search', 'text', (c) => c.notNull())
    .addColumn('version', 'integer', (c) => c.notNull())
    .addColumn('updated_at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('notes_key', ['agent_id', 'subject'])
    .execute();
  await schema.createIndex('notes_by_number').on('notes').columns(['agent_id', 'number', 'updated_at']).execute();
  await schema.createIndex('notes_by_time').on('notes').column('called_at').execute();

  // For the calls with one number, read among all calls of a busy agent whenever the pointer rests on that number.
  await schema
    .createIndex('history_parties_by_peer')
    .on('history_parties')
    .columns(['party', 'peer_number', 'started_at', 'history_id'])
    .execute();
}

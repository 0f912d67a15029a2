import type { Kysely } from 'kysely';

/** Partial indexes: SQLite would take a whole one, which begins with the agent, also where the one by number is better. */
export async function up({ schema }: Kysely<unknown>): Promise<void> {
  // An agent's notes on calls to be repeated, read with every look at the queue.
  await schema
    .createIndex('notes_to_call_later')
    .on('notes')
    .columns(['agent_id', 'called_at'])
    .where('outcome' as never, '=', 'call_later')
    .execute();
  // Numbers that asked not to be called, read across all agents.
  await schema
    .createIndex('notes_not_to_call')
    .on('notes')
    .columns(['number', 'called_at'])
    .where('outcome' as never, '=', 'do_not_call')
    .execute();
}

import { type Kysely, sql } from 'kysely';

/**
 * An agent's one SIP device becomes the first of its list. Its id is the agent's own id, for which its password was sealed
 * (agents/sip-credentials.ts): there is no key here to seal it again. The old columns stay, empty: SQLite cannot drop unique
 * ones.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('sip_devices')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('agent_id', 'text', (c) => c.notNull().references('agents.id'))
    .addColumn('position', 'integer', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('sip_user', 'text', (c) => c.notNull().unique())
    .addColumn('sip_password', 'text')
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('sip_devices_by_agent').on('sip_devices').columns(['agent_id', 'position']).execute();
  await sql`insert into sip_devices (id, agent_id, position, name, sip_user, sip_password, created_at)
    select id, id, 0, '', sip_user, sip_password, created_at from agents where sip_user is not null`.execute(db);
  await sql`update agents set sip_user = null, sip_password = null`.execute(db);

  // The SIP user rung at the time: the device may be renamed or removed, and the call must stay attributable.
  await db.schema.alterTable('calls').addColumn('sip_user', 'text').execute();
}

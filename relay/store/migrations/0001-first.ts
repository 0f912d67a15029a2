import { type Kysely, PostgresAdapter, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;

  await schema
    .createTable('agents')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('role', 'text', (c) => c.notNull())
    .addColumn('username', 'text', (c) => c.unique())
    .addColumn('sip_user', 'text', (c) => c.unique())
    .addColumn('sip_password', 'text')
    .addColumn('passphrase_hash', 'text')
    .addColumn('active', 'integer', (c) => c.notNull())
    .addColumn('version', 'integer', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('updated_at', 'bigint', (c) => c.notNull())
    .addUniqueConstraint('agents_name', ['name'])
    .execute();

  await schema
    .createTable('devices')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('agent_id', 'text', (c) => c.notNull().references('agents.id'))
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('token_hash', 'text', (c) => c.notNull().unique())
    .addColumn('key_thumbprint', 'text', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('last_seen_at', 'bigint')
    .addColumn('revoked_at', 'bigint')
    .addColumn('step_up_until', 'bigint')
    .execute();

  await schema
    .createTable('enrolments')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('agent_id', 'text', (c) => c.notNull().references('agents.id'))
    .addColumn('code_hash', 'text', (c) => c.notNull().unique())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('expires_at', 'bigint', (c) => c.notNull())
    .addColumn('redeemed_at', 'bigint')
    .execute();

  await schema
    .createTable('calls')
    .addColumn('device_id', 'text', (c) => c.notNull().references('devices.id'))
    .addColumn('key', 'text', (c) => c.notNull())
    .addColumn('agent_id', 'text', (c) => c.notNull())
    .addColumn('payload_hash', 'text', (c) => c.notNull())
    .addColumn('number', 'text', (c) => c.notNull())
    .addColumn('dialled', 'text')
    .addColumn('surface', 'text', (c) => c.notNull())
    .addColumn('site', 'text')
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('reason_code', 'text')
    .addColumn('answer_status', 'integer')
    .addColumn('answer_body', 'text')
    .addColumn('clicked_at', 'bigint', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('deadline_at', 'bigint', (c) => c.notNull())
    .addColumn('settled_at', 'bigint')
    .addColumn('same_as', 'text')
    .addColumn('history_id', 'text')
    .addPrimaryKeyConstraint('calls_key', ['device_id', 'key'])
    .execute();
  // One dial in flight per agent, enforced by the database, so that it holds across relays.
  await schema
    .createIndex('calls_one_dial')
    .unique()
    .on('calls')
    .column('agent_id')
    .where('state' as never, '=', 'dispatching')
    .execute();
  await schema.createIndex('calls_by_agent').on('calls').columns(['agent_id', 'created_at']).execute();
  await schema.createIndex('calls_by_agent_key').on('calls').columns(['agent_id', 'key']).execute();
  await schema.createIndex('calls_by_time').on('calls').column('created_at').execute();
  await schema.createIndex('calls_by_history').on('calls').column('history_id').execute();

  await schema
    .createTable('history')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('started_at', 'bigint', (c) => c.notNull())
    .addColumn('direction', 'text', (c) => c.notNull())
    .addColumn('class', 'text', (c) => c.notNull())
    .addColumn('did_number', 'text')
    .addColumn('status', 'text', (c) => c.notNull())
    .addColumn('duration_seconds', 'integer', (c) => c.notNull())
    .addColumn('billing_seconds', 'integer', (c) => c.notNull())
    .addColumn('recording', 'text')
    .addColumn('caller_type', 'text', (c) => c.notNull())
    .addColumn('caller_number', 'text', (c) => c.notNull())
    .addColumn('caller_username', 'text')
    .addColumn('callee_type', 'text', (c) => c.notNull())
    .addColumn('callee_number', 'text', (c) => c.notNull())
    .addColumn('callee_username', 'text')
    .addColumn('first_seen_at', 'bigint', (c) => c.notNull())
    .addColumn('updated_at', 'bigint', (c) => c.notNull())
    .execute();
  await schema.createIndex('history_by_time').on('history').columns(['started_at', 'id']).execute();

  const parties = schema
    .createTable('history_parties')
    .addColumn('party', 'text', (c) => c.notNull())
    .addColumn('started_at', 'bigint', (c) => c.notNull())
    .addColumn('history_id', 'text', (c) => c.notNull())
    .addColumn('direction', 'text', (c) => c.notNull())
    .addColumn('disposition', 'text', (c) => c.notNull())
    .addColumn('recorded', 'integer', (c) => c.notNull())
    .addColumn('status', 'text', (c) => c.notNull())
    .addColumn('duration_seconds', 'integer', (c) => c.notNull())
    .addColumn('billing_seconds', 'integer', (c) => c.notNull())
    .addColumn('peer_number', 'text', (c) => c.notNull())
    .addColumn('peer_name', 'text')
    .addColumn('search', 'text', (c) => c.notNull());
  // A search reads all calls of an agent: both engines store them together and in order, not scattered over the table.
  if (db.getExecutor().adapter instanceof PostgresAdapter) {
    await parties.execute();
    await sql`alter table history_parties add constraint history_parties_key primary key (party, started_at, history_id)
      include (direction, disposition, recorded, search)`.execute(db);
  } else {
    await parties
      .addPrimaryKeyConstraint('history_parties_key', ['party', 'started_at', 'history_id'])
      .modifyEnd(sql`without rowid`)
      .execute();
  }

  await schema
    .createTable('audit')
    .addColumn('seq', 'integer', (c) => c.primaryKey())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('actor', 'text', (c) => c.notNull())
    .addColumn('action', 'text', (c) => c.notNull())
    .addColumn('subject', 'text', (c) => c.notNull())
    .addColumn('detail', 'text', (c) => c.notNull())
    .addColumn('previous_hash', 'text', (c) => c.notNull())
    .addColumn('hash', 'text', (c) => c.notNull())
    .execute();

  await schema
    .createTable('state')
    .addColumn('name', 'text', (c) => c.primaryKey())
    .addColumn('value', 'text', (c) => c.notNull())
    .execute();
}

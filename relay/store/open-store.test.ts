import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findPostgres, startPostgres, type TestPostgres } from '../testing/start-postgres.ts';
import { openStore } from './open-store.ts';

describe.skipIf(findPostgres() === null)('the store on PostgreSQL', { timeout: 60_000 }, () => {
  let postgres: TestPostgres;
  beforeAll(async () => {
    postgres = await startPostgres();
  }, 60_000);
  afterAll(() => postgres.stop(), 30_000);

  it('is brought up to date however long that takes, and asked with an end to each question', async () => {
    const databaseUrl = await postgres.createDatabase();
    const client = new pg.Client({ connectionString: databaseUrl });
    await client.connect();
    await client.query(`
      create table timeouts (setting text);
      create function note_timeout() returns event_trigger language plpgsql as
        $$ begin insert into public.timeouts values (current_setting('statement_timeout')); end $$;
      create event trigger on_change on ddl_command_start execute function note_timeout();
    `);
    const store = await openStore({ databaseUrl }, () => undefined);
    const { rows } = await client.query('select distinct setting from timeouts');
    expect(rows).toEqual([{ setting: '0' }]);
    expect((await sql`show statement_timeout`.execute(store)).rows).toEqual([{ statement_timeout: '10s' }]);
    await store.destroy();
    await client.end();
  });
});

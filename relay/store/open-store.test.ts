import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { findPostgres, startPostgres, type TestPostgres } from '../testing/start-postgres.ts';
import { migrations } from './migrations/index.ts';
import { openStore, sqliteFile } from './open-store.ts';

const later = '9999-later';

describe('the store on SQLite', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dialside-upgrade-'));
  });
  afterEach(() => {
    delete migrations[later];
    rmSync(folder, { recursive: true });
  });

  it('is as it was after an upgrade that broke off, and takes it the next time', async () => {
    const open = () => openStore({ dataDir: folder }, () => undefined);
    await (await open()).destroy();
    const fail = vi.fn<() => void>(() => {
      throw new Error('the disk is full');
    });
    migrations[later] = {
      async up(db) {
        await db.schema.createTable('later').addColumn('a', 'integer').execute();
        await db.schema.alterTable('calls').addColumn('later', 'text').execute();
        fail();
      },
    };
    await expect(open()).rejects.toThrow('the disk is full');
    fail.mockImplementation(() => undefined);
    const store = await open();
    expect(await sql`select later from calls`.execute(store)).toMatchObject({ rows: [] });
    await store.destroy();
  });

  it('keeps nothing in its file of what was deleted or written over', async () => {
    const store = await openStore({ dataDir: folder }, () => undefined);
    const marks = Array.from({ length: 500 }, (_, at) => `forgotten-${at}-${'x'.repeat(100)}`);
    const values = marks.map((name) => ({ name, value: name }));
    await store.insertInto('state').values(values).execute();
    await store.updateTable('state').set({ value: '' }).where('name', 'like', 'forgotten-1%').execute();
    await sql`pragma wal_checkpoint(truncate)`.execute(store);
    expect(readFileSync(sqliteFile(folder)).includes('forgotten-499')).toBe(true);
    await store.deleteFrom('state').where('name', 'like', 'forgotten-%').execute();
    await store.destroy();
    expect(readFileSync(sqliteFile(folder)).includes('forgotten-')).toBe(false);
  });
});

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

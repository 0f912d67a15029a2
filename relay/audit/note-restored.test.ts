import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAgent } from '../agents/agent-records.ts';
import { createLogger } from '../logging.ts';
import { startRelay } from '../server.ts';
import type { StorePlace } from '../store/open-store.ts';
import { makeDeps, type TestDeps, testConfig } from '../testing/make-deps.ts';
import { findPostgres, startPostgres, type TestPostgres } from '../testing/start-postgres.ts';
import { noteRestored } from './note-restored.ts';
import { verifyAudit } from './read-audit.ts';

async function on<Value>(place: StorePlace | undefined, work: (deps: TestDeps) => Promise<Value>): Promise<Value> {
  const deps = await makeDeps(place && { place });
  return work(deps).finally(() => deps.close());
}
const restores = async ({ store }: TestDeps) =>
  (await store.selectFrom('audit').select('actor').where('action', '=', 'store.restore').execute()).map(({ actor }) => actor);

it('has nothing to say on SQLite, where the command that restores says it', () =>
  on(undefined, async (deps) => {
    expect([await noteRestored(deps), await noteRestored(deps), await restores(deps)]).toEqual([false, false, []]);
  }));

describe.skipIf(findPostgres() === null)('a store on PostgreSQL', { timeout: 60_000 }, () => {
  let postgres: TestPostgres;
  beforeAll(async () => {
    postgres = await startPostgres();
  }, 60_000);
  afterAll(() => postgres.stop());

  it('that was put into another database is noticed once, by one of the relays that start on it', async () => {
    const first = { databaseUrl: await postgres.createDatabase() };
    await on(first, async (deps) => {
      await createAgent(deps, { name: 'An', role: 'agent', username: 'an', sipUser: null }, 'test');
      expect([await noteRestored(deps), await noteRestored(deps)]).toEqual([false, false]);
    });
    const copy = { databaseUrl: await postgres.createDatabase(first.databaseUrl) };
    await on(copy, async (deps) => {
      const noticed = await Promise.all(Array.from({ length: 4 }, () => noteRestored(deps)));
      expect(noticed.filter(Boolean)).toEqual([true]);
      expect([await noteRestored(deps), await restores(deps)]).toEqual([false, ['relay']]);
      expect(await verifyAudit(deps.store, deps.config.relayKey)).toBeNull();
    });

    const other = { databaseUrl: await postgres.createDatabase(first.databaseUrl) };
    const relay = await startRelay({ ...testConfig, place: other }, createLogger('silent'));
    await relay.stop();
    await on(other, async (deps) => expect(await restores(deps)).toEqual(['relay']));
    await on(first, async (deps) => expect([await noteRestored(deps), await restores(deps)]).toEqual([false, []]));
  });

  it('that is on another server is noticed, though all numbers of its tables are the same', async () => {
    const place = { databaseUrl: await postgres.createDatabase() };
    await on(place, async (deps) => {
      expect(await noteRestored(deps)).toBe(false);
      await deps.store.updateTable('state').set({ value: '1' }).where('name', '=', 'database-server').execute();
      expect([await noteRestored(deps), await noteRestored(deps), await restores(deps)]).toEqual([true, false, ['relay']]);
    });
  });

  it('whose server tells its number to superusers alone goes by its tables', async () => {
    const url = new URL(await postgres.createDatabase());
    await on({ databaseUrl: url.href }, async ({ store }) => {
      await sql`create role plain login`.execute(store);
      await sql`grant create on schema public to plain`.execute(store);
      await sql`grant all on all tables in schema public to plain`.execute(store);
      await sql`revoke execute on function pg_control_system from public`.execute(store);
    });
    url.username = 'plain';
    await on({ databaseUrl: url.href }, async (deps) => {
      expect([await noteRestored(deps), await noteRestored(deps)]).toEqual([false, false]);
      await deps.store.updateTable('state').set({ value: '1.1' }).where('name', '=', 'tables').execute();
      expect([await noteRestored(deps), await noteRestored(deps)]).toEqual([true, false]);
    });
  });
});

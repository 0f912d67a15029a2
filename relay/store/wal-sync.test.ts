import { fdatasync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openStore } from './open-store.ts';
import { StoreError } from './store-error.ts';
import { createWalSync } from './wal-sync.ts';

vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>();
  return { ...fs, fdatasync: vi.fn(fs.fdatasync) };
});

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dialside-wal-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function withStore(work: (store: Awaited<ReturnType<typeof openStore>>) => Promise<void>) {
  const store = await openStore({ dataDir: folder }, () => undefined);
  try {
    await work(store);
  } finally {
    await store.destroy();
  }
}

describe('a sync of the log', () => {
  /** Syncs that end on demand. */
  function held() {
    const ends: ((error?: Error) => void)[] = [];
    const sync = () => new Promise<void>((resolve, reject) => ends.push((error) => (error ? reject(error) : resolve())));
    return { ends, sync };
  }
  const told = async (promise: Promise<void>) =>
    Promise.race([
      promise.then(
        () => 'done',
        () => 'failed',
      ),
      new Promise((resolve) => setImmediate(() => resolve('waiting'))),
    ]);

  it('stands for all that was written before it began, and one more for all that came meanwhile', async () =>
    withStore(async () => {
      const { ends, sync } = held();
      const log = createWalSync(join(folder, 'dialside.sqlite'), sync);
      const [first, second, third] = [log.flush(), log.flush(), log.flush()];
      expect(ends).toHaveLength(1);
      ends[0]?.();
      expect(await told(first)).toBe('done');
      expect([await told(second), await told(third), ends.length]).toEqual(['waiting', 'waiting', 2]);
      ends[1]?.();
      expect([await told(second), await told(third)]).toEqual(['done', 'done']);
      log.close();
    }));

  it('that failed fails those who waited for it, not those after', async () =>
    withStore(async () => {
      const { ends, sync } = held();
      const log = createWalSync(join(folder, 'dialside.sqlite'), sync);
      const [first, second] = [log.flush(), log.flush()];
      ends[0]?.(new Error('no space'));
      expect(await told(first)).toBe('failed');
      ends[1]?.();
      expect(await told(second)).toBe('done');
      log.close();
    }));
});

describe('the SQLite store on a disk', () => {
  it('keeps transactions apart that are made at once, and undoes those that failed', async () =>
    withStore(async (store) => {
      const results = await Promise.allSettled(
        Array.from({ length: 200 }, (_, turn) =>
          store.transaction().execute(async (transaction) => {
            const { n } = await transaction
              .selectFrom('state')
              .select((eb) => eb.fn.countAll<number>().as('n'))
              .executeTakeFirstOrThrow();
            await transaction
              .insertInto('state')
              .values({ name: `row ${n}`, value: '' })
              .execute();
            if (turn % 4 === 0) throw new Error('changed my mind');
          }),
        ),
      );
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(150);
      expect(await store.selectFrom('state').selectAll().execute()).toHaveLength(150);
    }));

  it('has what it said it had after it was opened again, and can be read by another process meanwhile', async () => {
    await withStore(async (store) => {
      await store.insertInto('state').values({ name: 'a', value: '1' }).execute();
      await withStore(async (other) => {
        expect(await other.selectFrom('state').select('value').execute()).toEqual([{ value: '1' }]);
        await other.insertInto('state').values({ name: 'b', value: '2' }).execute();
      });
      await store.insertInto('state').values({ name: 'c', value: '3' }).execute();
    });
    await withStore(async (store) => expect(await store.selectFrom('state').selectAll().execute()).toHaveLength(3));
  });

  it.each([
    ['select value from state', 0],
    ['with all_rows as (select value from state) select value from all_rows', 0],
    [`insert into state (name, value) values ('a', '')`, 1],
  ])('waits for the disk after changes alone: %s', async (text, syncs) =>
    withStore(async (store) => {
      const before = vi.mocked(fdatasync).mock.calls.length;
      await sql.raw(text).execute(store);
      expect(vi.mocked(fdatasync).mock.calls.length - before).toBe(syncs);
    }),
  );

  it('throws StoreErrors for what the engine refuses, a transaction included', async () =>
    withStore(async (store) => {
      await expect(sql`select * from nowhere`.execute(store)).rejects.toBeInstanceOf(StoreError);
      const nested = store.transaction().execute((transaction) => sql`begin`.execute(transaction));
      await expect(nested).rejects.toBeInstanceOf(StoreError);
      expect(await store.selectFrom('state').selectAll().execute()).toEqual([]);
    }));
});

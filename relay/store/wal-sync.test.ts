import { copyFileSync, fdatasync, mkdtempSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openStore, type Store } from './open-store.ts';
import { StoreError } from './store-error.ts';
import { createWalSync } from './wal-sync.ts';

vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>();
  return { ...fs, fdatasync: vi.fn(fs.fdatasync), writeSync: vi.fn(fs.writeSync) };
});

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dialside-wal-'));
});
afterEach(() => {
  vi.mocked(fdatasync).mockReset();
  vi.mocked(writeSync).mockReset();
  rmSync(folder, { recursive: true });
});

async function withStore(work: (store: Store) => Promise<void>, dataDir = folder) {
  const store = await openStore({ dataDir }, () => undefined);
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
      const log = createWalSync(join(folder, 'dialside.sqlite'), { sync });
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
      const log = createWalSync(join(folder, 'dialside.sqlite'), { sync });
      const [first, second] = [log.flush(), log.flush()];
      ends[0]?.(new Error('no space'));
      expect(await told(first)).toBe('failed');
      ends[1]?.();
      expect(await told(second)).toBe('done');
      log.close();
    }));
});

/**
 * The disk under the log. As on Linux, what a failed sync could not write is taken for written, and gets to the disk only if it is
 * written anew.
 */
function watchDisk() {
  const pageSize = 4096;
  const onDisk = new Map<number, Buffer>();
  const lost = new Map<number, Buffer>();
  let fails = false;
  const pagesNow = () => {
    const bytes = readFileSync(join(folder, 'dialside.sqlite-wal'));
    return Array.from({ length: Math.ceil(bytes.length / pageSize) }, (_, at) =>
      bytes.subarray(at * pageSize, (at + 1) * pageSize),
    );
  };
  const write = vi.mocked(writeSync).getMockImplementation();
  vi.mocked(writeSync).mockImplementation((...given) => {
    const [, , , length, at] = given as unknown as [number, Buffer, number, number, number];
    for (const page of lost.keys()) if (page * pageSize >= at && page * pageSize < at + length) lost.delete(page);
    return write?.(...given) ?? 0;
  });
  vi.mocked(fdatasync).mockImplementation((_fd, done) => {
    for (const [page, bytes] of pagesNow().entries()) {
      if (!onDisk.get(page)?.equals(bytes) && !lost.get(page)?.equals(bytes))
        (fails ? lost : onDisk).set(page, Buffer.from(bytes));
    }
    setImmediate(done, fails ? new Error('input/output error') : null);
    fails = false;
  });
  return {
    failNext: () => {
      fails = true;
    },
    /** The store's folder as it is when the power is back. */
    losePower() {
      const found = mkdtempSync(join(folder, 'found-'));
      copyFileSync(join(folder, 'dialside.sqlite'), join(found, 'dialside.sqlite'));
      const log = pagesNow().map((page, at) => onDisk.get(at) ?? Buffer.alloc(page.length));
      writeFileSync(join(found, 'dialside.sqlite-wal'), Buffer.concat(log));
      return found;
    },
  };
}

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

  it.each(['the same relay', 'the next relay'])(
    'still has what %s said it had when the power fails after a sync of the disk did',
    async (next) =>
      withStore(async (store) => {
        const write = (name: string, to: Store) => to.insertInto('state').values({ name, value: '' }).execute();
        const disk = watchDisk();
        await write('before', store);
        disk.failNext();
        await expect(write('during', store)).rejects.toBeInstanceOf(StoreError);
        if (next === 'the same relay') await write('after', store);
        else await withStore(async (other) => void (await write('after', other)));
        await withStore(async (found) => {
          const rows = await found.selectFrom('state').select('name').orderBy('name').execute();
          expect(rows.map(({ name }) => name)).toEqual(['after', 'before', 'during']);
        }, disk.losePower());
      }),
  );

  it('makes up for a failed sync while another has a transaction open', async () =>
    withStore(async (store) => {
      const write = (name: string, to: Store) => to.insertInto('state').values({ name, value: '' }).execute();
      watchDisk().failNext();
      const [failed, queued] = [write('first', store), write('second', store)];
      await store.transaction().execute(async (transaction) => {
        await write('third', transaction);
        await expect(failed).rejects.toBeInstanceOf(StoreError);
        await queued;
      });
      expect(await store.selectFrom('state').selectAll().execute()).toHaveLength(3);
    }));

  it('throws StoreErrors for what the engine refuses, a transaction included', async () =>
    withStore(async (store) => {
      await expect(sql`select * from nowhere`.execute(store)).rejects.toBeInstanceOf(StoreError);
      const nested = store.transaction().execute((transaction) => sql`begin`.execute(transaction));
      await expect(nested).rejects.toBeInstanceOf(StoreError);
      expect(await store.selectFrom('state').selectAll().execute()).toEqual([]);
    }));
});

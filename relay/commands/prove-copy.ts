import { closeSync, openSync, readSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { verifyAudit } from '../audit/read-audit.ts';
import { refuseOtherKey } from '../store/key-check.ts';
import { openAsIsOn } from '../store/open-store.ts';
import { createSqliteDialect } from '../store/sqlite.ts';

/** Suffixes of a SQLite database file and of the files that SQLite keeps next to it. */
export const besides = ['', '-wal', '-shm', '-journal'];

/** https://sqlite.org/fileformat.html#magic_header_string */
function isDatabase(file: string): boolean {
  const magic = Buffer.from('SQLite format 3\0');
  const start = Buffer.alloc(magic.length);
  const descriptor = openSync(file, 'r');
  readSync(descriptor, start);
  closeSync(descriptor);
  return start.equals(magic);
}

/**
 * Reads a copy of a store completely and returns a summary. Throws when it belongs to another key or its audit log is not intact.
 */
export async function proveCopy(file: string, relayKey: Buffer): Promise<string> {
  if (!isDatabase(file)) throw new Error('It is no copy of a relay’s store.');
  const { store, isEmpty } = await openAsIsOn(createSqliteDialect(file));
  try {
    if (isEmpty) throw new Error('It holds no data of a relay.');
    await refuseOtherKey(store, relayKey);
    const fault = await verifyAudit(store, relayKey);
    if (fault) throw new Error(`The copy is not kept. ${fault}`);
    const count = (table: 'agents' | 'calls' | 'history') =>
      store
        .selectFrom(table)
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow();
    const [agents, calls, history] = await Promise.all([count('agents'), count('calls'), count('history')]);
    return `${agents.count} agents, ${calls.count} placed and ${history.count} mirrored calls, and the whole audit log`;
  } finally {
    await store.destroy();
  }
}

/** Removes a database file and the files next to it. */
export async function removeFiles(file: string): Promise<void> {
  await Promise.all(besides.map((ending) => rm(file + ending, { force: true })));
}

import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createListeners } from './listeners.ts';
import type { Membership } from './membership.ts';

/**
 * One relay runs on one folder. It holds a lock on a file of its own, by the only file lock that Node has: that of an SQLite
 * database. The operating system lets go of it when the process ends, however it ends.
 */
export function joinOnSqlite(dataDir: string): Membership {
  const id = randomUUID();
  const fileOf = (relay: string) => join(dataDir, `relay-${relay}.alive`);
  const lock = tryToLock(fileOf(id));
  if (!lock) throw new Error(`The relay cannot lock a file in ${dataDir}.`);
  const listeners = createListeners();

  for (const file of locksIn(dataDir)) if (file !== fileOf(id)) clearIfEnded(file);

  return {
    id,
    isGone: async (relay) => relay !== id && /^[0-9a-f-]{36}$/.test(relay) && clearIfEnded(fileOf(relay)),
    tell: listeners.call,
    listen: listeners.add,
    async leave() {
      if (lock.isOpen) lock.close();
      rmSync(fileOf(id), { force: true });
    },
  };
}

/** Whether a relay lives on the folder. */
export const isRelayOnFolder = (dataDir: string): boolean =>
  existsSync(dataDir) && locksIn(dataDir).some((file) => !clearIfEnded(file));

const locksIn = (dataDir: string): string[] =>
  readdirSync(dataDir)
    .filter((file) => /^relay-[0-9a-f-]{36}\.alive$/.test(file))
    .map((file) => join(dataDir, file));

/** True when the relay of that lock has ended; then nothing is left of it. */
function clearIfEnded(file: string): boolean {
  const taken = tryToLock(file);
  taken?.close();
  if (taken) rmSync(file, { force: true });
  return taken !== null;
}

function tryToLock(path: string): DatabaseSync | null {
  const database = new DatabaseSync(path);
  try {
    database.exec('PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE');
    return database;
  } catch {
    // Locked by its relay, or not to be read: in both cases nothing may be said of its end.
    database.close();
    return null;
  }
}

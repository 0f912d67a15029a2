import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createListeners } from './listeners.ts';
import type { Membership } from './membership.ts';

/**
 * Admits one relay per folder; throws if another is running. It locks a file of its own with the only file lock that Node offers,
 * an SQLite database's. The operating system releases the lock when the process ends, however it ends.
 */
export function joinOnSqlite(dataDir: string): Membership {
  const id = randomUUID();
  const fileOf = (relay: string) => join(dataDir, `relay-${relay}.alive`);
  const lock = tryToLock(fileOf(id));
  if (typeof lock === 'string') throw new Error(`The relay cannot lock a file in ${dataDir}.`);
  const listeners = createListeners();
  const leave = () => {
    if (lock.isOpen) lock.close();
    rmSync(fileOf(id), { force: true });
  };
  try {
    refuseSecondOnFolder(dataDir, fileOf(id));
  } catch (error) {
    leave();
    throw error;
  }
  return {
    id,
    isSeen: () => true,
    isGone: async (relay) => relay !== id && /^[0-9a-f-]{36}$/.test(relay) && clearIfEnded(fileOf(relay)) === 'ended',
    tell: listeners.call,
    listen: listeners.add,
    leave: async () => leave(),
  };
}

/** Throws when a relay other than `own` runs on the folder. Removes the lock files of relays that were killed. */
export function refuseSecondOnFolder(dataDir: string, own?: string): void {
  const states = locksIn(dataDir).map((file) => (file === own ? 'ended' : clearIfEnded(file)));
  if (states.includes('living'))
    throw new Error(`Another relay is running on ${dataDir}. Stop it first, or give this one a RELAY_DATA_DIR of its own.`);
}

/** Whether a relay is, or may be, running on the folder. */
export const isRelayOnFolder = (dataDir: string): boolean => locksIn(dataDir).some((file) => clearIfEnded(file) !== 'ended');

const locksIn = (dataDir: string): string[] =>
  (existsSync(dataDir) ? readdirSync(dataDir) : [])
    .filter((file) => /^relay-[0-9a-f-]{36}\.alive$/.test(file))
    .map((file) => join(dataDir, file));

/** State of the relay that owns the lock file; the file of an ended relay is removed. */
function clearIfEnded(file: string): 'ended' | NoLock {
  const taken = tryToLock(file);
  if (typeof taken === 'string') return taken;
  taken.close();
  rmSync(file, { force: true });
  return 'ended';
}

/** `living`: locked by its relay. `unknown`: the file cannot be used, so nothing can be concluded. */
type NoLock = 'living' | 'unknown';
/** https://sqlite.org/rescode.html#busy */
const busy = 5;

function tryToLock(path: string): DatabaseSync | NoLock {
  const database = new DatabaseSync(path);
  try {
    database.exec('PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE');
    return database;
  } catch (error) {
    database.close();
    return (error as { errcode?: unknown }).errcode === busy ? 'living' : 'unknown';
  }
}

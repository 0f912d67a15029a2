import { existsSync } from 'node:fs';
import { mkdir, open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { RelayConfig } from '../config.ts';
import { sqliteFile } from '../store/open-store.ts';
import { proveCopy, removeFiles } from './prove-copy.ts';

/** Copies a snapshot of the store into `file`, which appears only after the copy was read back and verified. */
export async function backUp(config: RelayConfig, file: string, print: (line: string) => void = console.log): Promise<void> {
  if ('databaseUrl' in config.place)
    throw new Error('The data are in PostgreSQL: back them up with pg_dump, as docs/operating.md of Dialside shows.');
  const source = sqliteFile(config.place.dataDir);
  if (!existsSync(source)) throw new Error(`There is no store at ${source}. Set RELAY_DATA_DIR to the relay’s data folder.`);
  if (existsSync(file)) throw new Error(`${file} exists already. Give a file that does not.`);

  const part = `${file}.part`;
  await makeEmpty(part);
  try {
    copyStore(source, part);
    const summary = await proveCopy(part, config.relayKey);
    const written = await open(part, 'r+');
    await written.sync();
    await written.close();
    await rename(part, file);
    print(`${file} holds ${summary}. It opens with the RELAY_KEY of now: keep that too, and apart from it.`);
  } catch (error) {
    await removeFiles(part);
    throw error;
  }
}

/** Creates the file with its permissions before it holds secrets; SQLite accepts an empty file as target. */
async function makeEmpty(file: string): Promise<void> {
  const folder = dirname(file);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await removeFiles(file);
    await (await open(file, 'wx', 0o600)).close();
  } catch (cause) {
    const reason = `${cause instanceof Error ? cause.message : cause}`;
    throw new Error(`No file can be made in ${folder}: ${reason}. Give a folder in which the relay’s user may write.`, { cause });
  }
}

/** One read transaction, during which the relay can keep writing. https://sqlite.org/lang_vacuum.html#vacuuminto */
function copyStore(source: string, target: string): void {
  const database = new DatabaseSync(source, { readOnly: true });
  try {
    database.exec('PRAGMA busy_timeout = 3000');
    database.prepare('VACUUM INTO ?').run(target);
  } finally {
    database.close();
  }
}

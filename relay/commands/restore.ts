import { constants, createReadStream, createWriteStream, existsSync } from 'node:fs';
import { access, mkdir, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { recordAudit } from '../audit/record-audit.ts';
import type { RelayConfig } from '../config.ts';
import { joinOnSqlite } from '../store/join-on-sqlite.ts';
import { describePlace, openAsIsOn, sqliteFile } from '../store/open-store.ts';
import { createSqliteDialect } from '../store/sqlite.ts';
import { besides, proveCopy, removeFiles } from './prove-copy.ts';

/**
 * Replaces the store with a backup after the backup was read and verified; the previous store is kept next to it under another
 * name.
 * @param file `-` for standard input
 */
export async function restore(
  config: RelayConfig,
  file: string,
  print: (line: string) => void = console.log,
  input: Readable = process.stdin,
): Promise<void> {
  if ('databaseUrl' in config.place)
    throw new Error('The data are in PostgreSQL: restore them with pg_restore, as docs/operating.md of Dialside shows.');
  if (file !== '-') await expectReadable(file);
  const target = sqliteFile(config.place.dataDir);
  await mkdir(dirname(target), { recursive: true, mode: 0o700 });
  // Keeps any relay from starting on the store while it is replaced.
  const membership = joinOnSqlite(config.place.dataDir);
  const part = `${target}.part`;
  try {
    await removeFiles(part);
    await pipeline(file === '-' ? input : createReadStream(file), createWriteStream(part, { mode: 0o600, flush: true }));
    const summary = await proveCopy(part, config.relayKey);
    await recordRestore(config, part);
    const aside = `${target}.until-${new Date().toISOString().replace(/[:.]/g, '-')}`;
    const isThere = existsSync(target);
    for (const ending of besides) if (existsSync(target + ending)) await rename(target + ending, aside + ending);
    await rename(part, target);
    print(`The store holds ${summary}.`);
    const { name, setting } = describePlace(config.place);
    print(
      isThere
        ? `What was there before is ${aside}. Remove it when you no longer need it.`
        : `There was no store before (${name}). If a relay ran before, ${setting} is not the one it had.`,
    );
  } finally {
    await removeFiles(part);
    await membership.leave();
  }
}

/** Audit lines written since the backup are missing from it, so the restore itself is recorded in the log. */
async function recordRestore(config: RelayConfig, copy: string): Promise<void> {
  const { store } = await openAsIsOn(createSqliteDialect(copy));
  const entry = { actor: 'command-line', action: 'store.restore', subject: 'relay' } as const;
  await recordAudit({ store, config, now: Date.now }, entry).finally(() => store.destroy());
}

/** A missing file and an unreadable one cannot be told apart if the folder is not accessible. */
async function expectReadable(file: string): Promise<void> {
  try {
    await access(file, constants.R_OK);
  } catch (cause) {
    const words = 'is not there, or the relay’s user may not read it. Nothing was changed. Give it as standard input:';
    throw new Error(`${file} ${words} restore - < ${file}`, { cause });
  }
}

import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RelayConfig } from '../config.ts';
import { createLogger } from '../logging.ts';
import { startRelay } from '../server.ts';
import { migrations } from '../store/migrations/index.ts';
import { sqliteFile } from '../store/open-store.ts';
import { makeDeps, testConfig } from '../testing/make-deps.ts';
import { adminCode } from './admin-code.ts';
import { backUp } from './back-up.ts';
import { checkStore } from './check-store.ts';
import { exportAudit } from './export-audit.ts';
import { rotateKey } from './rotate-key.ts';
import { verifyAuditLog } from './verify-audit.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dialside-commands-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const config = () => ({ ...testConfig, place: { dataDir: folder } });

function onFile<Value>(work: (database: DatabaseSync) => Value): Value {
  const database = new DatabaseSync(sqliteFile(folder));
  try {
    return work(database);
  } finally {
    database.close();
  }
}

/** Names of the executed migrations, the schema and the state table with the key check. */
const state = () =>
  onFile((database) => [
    database.prepare('select name from kysely_migration order by name').all(),
    database.prepare('select sql from sqlite_schema order by name').all(),
    database.prepare('select * from state order by name').all(),
  ]);

describe('beside a relay of an older version', () => {
  const pending = Object.keys(migrations).filter((name) => name >= '0004').length;

  beforeEach(async () => {
    const deps = await makeDeps({ place: { dataDir: folder } });
    await deps.close();
    onFile((database) => database.exec("delete from kysely_migration where name >= '0004'; drop table sip_devices"));
  });

  it.each([
    ['verify-audit', () => verifyAuditLog(config())],
    ['export-audit', () => exportAudit(config())],
  ])('%s reads the log and leaves its store as it is', async (_name, command) => {
    const before = state();
    await command();
    expect(state()).toEqual(before);
  });

  it('admin-code leaves its store as it is and says so', async () => {
    const before = state();
    await expect(adminCode(config(), { name: 'An' })).rejects.toThrow(
      `Of the store ${pending} migrations are pending, which the start`,
    );
    expect(state()).toEqual(before);
  });

  it('check leaves it too, and looks at it nevertheless', async () => {
    const before = state();
    const { ok, what } = (await checkStore(config())).finding;
    expect([ok, what]).toEqual([true, expect.stringContaining(`the audit log is whole. ${pending} migrations are pending`)]);
    expect(state()).toEqual(before);
  });

  it('backup copies it as it is', async () => {
    await backUp(config(), join(folder, 'copy'), () => undefined);
    const copy = new DatabaseSync(join(folder, 'copy'));
    expect(copy.prepare('select count(*) as n from kysely_migration').get()).toEqual({
      n: Object.keys(migrations).length - pending,
    });
    copy.close();
  });
});

describe('a command', () => {
  it.each<[string, (config: RelayConfig) => Promise<void>]>([
    ['verify-audit', verifyAuditLog],
    ['export-audit', exportAudit],
    ['admin-code', (config) => adminCode(config, { name: 'An' })],
    ['rotate-key --lost', (config) => rotateKey(config, { lost: true })],
  ])('%s makes no store where there is none, in a folder or without', async (_name, command) => {
    for (const dataDir of [folder, join(folder, 'mistyped')])
      await expect(command({ ...testConfig, place: { dataDir } })).rejects.toThrow(
        `The store (SQLite in ${dataDir}) is empty: no relay has run on it yet. Set RELAY_DATA_DIR right, or start the relay first.`,
      );
    expect(readdirSync(folder)).toEqual([]);
  });

  it('leaves the store of a newer relay alone', async () => {
    await (await makeDeps({ place: { dataDir: folder } })).close();
    onFile((database) => database.exec("insert into kysely_migration values ('9999-later', '')"));
    await expect(verifyAuditLog(config())).rejects.toThrow('A newer relay brought the store up to date (9999-later)');
    expect((await checkStore(config())).finding.ok).toBe(false);
    await expect(startRelay(config(), createLogger('silent'))).rejects.toThrow('A newer relay brought the store up to date');
  });
});

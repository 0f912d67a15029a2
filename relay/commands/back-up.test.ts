import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAgent } from '../agents/agent-records.ts';
import { sipCredentialsOf } from '../agents/sip-credentials.ts';
import { noteRestored } from '../audit/note-restored.ts';
import { verifyAudit } from '../audit/read-audit.ts';
import { recordAudit } from '../audit/record-audit.ts';
import { ensureRelayKey } from '../store/key-check.ts';
import type { StorePlace } from '../store/open-store.ts';
import { addDevice } from '../testing/device.ts';
import { makeDeps, type TestDeps, testConfig } from '../testing/make-deps.ts';
import { sampleCall } from '../testing/sample-call.ts';
import { findPostgres, startPostgres } from '../testing/start-postgres.ts';
import { backUp } from './back-up.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dialside-backup-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const configOf = (dataDir: string, relayKey = testConfig.relayKey) => ({ ...testConfig, relayKey, place: { dataDir } });

/** Runs a command as an operator would; rejects if it fails. */
async function relay(args: string[], dataDir: string): Promise<string> {
  const env = {
    ANTBUDDY_APP_ID: 'a',
    ANTBUDDY_APP_SECRET: 's',
    RELAY_KEY: testConfig.relayKey.toString('hex'),
    RELAY_DATA_DIR: dataDir,
  };
  const { stdout } = await promisify(execFile)(process.execPath, [join(import.meta.dirname, '../cli.ts'), ...args], { env });
  return stdout;
}

/** A company in use: an agent with a password, calls, and audit lines, with more calls until it is stopped. */
async function work(deps: TestDeps) {
  await ensureRelayKey(deps.store, deps.config.relayKey);
  const { id } = await createAgent(
    deps,
    { name: 'An', role: 'agent', username: 'an', sipUser: '101', sipPassword: 'canary-7' },
    'test',
  );
  const { deviceId } = await addDevice(deps, { agentId: id });
  let calls = 0;
  let working = true;
  const callAgain = async () => {
    calls += 1;
    await deps.store.transaction().execute(async (store) => {
      await recordAudit({ ...deps, store }, { actor: 'test', action: 'note.write', subject: `call:${calls}` });
      await store
        .insertInto('calls')
        .values(sampleCall({ agent_id: id, device_id: deviceId, key: String(calls), created_at: deps.now() }))
        .execute();
    });
  };
  for (let turn = 0; turn < 20; turn += 1) await callAgain();
  const going = (async () => {
    while (working) {
      await callAgain();
      // SQLite answers synchronously, so awaiting promises alone would let nothing else run.
      await setImmediate();
    }
  })();
  return {
    agentId: id,
    calls: () => calls,
    stop: () => {
      working = false;
      return going;
    },
  };
}

/**
 * Requirements of a restored store: it opens with its own key only, and has the password, every call with its audit line, and the
 * whole audit log.
 */
async function expectWhole(place: StorePlace, agentId: string, calls: [least: number, most: number]) {
  const restored = await makeDeps({ place });
  await ensureRelayKey(restored.store, restored.config.relayKey);
  await expect(ensureRelayKey(restored.store, Buffer.alloc(32, 9))).rejects.toThrow('RELAY_KEY');
  expect(await verifyAudit(restored.store, restored.config.relayKey)).toBeNull();
  expect(await sipCredentialsOf(restored, agentId)).toMatchObject({ sipPassword: 'canary-7' });
  const rows = await restored.store.selectFrom('calls').select(['key', 'state']).execute();
  const lines = await restored.store.selectFrom('audit').select('seq').where('action', '=', 'note.write').execute();
  expect(rows.length).toBeGreaterThanOrEqual(calls[0]);
  expect(rows.length).toBeLessThanOrEqual(calls[1]);
  // The copy is a snapshot of one moment.
  expect(rows.length).toBe(lines.length);
  // The audit log can be continued.
  await recordAudit(restored, { actor: 'test', action: 'key.rotate', subject: 'relay' });
  expect(await verifyAudit(restored.store, restored.config.relayKey)).toBeNull();
  await restored.close();
}

describe('relay backup', { timeout: 60_000 }, () => {
  it('copies a store that is written to, and the copy in an empty folder is a relay’s data', async () => {
    const deps = await makeDeps({ place: { dataDir: join(folder, 'data') } });
    const company = await work(deps);
    const before = company.calls();
    // In its own process, so that writes continue meanwhile.
    const said = await relay(['backup', join(folder, 'backups', 'monday.sqlite')], join(folder, 'data'));
    const after = company.calls();
    expect(after).toBeGreaterThan(before + 5);
    await company.stop();
    await deps.close();

    expect(readdirSync(join(folder, 'backups'))).toEqual(['monday.sqlite']);
    expect(statSync(join(folder, 'backups', 'monday.sqlite')).mode & 0o077).toBe(0);
    expect(said).toMatch(/monday\.sqlite holds 1 agents, \d+ placed and 0 mirrored calls/);
    const restored = await relay(['restore', join(folder, 'backups', 'monday.sqlite')], join(folder, 'restored'));
    expect(restored.split('\n')).toEqual([
      expect.stringMatching(/^The store holds 1 agents, \d+ placed and 0 mirrored calls, and the whole audit log\.$/),
      `There was no store before (SQLite in ${join(folder, 'restored')}). If a relay ran before, RELAY_DATA_DIR is not the one it had.`,
      '',
    ]);
    await expectWhole({ dataDir: join(folder, 'restored') }, company.agentId, [before - 1, after]);
  });

  const inPostgres = { ...testConfig, place: { databaseUrl: 'postgres://h/d' } };
  it.each([
    ['a file that exists', () => configOf(join(folder, 'data')), 'taken', /exists already/],
    ['a store that is not there', () => configOf(join(folder, 'nowhere')), 'new', /There is no store at .*RELAY_DATA_DIR/],
    [
      'a folder that cannot be made',
      () => configOf(join(folder, 'data')),
      'taken/new',
      /No file can be made in .*taken: .*may write/,
    ],
    ['PostgreSQL', () => inPostgres, 'new', /pg_dump/],
    ['another RELAY_KEY', () => configOf(join(folder, 'data'), Buffer.alloc(32, 9)), 'new', /RELAY_KEY is not the key/],
  ])('refuses %s in one sentence and leaves nothing', async (_what, config, name, sentence) => {
    const deps = await makeDeps({ place: { dataDir: join(folder, 'data') } });
    await ensureRelayKey(deps.store, deps.config.relayKey);
    await deps.close();
    writeFileSync(join(folder, 'taken'), 'mine');
    await expect(backUp(config(), join(folder, name))).rejects.toThrow(sentence);
    expect(readdirSync(folder).sort()).toEqual(['data', 'taken']);
  });

  it('keeps no copy of a log that was tampered with', async () => {
    const deps = await makeDeps({ place: { dataDir: join(folder, 'data') } });
    await (await work(deps)).stop();
    await deps.store.updateTable('audit').set({ actor: 'nobody' }).where('seq', '=', 3).execute();
    await deps.close();
    await expect(backUp(configOf(join(folder, 'data')), join(folder, 'copy'))).rejects.toThrow(
      'Line 3 of the audit log was changed',
    );
    expect(existsSync(join(folder, 'copy'))).toBe(false);
  });
});

const binaries = findPostgres();
const hasDump = binaries !== null && existsSync(join(binaries, 'pg_dump'));
describe.skipIf(!hasDump)(
  `pg_dump${hasDump ? '' : ' (skipped: install PostgreSQL’s client programs)'}`,
  { timeout: 90_000 },
  () => {
    it('and pg_restore, as the operating guide has them, give the relay’s data back', async () => {
      const postgres = await startPostgres();
      const databaseUrl = await postgres.createDatabase();
      const deps = await makeDeps({ place: { databaseUrl } });
      const company = await work(deps);
      expect(await noteRestored(deps)).toBe(false);
      const before = company.calls();
      const dump = join(folder, 'monday.dump');
      await promisify(execFile)(join(binaries ?? '', 'pg_dump'), ['--format=custom', `--file=${dump}`, databaseUrl]);
      await company.stop();
      await deps.close();

      const restored = await postgres.createDatabase();
      await promisify(execFile)(join(binaries ?? '', 'pg_restore'), [
        '--no-owner',
        '--exit-on-error',
        `--dbname=${restored}`,
        dump,
      ]);
      await expectWhole({ databaseUrl: restored }, company.agentId, [before - 1, company.calls()]);

      // Into the same database, whose tables pg_restore recreates.
      const clean = ['--clean', '--if-exists', '--no-owner', '--exit-on-error', `--dbname=${databaseUrl}`, dump];
      await promisify(execFile)(join(binaries ?? '', 'pg_restore'), clean);
      for (const url of [restored, databaseUrl]) {
        const again = await makeDeps({ place: { databaseUrl: url } });
        expect([await noteRestored(again), await noteRestored(again)]).toEqual([true, false]);
        expect(await verifyAudit(again.store, again.config.relayKey)).toBeNull();
        await again.close();
      }
      await postgres.stop();
    });
  },
);

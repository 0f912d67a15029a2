import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createAgent } from '../agents/agent-records.ts';
import { verifyAudit } from '../audit/read-audit.ts';
import { joinOnSqlite } from '../store/join-on-sqlite.ts';
import { ensureRelayKey } from '../store/key-check.ts';
import { makeDeps, testConfig } from '../testing/make-deps.ts';
import { backUp } from './back-up.ts';
import { restore } from './restore.ts';

let folder: string;
let said: string[];
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dialside-restore-'));
  said = [];
  await open(async (deps) => {
    await ensureRelayKey(deps.store, deps.config.relayKey);
    await createAgent(deps, { name: 'An', role: 'agent', username: 'an', sipUser: null }, 'test');
  });
  await backUp(config(), join(folder, 'backup'), () => undefined);
  await open((deps) => createAgent(deps, { name: 'Since then', role: 'agent', username: 'x', sipUser: null }, 'test'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const config = (relayKey = testConfig.relayKey) => ({ ...testConfig, relayKey, place: { dataDir: join(folder, 'data') } });
const say = (line: string) => said.push(line);
const data = () => readdirSync(join(folder, 'data')).sort();

async function open<Value>(work: (deps: Awaited<ReturnType<typeof makeDeps>>) => Promise<Value>): Promise<Value> {
  const deps = await makeDeps({ place: { dataDir: join(folder, 'data') } });
  return work(deps).finally(() => deps.close());
}
const names = () =>
  open(async ({ store }) => (await store.selectFrom('agents').select('name').orderBy('name').execute()).map(({ name }) => name));

it.each([
  ['a file', (file: string) => restore(config(), file, say)],
  ['standard input', (file: string) => restore(config(), '-', say, Readable.from([readFileSync(file)]))],
])('puts a backup from %s in the place of the store, which stays beside it', async (_, run) => {
  expect(await names()).toEqual(['An', 'Since then']);
  await run(join(folder, 'backup'));
  expect(await names()).toEqual(['An']);
  await open(async ({ store, config }) => {
    const lines = await store.selectFrom('audit').select(['actor', 'action', 'subject']).orderBy('seq').execute();
    expect(lines.map(({ action }) => action)).toEqual(['agent.create', 'store.restore']);
    expect(lines[1]).toMatchObject({ actor: 'command-line', subject: 'relay' });
    expect(await verifyAudit(store, config.relayKey)).toBeNull();
  });
  const [aside = ''] = data().filter((name) => name.startsWith('dialside.sqlite.until-') && !/-(?:wal|shm)$/.test(name));
  expect(said).toEqual([
    expect.stringMatching(/^The store holds 1 agents/),
    `What was there before is ${join(folder, 'data', aside)}. Remove it when you no longer need it.`,
  ]);
  expect(statSync(join(folder, 'data', 'dialside.sqlite')).mode & 0o077).toBe(0);
  // The previous store can be restored too.
  await restore(config(), join(folder, 'data', aside), say);
  expect(await names()).toEqual(['An', 'Since then']);
});

it.each<[string, (file: string) => Promise<void>, RegExp]>([
  [
    'a file that is not there',
    () => restore(config(), join(folder, 'nowhere'), say),
    /nowhere is not there, or the relay’s user may not read it\. Nothing was changed.* restore - < /,
  ],
  ['one that is no store', (file) => restore(config(), `${file}.txt`, say), /no copy of a relay’s store/],
  ['another RELAY_KEY', (file) => restore(config(Buffer.alloc(32, 9)), file, say), /RELAY_KEY is not the key/],
  ['PostgreSQL', (file) => restore({ ...config(), place: { databaseUrl: 'postgres://h/d' } }, file, say), /pg_restore/],
])('refuses %s and leaves the store', async (_, run, sentence) => {
  copyFileSync(join(folder, 'backup'), join(folder, 'given'));
  writeFileSync(join(folder, 'given.txt'), 'no store '.repeat(500));
  const before = data();
  await expect(run(join(folder, 'given'))).rejects.toThrow(sentence);
  expect(data()).toEqual(before);
  expect(await names()).toEqual(['An', 'Since then']);
});

it('refuses beside a relay that runs', async () => {
  const running = joinOnSqlite(join(folder, 'data'));
  await expect(restore(config(), join(folder, 'backup'), say)).rejects.toThrow(/Another relay is running on .*Stop it first/);
  await running.leave();
  expect(await names()).toEqual(['An', 'Since then']);
});

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { replaceKeyCheck } from './store/key-check.ts';
import { makeDeps } from './testing/make-deps.ts';
import { makeKeyPair } from './testing/make-key-pair.ts';
import { findPostgres, startPostgres } from './testing/start-postgres.ts';

let folder: string;
let running: ChildProcess[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dialside-cli-'));
  running = [];
});
afterEach(() => {
  for (const child of running) if (child.exitCode === null) child.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

const key = (byte: number) => Buffer.alloc(32, byte).toString('base64');

/** Starts `relay …` as an operator would, with complete settings unless overridden. */
function relay(args: string[], env: Record<string, string> = {}) {
  const settings = {
    ANTBUDDY_APP_ID: 'a',
    ANTBUDDY_APP_SECRET: 'canary-secret',
    ANTBUDDY_BASE_URL: 'http://127.0.0.1:9',
    RELAY_KEY: key(1),
  };
  const place = { RELAY_DATA_DIR: folder, RELAY_PORT: '0' };
  const child = spawn(process.execPath, [join(import.meta.dirname, 'cli.ts'), ...args], {
    env: { PATH: process.env.PATH, ...settings, ...place, ...env },
  });
  running.push(child);
  const said = { out: '', error: '' };
  child.stdout.on('data', (data) => {
    said.out += data;
  });
  child.stderr.on('data', (data) => {
    said.error += data;
  });
  return { child, said, ended: once(child, 'close').then(([code]) => ({ code: code as number, ...said })) };
}

const besideRelay = 'A relay is running on this store. Stop every relay first, then try again.\n';

/** A running relay that is listening. */
async function listening(env: Record<string, string> = {}) {
  const running = relay(['start'], { RELAY_LOG_LEVEL: 'info', ...env });
  while (!running.said.out.includes('listening')) await once(running.child.stdout, 'data');
  return running;
}

describe('the command line', { timeout: 120_000 }, () => {
  it('makes the first admin, gives codes, and keeps an audit that it can prove', async () => {
    await listening();
    const first = await relay(['admin-code']).ended;
    expect(first).toMatchObject({ code: 0, error: '' });
    expect(first.out).toMatch(/^Admin was made an admin\.\nCode for Admin: [0-9A-Z]{5}-[0-9A-Z]{5}\n.*within 10 minutes/);
    // Without a name the code is for the only admin. With --reset-passphrase a misspelt name must not create another admin.
    expect((await relay(['admin-code', '--reset-passphrase']).ended).out).toMatch(/^Code for Admin: /);
    expect(await relay(['admin-code', '--name', 'Admim', '--reset-passphrase']).ended).toMatchObject({
      code: 1,
      error: expect.stringContaining('There is no admin Admim. Give one of these with --name: Admin.'),
    });
    expect(await relay(['verify-audit']).ended).toMatchObject({ code: 0, out: 'The audit log is whole.\n' });
    const { out } = await relay(['export-audit']).ended;
    const actions = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).action);
    expect(actions).toEqual(['agent.create', 'enrolment.create', 'passphrase.reset', 'enrolment.create']);
  });

  it('moves to another key once no relay runs', async () => {
    const running = await listening();
    await relay(['admin-code']).ended;
    expect(await relay(['rotate-key'], { RELAY_NEW_KEY: key(2) }).ended).toMatchObject({ code: 1, error: besideRelay });
    const second = await relay(['start']).ended;
    expect(second).toMatchObject({
      code: 1,
      error: expect.stringMatching(/^Another relay is running on .+ RELAY_DATA_DIR .+\.\n$/),
    });
    running.child.kill('SIGKILL');
    await running.ended;
    expect(await relay(['rotate-key'], { RELAY_NEW_KEY: key(2) }).ended).toMatchObject({
      code: 0,
      out: expect.stringContaining('0 SIP passwords'),
    });
    expect(await relay(['verify-audit']).ended).toMatchObject({
      code: 2,
      error: expect.stringContaining('RELAY_KEY is not the key'),
    });
    expect(await relay(['verify-audit'], { RELAY_KEY: key(2) }).ended).toMatchObject({ code: 0 });
    expect(await relay(['rotate-key', '--lost'], { RELAY_KEY: key(3) }).ended).toMatchObject({
      code: 0,
      out: expect.stringContaining('0 SIP passwords are gone'),
    });
    expect(await relay(['verify-audit'], { RELAY_KEY: key(3) }).ended).toMatchObject({ code: 0 });
  });

  it('says what is wrong when checked', async () => {
    const { code, out } = await relay(['check'], { ANTBUDDY_ACCOUNTID: 'x', RELAY_NEW_KEY: 'x' }).ended;
    expect(code).toBe(1);
    expect(out).toContain('WRONG  There is no setting ANTBUDDY_ACCOUNTID');
    expect(out).toContain('ok     The store (SQLite');
    expect(out).toContain('WRONG  127.0.0.1:9 cannot be reached from here.');
    expect(out).not.toContain('canary-secret');
  });

  it.skipIf(findPostgres() === null)('does all of that on PostgreSQL too', async () => {
    const postgres = await startPostgres();
    const place = { RELAY_DATA_DIR: '', DATABASE_URL: await postgres.createDatabase() };
    expect(await relay(['admin-code'], place).ended).toMatchObject({
      code: 1,
      error: expect.stringMatching(
        /^The store \(PostgreSQL\) is empty: .* Set DATABASE_URL right, or start the relay first\.\n$/,
      ),
    });
    const running = await listening(place);
    expect(await relay(['admin-code'], place).ended).toMatchObject({ code: 0, error: '' });
    const { out } = await relay(['export-audit'], place).ended;
    expect(
      out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).seq),
    ).toEqual([1, 2]);
    const rotate = () => relay(['rotate-key'], { ...place, RELAY_NEW_KEY: key(2) }).ended;
    expect(await rotate()).toMatchObject({ code: 1, error: besideRelay });
    running.child.kill('SIGTERM');
    await running.ended;
    expect(await rotate()).toMatchObject({ code: 0 });
    expect(await relay(['verify-audit'], { ...place, RELAY_KEY: key(2) }).ended).toMatchObject({
      code: 0,
      out: 'The audit log is whole.\n',
    });
    expect(await relay(['verify-audit'], place).ended).toMatchObject({
      code: 2,
      error: expect.stringContaining('RELAY_KEY is not the key'),
    });
    await postgres.stop();
    expect(await relay(['verify-audit'], place).ended).toMatchObject({
      code: 1,
      error: expect.stringMatching(
        /^The PostgreSQL store cannot be used: .*ECONNREFUSED.*\. Look at DATABASE_URL and at the server\.\n$/,
      ),
    });
  });

  it.each([
    [['rotate-key'], {}, 2, /^Set RELAY_NEW_KEY \(or RELAY_NEW_KEY_FILE\) to the key to change to/],
    [['rotate-key'], { RELAY_NEW_KEY: 'short' }, 2, /^RELAY_NEW_KEY must be 32 bytes/],
    [
      ['verify-audit'],
      { RELAY_DATA_DIR: '/dev/null/x' },
      1,
      /^The SQLite store in \/dev\/null\/x cannot be used: .* Look at RELAY_DATA_DIR/,
    ],
    [['backup'], {}, 1, /missing required argument 'file'/],
    [['dial'], {}, 1, /unknown command 'dial'/],
  ] as [string[], Record<string, string>, number, RegExp][])(
    '%j with %j ends with %d and a sentence',
    async (args, env, code, sentence) => {
      expect(await relay(args, env).ended).toMatchObject({ code, out: '', error: expect.stringMatching(sentence) });
    },
  );

  it.each([
    [{ RELAY_KEY: '' }, 'Set RELAY_KEY (or RELAY_KEY_FILE) to 32 random bytes, for instance from `openssl rand -base64 32`.\n'],
    [{ RELAY_PORT: 'x' }, 'RELAY_PORT must be a whole number from 0 to 65535.\n'],
  ])('does not start with %j', async (env, sentence) => {
    expect(await relay(['start'], env).ended).toEqual({ code: 2, out: '', error: sentence });
  });

  it.each([
    ['SIGTERM', { RELAY_HOME_REGION: 'JP' }, 'Asia/Tokyo'],
    ['SIGINT', { TZ: 'Europe/Berlin' }, 'Europe/Berlin'],
  ] as const)('runs until %s, with %j by the clock of %s', async (signal, env, zone) => {
    const { child, ended } = await listening(env);
    child.kill(signal);
    const { code, out } = await ended;
    expect(code).toBe(0);
    expect(out).toContain(`"timeZone":"${zone}"`);
    expect(out).toContain('the relay stopped');
  });

  it('ends by itself when its store moved to another key', async () => {
    const { ended } = await listening();
    const deps = await makeDeps({ place: { dataDir: folder } });
    await replaceKeyCheck(deps.store, Buffer.alloc(32, 2));
    await deps.close();
    expect(await ended).toMatchObject({ code: 2, error: expect.stringContaining('RELAY_KEY is not the key') });
  });

  it('takes a renewed key pair on SIGHUP, and keeps the old one when the new one is broken', async () => {
    const files = { RELAY_TLS_CERT_FILE: join(folder, 'cert.pem'), RELAY_TLS_KEY_FILE: join(folder, 'key.pem') };
    const makePair = (name: string) => makeKeyPair(files.RELAY_TLS_CERT_FILE, files.RELAY_TLS_KEY_FILE, name);
    makePair('first.test');
    const { child, said, ended } = relay(['start'], { ...files, RELAY_LOG_LEVEL: 'info' });
    const until = async (text: string) => {
      while (!said.out.includes(text)) await once(child.stdout, 'data');
    };
    await until('listening');
    const { port } = JSON.parse(said.out.split('\n').find((line) => line.includes('listening')) ?? '{}');
    expect(await certifiedName(port)).toBe('first.test');

    makePair('second.test');
    child.kill('SIGHUP');
    await until('read anew');
    expect(await certifiedName(port)).toBe('second.test');

    writeFileSync(files.RELAY_TLS_CERT_FILE, 'no certificate');
    child.kill('SIGHUP');
    await until('cannot be read');
    expect(await certifiedName(port)).toBe('second.test');
    child.kill('SIGTERM');
    expect((await ended).code).toBe(0);
  });

  it('outlives SIGHUP without a key pair', async () => {
    const { child, said, ended } = await listening();
    child.kill('SIGHUP');
    while (!said.out.includes('"renewed":false')) await once(child.stdout, 'data');
    child.kill('SIGTERM');
    expect((await ended).code).toBe(0);
  });
});

/** The common name in the server's certificate. */
async function certifiedName(port: number): Promise<unknown> {
  const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false });
  await once(socket, 'secureConnect');
  const { CN } = socket.getPeerCertificate().subject;
  socket.destroy();
  return CN;
}

import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Server } from 'socket.io';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AntBuddy, startAntBuddy } from '../../sandbox/antbuddy/start-antbuddy.ts';
import { createAgent } from '../agents/agent-records.ts';
import { recordAudit } from '../audit/record-audit.ts';
import type { RelayConfig } from '../config.ts';
import { readNetwork } from '../http/client-address.ts';
import { ensureRelayKey } from '../store/key-check.ts';
import { makeDeps, testConfig } from '../testing/make-deps.ts';
import { check } from './check.ts';

let folder: string;
let antbuddy: AntBuddy | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dialside-check-'));
});
afterEach(async () => {
  await antbuddy?.stop();
  antbuddy = undefined;
  rmSync(folder, { recursive: true });
});

/** The printed lines, and whether the command fails. */
async function run(changed: Partial<RelayConfig>, upstream: Partial<RelayConfig['antbuddy']>, strange: string[] = []) {
  const lines: string[] = [];
  const mediaHosts = antbuddy ? [new URL(antbuddy.mediaUrl).host] : [];
  const settings = { ...testConfig.antbuddy, mediaHosts, ...upstream };
  const config = { ...testConfig, place: { dataDir: folder }, ...changed, antbuddy: settings };
  const fails = await check(config, undefined, (line) => lines.push(line), strange).then(
    () => false,
    () => true,
  );
  return { fails, text: lines.join('\n') };
}

async function startSignals(prepare: (server: Server) => void) {
  const http = createServer((_request, answer) => answer.end());
  const signals = new Server(http);
  prepare(signals);
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const { port } = http.address() as { port: number };
  return { signals, signalUrl: new URL(`http://127.0.0.1:${port}`) };
}

const orders = ['appId-first', 'appId-last'] as const;
const firmly = (hashOrder: string) => `AntBuddy accepts the credentials with ANTBUDDY_HASH_ORDER=${hashOrder}.`;

describe('relay check', { timeout: 30_000 }, () => {
  it.each(orders.flatMap((theirs) => orders.map((ours) => [theirs, ours] as const)))(
    'where AntBuddy wants %s and %s is set',
    async (theirs, ours) => {
      antbuddy = await startAntBuddy({ hashOrder: theirs, seed: { calls: 3 } });
      const { appId, appSecret, url } = antbuddy;
      const { fails, text } = await run({}, { appId, appSecret, baseUrl: new URL(url), hashOrder: ours });
      expect(text).toContain(`ok     ${firmly(theirs)}`);
      // The response's Date header has whole seconds.
      expect(text).toMatch(/this clock differs from its clock by [0-2] s\./);
      expect(fails).toBe(theirs !== ours);
      if (theirs !== ours)
        expect(text).toContain(`WRONG  AntBuddy refuses ANTBUDDY_HASH_ORDER=${ours}. Set ANTBUDDY_HASH_ORDER=${theirs}.`);
      else expect(text).not.toContain('WRONG');
    },
  );

  it('names what is no setting', async () => {
    antbuddy = await startAntBuddy({ seed: { calls: 0 } });
    const { appId, appSecret, url } = antbuddy;
    const { fails, text } = await run({}, { appId, appSecret, baseUrl: new URL(url) }, ['RELAY_HOME_REGON']);
    expect([fails, text]).toEqual([true, expect.stringContaining('WRONG  There is no setting RELAY_HOME_REGON:')]);
  });

  it('tells that neither order is taken when the secret is wrong, without telling the secret', async () => {
    antbuddy = await startAntBuddy({ seed: { calls: 0 } });
    const { appId, url } = antbuddy;
    const { fails, text } = await run({}, { appId, appSecret: 'canary-secret', baseUrl: new URL(url) });
    expect(fails).toBe(true);
    for (const order of orders) {
      const start = `WRONG  AntBuddy, asked with ANTBUDDY_HASH_ORDER=${order}: the signature is not`;
      expect(text).toContain(`${start} the one that AntBuddy expects (HTTP 400 HASH_NOT_MATCH). Is ANTBUDDY_APP_SECRET right?`);
    }
    expect(text).not.toContain('canary');
  });

  const at = (antbuddy: AntBuddy) => ({ appId: antbuddy.appId, appSecret: antbuddy.appSecret, baseUrl: new URL(antbuddy.url) });

  it.each([
    ['another appId', null, { appId: 'other' }, 'AntBuddy does not know the appId (HTTP 400 APPID_NOT_FOUND).'],
    [
      'a firewall',
      { kind: 'answer', status: 403, body: '<html>' },
      {},
      'a firewall in between, lets nobody in from here (HTTP 403).',
    ],
    ['another server', { kind: 'answer', status: 404 }, {}, "no answer of AntBuddy's API (HTTP 404). Is ANTBUDDY_BASE_URL right"],
    [
      'the rate limit',
      { kind: 'status', status: 503 },
      {},
      'has received too many requests (HTTP 503 TOO_MANY_REQUESTS). Check again in a minute.',
    ],
    ['an error', { kind: 'status', status: 500 }, {}, 'AntBuddy reports an error (HTTP 500 INTERNAL_ERROR).'],
  ] as const)('tells %s from a wrong secret', async (_what, fault, change, end) => {
    antbuddy = await startAntBuddy({ seed: { calls: 0 } });
    if (fault) antbuddy.control.fault({ endpoint: 'histories', ...fault });
    const { fails, text } = await run({}, { ...at(antbuddy), ...change });
    expect(fails).toBe(true);
    for (const order of orders) expect(text).toMatch(new RegExp(`WRONG {2}AntBuddy, asked with ANTBUDDY_HASH_ORDER=${order}: `));
    expect(text).toContain(end);
  });

  it.each(orders)('says that the order is right where only the shape of the answer is not known, with %s set', async (ours) => {
    antbuddy = await startAntBuddy({ envelope: 'too-deep', seed: { calls: 3 } });
    const { text } = await run({}, { ...at(antbuddy), hashOrder: ours });
    expect(text).toContain(`WRONG  ${firmly('appId-first').slice(0, -1)}, but its list of calls has a shape`);
    const other = 'AntBuddy refuses ANTBUDDY_HASH_ORDER=appId-last';
    expect(text).toContain(
      ours === 'appId-last' ? `WRONG  ${other}. Set ANTBUDDY_HASH_ORDER=appId-first.` : `ok     ${other}, which`,
    );
  });

  it.each([
    [
      { calls: 30 },
      {},
      /ok {5}The records of calls are read, such as one of \d{4}-\d\d-\d\dT[\d:]+\.000Z, (out|in)bound|internal\.\n/,
    ],
    [{ calls: 0 }, {}, /ok {5}AntBuddy tells of no call of the last 31 days\./],
    [{ calls: 30 }, { recordFields: 'renamed' }, /WRONG {2}None of the \d+ records .* can be read \(unreadable unix_timestamp\)/],
  ] as const)('reads records of %j with %j', async (seed, answers, line) => {
    antbuddy = await startAntBuddy({ seed: { ...seed, days: 20 }, ...answers });
    const { fails, text } = await run({}, at(antbuddy));
    expect(text).toMatch(line);
    expect(fails).toBe('recordFields' in answers);
  });

  it.each([
    ['of the last hour', 600_000, ['1 h', '1 h']],
    ['of the third day', 2.5 * 86_400_000, ['1 h', '1 h', '24 h', '24 h', '24 h']],
  ])('asks for no more than a day at a time, newest first, until calls come: %s', async (_what, ageMs, asked) => {
    const spans: string[] = [];
    const theirs = createServer((request, response) => {
      const query = new URL(request.url ?? '', 'http://x').searchParams;
      const [from, to] = ['created_from', 'created_to'].map((name) => Date.parse(query.get(name) ?? '')) as [number, number];
      const at = Date.now() - ageMs;
      if (from) spans.push(`${Math.round((to - from) / 3_600_000)} h`);
      const call = { caller: { number: '1001' }, callee: { number: '0912345678' }, unix_timestamp: Math.floor(at / 1000) };
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ data: from <= at && at <= to ? [call] : [] }));
    });
    await new Promise<void>((resolve) => theirs.listen(0, '127.0.0.1', resolve));
    const { port } = theirs.address() as { port: number };
    await run({}, { baseUrl: new URL(`http://127.0.0.1:${port}`) });
    theirs.close();
    expect(spans).toEqual(asked);
  });

  it.each([
    ['where they may be', null, 'ok     Recordings are at 127.0.0.1:'],
    [
      'elsewhere',
      'https://cdn.example.vn',
      'WRONG  Recordings are at cdn.example.vn, which is not allowed: none would play. Set ANTBUDDY_MEDIA_HOSTS=',
    ],
    ['at a port', 'https://cdn.example.vn:8443', ',cdn.example.vn:8443\n'],
    ['without TLS', 'http://cdn.example.vn', 'WRONG  Recordings are at cdn.example.vn by http://, and the relay'],
  ])('asks where recordings are: %s', async (_what, mediaOrigin, line) => {
    antbuddy = await startAntBuddy({ seed: { calls: 30, days: 20 }, mediaOrigin });
    const { fails, text } = await run({}, at(antbuddy));
    expect(text).toContain(line);
    expect(fails).toBe(mediaOrigin !== null);
    expect(text).not.toContain('Signature');
  });

  it.each([
    [
      'says that it has none',
      { kind: 'answer', status: 400 },
      'ok     Asked where the newest recording is: AntBuddy says that it has none',
    ],
    ['fails', { kind: 'status', status: 500 }, 'WRONG  Asked where the newest recording is: AntBuddy reports an error (HTTP 500'],
  ] as const)('asks where recordings are of an AntBuddy that %s', async (_what, fault, line) => {
    antbuddy = await startAntBuddy({ seed: { calls: 30, days: 20 } });
    antbuddy.control.fault({ endpoint: 'play_recording', ...fault });
    expect((await run({}, at(antbuddy))).text).toContain(line);
  });

  const mapDevice = async (sip: { sipUser: string; sipPassword: string }) => {
    const deps = await makeDeps({ place: { dataDir: folder } });
    await createAgent(deps, { name: 'An', role: 'agent', username: null, ...sip }, 'test');
    await deps.close();
  };

  it.each([
    [
      'the right header',
      {},
      null,
      'ok     AntBuddy accepts ANTBUDDY_AUTH_HEADER=x-auth-app-hash: it gave a voice token of SIP user',
    ],
    [
      'another header',
      { authHeader: 'x-auth-app-token' },
      null,
      /WRONG {2}Asked for .*AntBuddy refuses ANTBUDDY_AUTH_HEADER=x-auth-app-token/,
    ],
    [
      'a password that is wrong',
      {},
      'wrong',
      'ok     AntBuddy accepts ANTBUDDY_AUTH_HEADER=x-auth-app-hash, but gives no voice token of SIP user',
    ],
  ] as const)('tries the header of the signature with %s', async (_what, changed, password, line) => {
    antbuddy = await startAntBuddy({ seed: { calls: 0 } });
    const { appId, appSecret, url, control } = antbuddy;
    const { sipUser, sipPassword } = control.credentials().devices[0]!;
    await mapDevice({ sipUser, sipPassword: password ?? sipPassword });
    const { fails, text } = await run({}, { appId, appSecret, baseUrl: new URL(url), ...changed });
    expect(text).toMatch(line);
    expect(fails).toBe('authHeader' in changed);
    expect(control.dials()).toEqual([]);
    expect(text).not.toContain(sipPassword);
  });

  it.each([
    [400, '{"success":false,"message":"INVALID_SIP_USER"}', 'HTTP 400 INVALID_SIP_USER'],
    [400, 'Bad Request', 'HTTP 400'],
    [200, '{"status":400}', 'HTTP 200 with status 400'],
  ])('does not take %i %s for an offline device where a wrong signature gets it too', async (status, body, told) => {
    antbuddy = await startAntBuddy({ seed: { calls: 0 } });
    const { appId, appSecret, url, control } = antbuddy;
    control.fault({ endpoint: 'auth_token', kind: 'answer', status, body });
    await mapDevice(control.credentials().devices[0]!);
    const { fails, text } = await run({}, { appId, appSecret, baseUrl: new URL(url) });
    expect(text).toContain(`AntBuddy says the same (${told}) to a wrong signature, so it does not look at ANTBUDDY_AUTH_HEADER=`);
    expect([fails, text.includes('ok     AntBuddy accepts ANTBUDDY_AUTH_HEADER')]).toEqual([true, false]);
  });

  it('says that the end of a token cannot be read, and nothing of the address', async () => {
    antbuddy = await startAntBuddy({ seed: { calls: 0 } });
    const { appId, appSecret, url, control } = antbuddy;
    control.fault({ endpoint: 'auth_token', kind: 'answer', body: '{"value":"t","expire":"soon"}' });
    await mapDevice(control.credentials().devices[0]!);
    const { fails, text } = await run({}, { appId, appSecret, baseUrl: new URL(url) });
    expect(text).toMatch(/ok {5}AntBuddy accepts ANTBUDDY_AUTH_HEADER=.* But the expire of a voice token cannot be read/);
    expect(fails).toBe(false);
  });

  it('tells of an AntBuddy that gives no tokens where they should be', async () => {
    antbuddy = await startAntBuddy({ seed: { calls: 0 } });
    const { appId, appSecret, url, control } = antbuddy;
    control.fault({ endpoint: 'auth_token', kind: 'answer', status: 404 });
    await mapDevice(control.credentials().devices[0]!);
    const { fails, text } = await run({}, { appId, appSecret, baseUrl: new URL(url) });
    expect(text).toMatch(/WRONG {2}Asked for a voice token of SIP user .*Is ANTBUDDY_BASE_URL right/);
    expect(fails).toBe(true);
  });

  it('says that the header was not tried while no agent has a device', async () => {
    antbuddy = await startAntBuddy({ seed: { calls: 0 } });
    const { appId, appSecret, url } = antbuddy;
    const { text } = await run({}, { appId, appSecret, baseUrl: new URL(url) });
    expect(text).toContain('There was no SIP device to try ANTBUDDY_AUTH_HEADER=x-auth-app-hash with.');
  });

  it.each([
    ['is there', {}, null, 'ok     ', 'is reached and said nothing against the subscription; a call will tell.'],
    ['cannot be tried for want of a device', { mapped: false }, null, 'ok     ', 'no subscription was tried.'],
    ['is not there', { signalUrl: 'http://127.0.0.1:9' }, null, 'WRONG  ', 'Open port 9 outwards, set ANTBUDDY_SIGNAL_URL'],
    ['is another server', { signalUrl: 'api' }, null, 'WRONG  ', 'answers, but not as expected'],
    ['refuses the account', { accountId: 'other' }, 'close', 'WRONG  ', 'refuses the subscription (error)'],
    ['says no and stays', { accountId: 'other' }, 'tell', 'WRONG  ', 'refuses the subscription (auth_failure)'],
    ['says nothing and closes', { accountId: 'other' }, 'silent', 'WRONG  ', 'refuses the subscription (disconnected)'],
  ] as const)('the signal server where there is an account: it %s', async (_what, changed, refusals, start, end) => {
    antbuddy = await startAntBuddy({ seed: { calls: 0 }, refusals: refusals ?? 'close' });
    const { appId, appSecret, url, accountId, signalUrl, control } = antbuddy;
    if (!('mapped' in changed)) await mapDevice(control.credentials().devices[0]!);
    const settings = { appId, appSecret, baseUrl: new URL(url) };
    const at = 'signalUrl' in changed ? changed.signalUrl.replace('api', url) : signalUrl;
    const there = { accountId, ...changed, signalUrl: new URL(at) };
    const { fails, text } = await run({}, { ...settings, ...there });
    const line = text.split('\n').find((one) => one.includes('signal server'));
    expect(line).toMatch(new RegExp(`^${start}The signal server`));
    expect(line).toContain(end);
    expect(fails).toBe(start === 'WRONG  ');
    expect((await run({}, settings)).text).not.toContain('signal server');
  });

  it.each([
    ['closes what connects', (server: Server) => server.engine.on('connection', (one: { close(): void }) => one.close())],
    ['lets nobody in', (server: Server) => server.use(() => {})],
  ])('a signal server that %s', async (_what, prepare) => {
    antbuddy = await startAntBuddy({});
    const { appId, appSecret, url, accountId } = antbuddy;
    const { signals, signalUrl } = await startSignals(prepare);
    const { text, fails } = await run({}, { appId, appSecret, baseUrl: new URL(url), accountId, signalUrl });
    await signals.close();
    expect(text).toContain(`WRONG  The signal server ${signalUrl.host} answers, but not as expected: it lets nobody in`);
    expect(fails).toBe(true);
  });

  it('names what the signal server sends that is neither a call nor an answer', async () => {
    antbuddy = await startAntBuddy({ seed: { calls: 0 } });
    const { appId, appSecret, url, accountId, control } = antbuddy;
    await mapDevice(control.credentials().devices[0]!);
    const { signals, signalUrl } = await startSignals((server) =>
      server.on('connection', (socket) =>
        socket.on('subscribe', () => {
          for (const name of ['queue_state', 'queue_state', 'odd\u001b[2J', 'call_created']) socket.emit(name, {});
        }),
      ),
    );
    const { text } = await run({}, { appId, appSecret, baseUrl: new URL(url), accountId, signalUrl });
    expect(text).toContain('It sent what the relay cannot read: queue_state, odd??2J, call_created.');
    await signals.close();
  });

  it.each([
    [-3_600_000, true],
    [4_000, false],
    [-60_000, true],
  ])('compares clocks: theirs is %d ms off', async (offset, isWrong) => {
    const server = createServer((_, response) =>
      response.writeHead(503, { date: new Date(Date.now() + offset).toUTCString() }).end(),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const { text } = await run({}, { baseUrl: new URL(`http://127.0.0.1:${port}`) });
    expect(/(ok {4}|WRONG) .*this clock differs/.exec(text)?.[1]?.trim()).toBe(isWrong ? 'WRONG' : 'ok');
    await new Promise((resolve) => server.close(resolve).closeAllConnections());
  });

  it.each([
    ['another RELAY_KEY', {}, 'RELAY_KEY is not the key'],
    ['a changed audit log', { tampered: true }, 'Line 1 of the audit log was changed.'],
  ] as [string, { tampered?: boolean }, string][])('finds %s', async (_what, { tampered }, sentence) => {
    const deps = await makeDeps({ place: { dataDir: folder } });
    await recordAudit(deps, { actor: 'a', action: 'key.rotate', subject: 'c' });
    if (tampered) await deps.store.updateTable('audit').set({ actor: 'x' }).execute();
    if (!tampered) await ensureRelayKey(deps.store, Buffer.alloc(32, 9));
    await deps.close();
    const { fails, text } = await run({}, {});
    expect([fails, text]).toEqual([true, expect.stringContaining(sentence)]);
  });

  it('leaves a store that is new as empty as it was, whatever RELAY_KEY is', async () => {
    for (const dataDir of [folder, join(folder, 'mistyped', 'folder')]) {
      const { text } = await run({ place: { dataDir }, relayKey: Buffer.alloc(32, 9) }, {});
      expect(text).toContain(
        `ok     The store (SQLite in ${dataDir}) is empty: the first start makes it and ties it to RELAY_KEY.`,
      );
      expect(text).toContain('If a relay ran before, RELAY_DATA_DIR is not the one it had.\n');
    }
    expect(readdirSync(folder)).toEqual([]);
    const deps = await makeDeps({ place: { dataDir: folder } });
    await ensureRelayKey(deps.store, testConfig.relayKey);
    await deps.close();
    expect((await run({}, {})).text).toContain('RELAY_KEY fits it, and the audit log is whole.\n');
  });

  it('finds a store that cannot be made', async () => {
    const { text } = await run({ place: { dataDir: '/dev/null/x' } }, {});
    expect(text).toContain('WRONG  The store (SQLite in /dev/null/x) does not open: ENOTDIR');
  });

  it.each([
    ['https://dialside.example.vn', true],
    ['https://relay.example.com/calls', true],
    ['https://relay.test', false],
    ['https://goi.examples.vn', false],
  ])('takes %s for an example: %s', async (publicUrl, isExample) => {
    const { text } = await run({ publicUrl }, {});
    expect(text.includes(`WRONG  RELAY_PUBLIC_URL is still an example, ${publicUrl}`)).toBe(isExample);
  });

  it.each([
    ['a proxy that nobody named', {}, true],
    ['a proxy that is named', { trustedProxies: [readNetwork('127.0.0.1')!] }, false],
    ['no proxy', { tls: { cert: 'x', key: 'x' } }, false],
    ['this machine alone', { publicUrl: 'http://127.0.0.1:4600' }, false],
  ])('says whether RELAY_TRUSTED_PROXIES is missing: %s', async (_what, changed, isSaid) => {
    const { text } = await run({ publicUrl: 'https://relay.test', ...changed }, {});
    expect(text.includes('RELAY_TRUSTED_PROXIES does not name it')).toBe(isSaid);
  });

  it('finds a store that cannot be reached', async () => {
    const { text } = await run({ place: { databaseUrl: 'postgres://u:canary-word@127.0.0.1:9/d' } }, {});
    expect(text).toContain('WRONG  The store (PostgreSQL) does not open');
    expect(text).not.toContain('canary');
  });
});

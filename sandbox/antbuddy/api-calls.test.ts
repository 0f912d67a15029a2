import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createManualClock } from './clock.ts';
import { checksum } from './hash.ts';
import { signedClient } from './signed-client.ts';
import { type AntBuddy, startAntBuddy } from './start-antbuddy.ts';

const clock = createManualClock(Date.UTC(2026, 2, 10, 3));
const credentials = { sipUser: 'mailan101', sipPassword: 'sip-mailan-4Tq8' };
let antbuddy: AntBuddy;
let client: ReturnType<typeof signedClient>;

beforeAll(async () => {
  antbuddy = await startAntBuddy({ clock, seed: { calls: 0 } });
  client = signedClient(antbuddy);
});
beforeEach(() => antbuddy.control.reset());
afterAll(() => antbuddy.stop());

const messageOf = async (response: Response) => {
  expect(response.headers.get('content-type')).toMatch(/^application\/json/);
  const body = await response.json();
  expect(body).toEqual({ success: false, message: expect.any(String) });
  return [response.status, body.message];
};

describe.each([
  ['click-to-call', 'call/click-to-call/0912345678'],
  ['auth_token', 'voice/auth_token'],
])('POST %s', (_endpoint, path) => {
  const post = (headers: Record<string, string>, body: string) =>
    fetch(`${antbuddy.url}/oapi/v1/${path}`, { method: 'POST', headers, body });
  const without = (name: string) => Object.fromEntries(Object.entries(client.headers).filter(([key]) => key !== name));

  it('answers the right request', async () => {
    expect((await post(client.headers, JSON.stringify(credentials))).status).toBe(200);
    expect(antbuddy.control.violations()).toEqual([]);
  });

  it.each([
    ['no app id', () => without('x-auth-app-id'), 'APPID_MISSING'],
    ['another app id', () => ({ ...client.headers, 'x-auth-app-id': '1' }), 'APPID_NOT_FOUND'],
    ['no hash', () => without('x-auth-app-hash'), 'HASH_NOT_MATCH'],
    ['another hash', () => ({ ...client.headers, 'x-auth-app-hash': checksum('x') }), 'HASH_NOT_MATCH'],
    [
      'the cut-off header name',
      () => ({ ...without('x-auth-app-hash'), 'x-auth-app-': client.headers['x-auth-app-hash'] }),
      'HASH_NOT_MATCH',
    ],
    ['a form', () => ({ ...client.headers, 'content-type': 'application/x-www-form-urlencoded' }), 'INVALID_CONTENT_TYPE'],
  ])('refuses %s', async (_name, headers, message) => {
    expect(await messageOf(await post(headers(), JSON.stringify(credentials)))).toEqual([400, message]);
  });

  it.each([
    ['no body', ''],
    ['no JSON', 'sipUser=mailan101'],
    ['a list', '[]'],
    ['no password', '{"sipUser":"mailan101"}'],
    ['an empty user', '{"sipUser":"","sipPassword":"x"}'],
    ['a number for a password', '{"sipUser":"mailan101","sipPassword":1}'],
    ['a further key', JSON.stringify({ ...credentials, number: '1' })],
  ])('refuses %s', async (_name, body) => {
    expect(await messageOf(await post(client.headers, body))).toEqual([400, 'INVALID_PARAMETER']);
  });

  it.each([
    ['a wrong password', { ...credentials, sipPassword: 'guess' }],
    ['an unknown device', { ...credentials, sipUser: 'nobody999' }],
  ])('answers %s like a device that is offline', async (_name, body) => {
    const response = await post(client.headers, JSON.stringify(body));
    expect([response.status, await response.text()]).toEqual([400, 'Bad Request']);
    expect(antbuddy.control.dials()).toEqual([]);
  });
});

describe('POST call/click-to-call/:number', () => {
  it.each([
    ['plain', 400, 'Bad Request'],
    ['empty', 400, ''],
    ['json', 400, '{"success":false,"message":"DEVICE_OFFLINE"}'],
    ['status', 200, '{"status":400,"message":"Device offline"}'],
  ] as const)('refuses an offline device, body %s', async (offlineBody, status, text) => {
    antbuddy.control.answers({ offlineBody });
    antbuddy.control.putDevice({ sipUser: 'mailan101', online: false });
    const response = await client.dial('0912345678', credentials);
    antbuddy.control.putDevice({ sipUser: 'mailan101', online: true });
    antbuddy.control.answers({ offlineBody: 'plain' });
    expect([response.status, await response.text(), antbuddy.control.dials()]).toEqual([status, text, []]);
  });

  it.each([
    ['json', '{"success":true}'],
    ['plain', 'OK'],
    ['empty', ''],
    ['status', '{"status":200}'],
  ] as const)('takes a call, body %s', async (acceptedBody, text) => {
    antbuddy.control.answers({ acceptedBody });
    const response = await client.dial('0912345678', credentials);
    antbuddy.control.answers({ acceptedBody: 'json' });
    expect([response.status, await response.text(), antbuddy.control.dials().length]).toEqual([200, text, 1]);
  });

  it.each(['0912345678', '02873019555', '19006364', '006567891234', '+84912345678', '*98', 'quochuy102'])(
    'dials %s',
    async (number) => {
      expect((await client.dial(number, credentials)).status).toBe(200);
      expect(antbuddy.control.dials()).toMatchObject([{ at: clock.now(), sipUser: 'mailan101', number }]);
      expect(antbuddy.control.dialCounts()).toEqual({ [number]: 1 });
    },
  );

  it.each(['0912 345 678', 'phone', '0912/345', '1', '0912345678;ext=1', '9'.repeat(21)])(
    'refuses to dial %s',
    async (number) => {
      expect(await messageOf(await client.dial(number, credentials))).toEqual([400, 'INVALID_PARAMETER']);
      expect(antbuddy.control.dials()).toEqual([]);
    },
  );
});

describe('POST voice/auth_token', () => {
  const end = clock.now() + 3_600_000;
  it.each([
    ['seconds', end / 1000],
    ['milliseconds', end],
    ['iso', new Date(end).toISOString()],
    ['relative', 3600],
  ] as const)('gives expire as %s', async (expireFormat, expire) => {
    antbuddy.control.answers({ expireFormat });
    const body = await (await client.authToken(credentials)).json();
    antbuddy.control.answers({ expireFormat: 'seconds' });
    expect(body).toEqual({ value: expect.stringMatching(/^[\w-]+\.[\w-]{32}$/), expire });
  });

  it('gives another token each time', async () => {
    const values = [await client.authToken(credentials), await client.authToken(credentials)].map(
      async (each) => (await each.json()).value,
    );
    expect(new Set(await Promise.all(values)).size).toBe(2);
  });
});

describe('methods', () => {
  it.each([
    ['POST', 'call/histories'],
    ['PUT', 'call/play_recording'],
    ['GET', 'call/click-to-call/0912345678'],
    ['DELETE', 'voice/auth_token'],
    ['GET', 'call/everything'],
    ['POST', 'call/click-to-call'],
  ])('does not support %s %s', async (method, path) => {
    const response = await fetch(`${antbuddy.url}/oapi/v1/${path}`, { method, headers: client.headers });
    expect(await messageOf(response)).toEqual([400, 'METHOD_NOT_SUPPORT']);
  });
});

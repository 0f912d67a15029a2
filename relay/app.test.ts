import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from './app.ts';
import { ErrorBodySchema, errorTable } from './contract.ts';
import { type Guard, operations } from './docs/operations.ts';
import { addDevice, makeKey, type TestDevice } from './testing/device.ts';
import { makeDeps, type TestDeps } from './testing/make-deps.ts';

/** Guards that require a device token; the others are tested with the routes they guard. */
type TokenGuard = Exclude<Guard, 'open' | 'proof' | 'ticket'>;

const id = '3b241101-e2bb-4255-8caf-4136c566a962';

/** The code with which a guard refuses each principal; null if the request reaches the route. */
const principals: Record<string, Record<TokenGuard, string | null>> = {
  nobody: { agent: 'unauthenticated', admin: 'unauthenticated', 'step-up': 'unauthenticated' },
  'bearer scheme': { agent: 'unauthenticated', admin: 'unauthenticated', 'step-up': 'unauthenticated' },
  'unknown token': { agent: 'unauthenticated', admin: 'unauthenticated', 'step-up': 'unauthenticated' },
  'no proof': { agent: 'proof_rejected', admin: 'proof_rejected', 'step-up': 'proof_rejected' },
  'another key': { agent: 'proof_rejected', admin: 'proof_rejected', 'step-up': 'proof_rejected' },
  'stale proof': { agent: 'proof_stale', admin: 'proof_stale', 'step-up': 'proof_stale' },
  'used proof': { agent: 'proof_used', admin: 'proof_used', 'step-up': 'proof_used' },
  'revoked admin': { agent: 'device_revoked', admin: 'device_revoked', 'step-up': 'device_revoked' },
  agent: { agent: null, admin: 'admin_only', 'step-up': 'admin_only' },
  admin: { agent: null, admin: null, 'step-up': 'step_up_required' },
  'admin with old step-up': { agent: null, admin: null, 'step-up': 'step_up_required' },
  'admin with step-up': { agent: null, admin: null, 'step-up': null },
};
const doorCodes = new Set([
  'unauthenticated',
  'proof_rejected',
  'proof_used',
  'proof_stale',
  'device_revoked',
  'admin_only',
  'step_up_required',
]);

let deps: TestDeps;
let app: ReturnType<typeof createApp>;
let devices: Record<'agent' | 'admin' | 'revoked' | 'steppedUp' | 'oldStepUp', TestDevice>;

beforeAll(async () => {
  deps = await makeDeps();
  app = createApp(deps);
  devices = {
    agent: await addDevice(deps),
    admin: await addDevice(deps, { role: 'admin' }),
    revoked: await addDevice(deps, { role: 'admin', steppedUp: true }),
    steppedUp: await addDevice(deps, { role: 'admin', steppedUp: true }),
    oldStepUp: await addDevice(deps, { role: 'admin' }),
  };
  await deps.store.updateTable('devices').set({ revoked_at: 1 }).where('id', '=', devices.revoked.deviceId).execute();
  await deps.store
    .updateTable('devices')
    .set({ step_up_until: deps.now() })
    .where('id', '=', devices.oldStepUp.deviceId)
    .execute();
});
afterAll(() => deps.close());

async function headersOf(principal: string, method: string, path: string): Promise<Record<string, string>> {
  const { agent, admin, revoked, steppedUp, oldStepUp } = devices;
  const right = await steppedUp.headers(method, path);
  switch (principal) {
    case 'nobody':
      return {};
    case 'bearer scheme':
      return { ...right, authorization: `Bearer ${steppedUp.token}` };
    case 'unknown token':
      return { ...right, authorization: `DPoP ${'A'.repeat(43)}` };
    case 'no proof':
      return { authorization: `DPoP ${steppedUp.token}` };
    case 'another key': {
      const key = await makeKey();
      return { ...right, dpop: await key.prove(method, deps.config.publicUrl + path, deps.now(), { token: steppedUp.token }) };
    }
    case 'stale proof':
      return steppedUp.headers(method, path, { claims: { iat: deps.now() / 1000 - 31 } });
    case 'used proof':
      await app.request(path, { method, headers: right });
      return right;
    case 'revoked admin':
      return revoked.headers(method, path);
    case 'agent':
      return agent.headers(method, path);
    case 'admin':
      return admin.headers(method, path);
    case 'admin with old step-up':
      return oldStepUp.headers(method, path);
    default:
      return right;
  }
}

const pathOf = (pattern: string) => pattern.replace(/:\w+/g, id);
async function codeOf(response: Response): Promise<string | null> {
  if (response.status < 400) return null;
  return v.parse(ErrorBodySchema, await response.json()).error.code;
}

describe('who may do what', () => {
  it('is decided for every route there is', () => {
    const all = app.routes.filter(({ method }) => method !== 'ALL').map(({ method, path }) => `${method} ${path}`);
    expect([...new Set(all)].sort()).toEqual(operations.map(({ route }) => route).sort());
  });

  const isGuarded = (one: (typeof operations)[number]): one is (typeof operations)[number] & { guard: TokenGuard } =>
    one.guard in { agent: 1, admin: 1, 'step-up': 1 };
  const guarded = operations.filter(isGuarded);
  const cases = guarded.flatMap(({ route, guard }) =>
    Object.keys(principals).map((principal) => [route, principal, principals[principal]![guard]] as const),
  );
  it.each(cases)('%s as %s: %s', async (route, principal, refusal) => {
    const [method = '', pattern = ''] = route.split(' ');
    const path = pathOf(pattern);
    const response = await app.request(path, { method, headers: await headersOf(principal, method, path) });
    const code = await codeOf(response);
    if (refusal) expect(code).toBe(refusal);
    else expect(doorCodes).not.toContain(code);
    expect(response.status).not.toBe(500);
    // Otherwise an event stream would stay open.
    if (!response.bodyUsed) await response.body?.cancel();
  });
});

describe('at the door', () => {
  const origins: [origin: string | undefined, allowed: boolean][] = [
    [undefined, true],
    ['chrome-extension://abcdefghijklmnopabcdefghijklmnop', true],
    ['moz-extension://3b241101-e2bb-4255-8caf-4136c566a962', true],
    ['https://crm.example.com', false],
    ['http://127.0.0.1:4600', false],
    ['https://relay.test', false],
    ['null', false],
    ['', false],
    ['file://', false],
    ['chrome-extension://a.evil.com', false],
  ];
  it.each(origins)('Origin %s: %s', async (origin, allowed) => {
    const headers = { ...(await devices.agent.headers('GET', '/v1/me')), ...(origin === undefined ? {} : { origin }) };
    const response = await app.request('/v1/me', { headers });
    expect(response.status).toBe(allowed ? 200 : 403);
    if (!allowed) expect(await codeOf(response)).toBe('origin_refused');
    expect([...response.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  it.each([
    ['OPTIONS', '/v1/me', 405, 'method_not_allowed'],
    ['OPTIONS', '/nowhere', 405, 'method_not_allowed'],
    ['DELETE', '/v1/me', 405, 'method_not_allowed'],
    ['POST', '/v1/calls/abc', 405, 'method_not_allowed'],
    ['GET', '/v1/calls/', 404, 'not_found'],
    ['GET', '/v1/me/', 404, 'not_found'],
    ['GET', '/V1/me', 404, 'not_found'],
    ['GET', '/healthz', 404, 'not_found'],
    ['GET', '/', 404, 'not_found'],
  ])('%s %s: %d %s', async (method, path, status, code) => {
    const response = await app.request(path, { method });
    expect([response.status, await codeOf(response)]).toEqual([status, code]);
  });

  it('says which methods an address takes', async () => {
    expect((await app.request('/v1/admin/policy', { method: 'DELETE' })).headers.get('allow')).toBe('GET, PUT');
  });

  it('marks answers as private and numbered', async () => {
    const { headers } = await app.request('/v1/me', { headers: await devices.agent.headers('GET', '/v1/me') });
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe('bodies', () => {
  const chunkBytes = 16_384;
  let sent = 0;
  const tenMegabytes = () => {
    sent = 0;
    return new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += chunkBytes;
        if (sent > 10_000_000) controller.close();
        else controller.enqueue(new Uint8Array(chunkBytes).fill(32));
      },
    });
  };

  it.each(operations.map(({ route }) => route).filter((route) => !route.startsWith('GET')))(
    '%s refuses 10 MB in chunks, and reads few of them',
    async (route) => {
      const [method = '', pattern = ''] = route.split(' ');
      const path = pathOf(pattern);
      const headers = { ...(await devices.steppedUp.headers(method, path)), 'content-type': 'application/json' };
      const response = await app.request(path, { method, headers, body: tenMegabytes(), duplex: 'half' } as RequestInit);
      expect([response.status, await codeOf(response)]).toEqual([413, 'too_large']);
      expect(sent).toBeLessThan(64_000 + 3 * chunkBytes);
    },
  );

  it.each([
    ['/v1/calls', 64_001, 413],
    ['/v1/admin/do-not-call', 8_000_000, 401],
    ['/v1/admin/do-not-call', 8_000_001, 413],
  ])('to %s with a Content-Length of %i from nobody: %i, unread', async (path, length, status) => {
    const body = tenMegabytes();
    const headers = { 'content-length': String(length) };
    const response = await app.request(path, { method: 'POST', headers, body, duplex: 'half' } as RequestInit);
    expect(response.status).toBe(status);
    expect(sent).toBeLessThan(3 * chunkBytes);
  });

  it.each([
    ['content-length', '100'],
    ['transfer-encoding', 'chunked'],
  ])('that break off are no failure: %s %s', async (name, value) => {
    const headers = { [name]: value };
    const body = new ReadableStream({ pull: (controller) => controller.error(new Error('ECONNRESET')) });
    const response = await app.request('/v1/calls', { method: 'POST', headers, body, duplex: 'half' } as RequestInit);
    expect([response.status, await codeOf(response)]).toEqual([400, 'bad_request']);
  });

  it.each([
    ['no type', {}, '{}', 'Send the body as application/json.'],
    ['a form', { 'content-type': 'text/plain' }, '{}', 'Send the body as application/json.'],
    ['no JSON', { 'content-type': 'application/json' }, '{', 'The body is not JSON.'],
    ['another shape', { 'content-type': 'application/json' }, '7', 'The body is not what this address takes.'],
    [
      'an unknown key',
      { 'content-type': 'application/json' },
      '{"code":"a","sipUser":"x"}',
      'The body has a field “sipUser” that is missing, unknown or wrong.',
    ],
    [
      'a wrong field',
      { 'content-type': 'application/json' },
      '{"code":7}',
      'The body has a field “code” that is missing, unknown or wrong.',
    ],
    [
      'a hostile key',
      { 'content-type': 'application/json' },
      '{"code":"a","<b>\\u001b":1}',
      'The body has a field “?b??” that is missing, unknown or wrong.',
    ],
  ])('%s is told by name', async (_what, headers, body, sentence) => {
    const key = await makeKey();
    const dpop = await key.prove('POST', 'https://relay.test/v1/enrolments/redeem', deps.now());
    const response = await app.request('/v1/enrolments/redeem', { method: 'POST', headers: { ...headers, dpop }, body });
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({
      error: { code: 'bad_request', message: `${sentence} ${errorTable.bad_request[1]}` },
    });
  });
});

import { decodeJwt } from 'jose';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { defaultPolicy } from '../../relay/policy/default-policy.ts';
import type { Reply } from '../reply.ts';
import { createDeviceKeys } from './device-keys.ts';
import { createRelayClient, type RelayClient } from './relay-client.ts';
import { createRelayClock } from './relay-clock.ts';

const ID = '0b6f7a52-3c1e-4f0e-9d55-1f2f3a4b5c6d';
const NOW = Date.parse('Mon, 01 Jun 2026 08:00:00 GMT');
const call = { key: ID, number: '+84901234567', state: 'accepted', reason: null, createdAt: NOW, settledAt: NOW, sameAs: null };
const agent = {
  id: ID,
  name: 'An',
  role: 'agent',
  username: null,
  sipUser: null,
  hasSipPassword: false,
  sipDevices: [],
  active: true,
  version: 3,
  devices: [],
};
const click = { key: ID, number: '+84901234567', clickedAt: NOW - 20.4, surface: 'page', site: 'crm.example' } as const;

let keys: CryptoKeyPair;
beforeAll(async () => {
  keys = await createDeviceKeys();
});

const policy = defaultPolicy({ regions: ['VN'] });
const window = { from: '08:00', to: '17:00', days: [1], classes: ['mobile' as const] };

interface Seen {
  url: string;
  method: string;
  headers: Headers;
  body: unknown;
  init: RequestInit;
}
type Answer = Response | Error | ((signal: AbortSignal) => Promise<Response>);

const hang = (signal: AbortSignal, asked?: (signal: AbortSignal) => void) =>
  new Promise<Response>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error));
    asked?.(signal);
  });

/** A client whose requests get these answers in order. */
function setUp(
  answers: Answer[],
  { offset = 0, token = 'tok' as string | null, baseUrl = 'https://r.example/p', timeoutMs = 20 as number | null } = {},
) {
  const seen: Seen[] = [];
  let stored = offset;
  const send = (async (url: string, init: RequestInit) => {
    seen.push({
      url,
      method: init.method!,
      headers: new Headers(init.headers),
      body: init.body ? JSON.parse(init.body as string) : undefined,
      init,
    });
    const answer = answers[seen.length - 1]!;
    if (answer instanceof Error) throw answer;
    return typeof answer === 'function' ? answer(init.signal!) : answer;
  }) as typeof fetch;
  const item = {
    getValue: async () => stored,
    setValue: async (next: number) => {
      stored = next;
    },
  };
  const client = createRelayClient(
    { baseUrl, keys, token: token ?? undefined },
    { clock: createRelayClock(item, () => NOW), fetch: send, ...(timeoutMs && { timeoutMs }) },
  );
  return { client, seen };
}
const json = (body: unknown, status = 200, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json', ...headers } });
const error = (code: string, status: number, headers = {}) => json({ error: { code, message: 'why' } }, status, headers);

describe('routes', () => {
  const me = {
    agent: { id: ID, name: 'An', role: 'agent', sipUser: null, sipDevices: [], mapped: false },
    device: { id: ID, name: 'Chrome' },
    policy: { homeRegion: 'VN', regions: ['VN'], recordingDownload: false },
    upstream: { state: 'ok', checkedAt: null },
    history: { completeTo: null, backfilled: 0 },
    stepUpUntil: null,
    serverTime: NOW,
  };
  const page = { calls: [], placed: [], nextCursor: null, completeTo: null };
  const note = { text: 'a', outcome: 'done', version: 4, updatedAt: NOW };
  const missed = { from: 1, count: 0, calls: [], completeTo: null };
  const facts = {
    number: '+84901234567',
    country: 'VN',
    class: 'mobile',
    refusal: null,
    week: { calls: 0, answered: 0 },
    last: null,
    lastAnswered: null,
    note: null,
  };
  const ticket = { path: '/v1/recordings/x/audio?ticket=y', expiresAt: NOW };
  const rows: [string, (client: RelayClient) => Promise<unknown>, unknown, string, unknown?, Record<string, string>?][] = [
    [
      'redeem',
      (c) => c.redeem({ code: 'ABC' }),
      { token: 't', deviceId: ID, agent: { id: ID, name: 'An', role: 'agent' } },
      'POST /v1/enrolments/redeem',
      { code: 'ABC' },
    ],
    ['getMe', (c) => c.getMe(), me, 'GET /v1/me'],
    [
      'placeCall',
      (c) => c.placeCall(click),
      call,
      'POST /v1/calls',
      { number: click.number, surface: 'page', clickedAt: NOW - 20, site: 'crm.example' },
      { 'Idempotency-Key': ID },
    ],
    [
      'placeCall of a view',
      (c) => c.placeCall({ ...click, surface: 'popup', site: null }),
      call,
      'POST /v1/calls',
      { number: click.number, surface: 'popup', clickedAt: NOW - 20 },
    ],
    ['getCall', (c) => c.getCall('a/../b'), call, 'GET /v1/calls/a%2F..%2Fb'],
    ['listHistory', (c) => c.listHistory({}), page, 'GET /v1/history'],
    [
      'listHistory filtered',
      (c) => c.listHistory({ q: 'a&b', from: 5, cursor: undefined }),
      page,
      'GET /v1/history?q=a%26b&from=5',
    ],
    ['getMissed', (c) => c.getMissed(), missed, 'GET /v1/missed'],
    ['getMissed of some', (c) => c.getMissed({ from: 5, q: 'Hà' }), missed, 'GET /v1/missed?from=5&q=H%C3%A0'],
    ['getNumber', (c) => c.getNumber('+84901234567'), facts, 'GET /v1/numbers/%2B84901234567'],
    ['getNote', (c) => c.getNote('x'), note, 'GET /v1/notes/x'],
    [
      'putNote',
      (c) => c.putNote(ID, { text: 'a', outcome: 'done' }, 3),
      note,
      `PUT /v1/notes/${ID}`,
      { text: 'a', outcome: 'done' },
      { 'If-Match': '"3"' },
    ],
    [
      'getPolicy',
      (c) => c.getPolicy(),
      { version: 3, at: NOW, policy: { ...policy, salesHours: { timeZone: 'UTC', windows: [window], override: true } } },
      'GET /v1/admin/policy',
    ],
    ['createTicket', (c) => c.createTicket('x'), ticket, 'POST /v1/recordings/x/ticket'],
    ['createVoiceToken', (c) => c.createVoiceToken(), { value: 'v', expiresAt: NOW }, 'POST /v1/voice-token'],
    ['stepUp', (c) => c.stepUp('pass'), { stepUpUntil: NOW }, 'POST /v1/admin/step-up', { passphrase: 'pass' }],
    ['listAgents', (c) => c.listAgents(), { agents: [agent] }, 'GET /v1/admin/agents'],
    ['createAgent', (c) => c.createAgent({ name: 'An' }), agent, 'POST /v1/admin/agents', { name: 'An' }],
    [
      'changeAgent',
      (c) => c.changeAgent(ID, 3, { name: 'B' }),
      agent,
      `PATCH /v1/admin/agents/${ID}`,
      { name: 'B' },
      { 'If-Match': '"3"' },
    ],
    [
      'createEnrolment',
      (c) => c.createEnrolment(ID),
      { code: 'C', expiresAt: NOW },
      'POST /v1/admin/enrolments',
      { agentId: ID },
    ],
    ['testSipDevice', (c) => c.testSipDevice(ID), { accepted: false }, `POST /v1/admin/sip-devices/${ID}/test`],
    [
      'readReport',
      (c) => c.readReport({ from: 1, to: 2, per: 'period' }),
      { timeZone: 'UTC', lines: [], completeTo: null, keptFrom: 0 },
      'GET /v1/admin/reports?from=1&to=2&per=period',
    ],
    [
      'listPlacedCalls',
      (c) => c.listPlacedCalls({ from: 1, to: 2, limit: 20, number: '+84 901', cursor: undefined }),
      { calls: [], next: null },
      'GET /v1/admin/reports/calls?from=1&to=2&limit=20&number=%2B84+901',
    ],
  ];
  it.each(rows)('%s', async (_, use, answer, request, body, headers = {}) => {
    const { client, seen } = setUp([json(answer, 200)]);
    expect(await use(client)).toEqual({ ok: true, value: answer });
    const [sent] = seen as [Seen];
    const url = new URL(sent.url);
    expect(`${sent.method} ${url.pathname.replace('/p', '')}${url.search}`).toBe(request);
    expect(sent.body).toEqual(body);
    for (const [name, value] of Object.entries(headers)) expect(sent.headers.get(name)).toBe(value);
    expect(sent.headers.get('Authorization')).toBe('DPoP tok');
    expect(decodeJwt(sent.headers.get('DPoP')!)).toMatchObject({ htm: sent.method, htu: url.origin + url.pathname });
    expect(sent.init).toMatchObject({ redirect: 'manual', credentials: 'omit', cache: 'no-store' });
  });

  it('revokes a device, whatever the answer’s body', async () => {
    const { client, seen } = setUp([new Response(null, { status: 204 })]);
    expect(await client.revokeDevice(ID)).toEqual({ ok: true, value: null });
    expect(`${seen[0]!.method} ${seen[0]!.url}`).toBe(`DELETE https://r.example/p/v1/admin/devices/${ID}`);
  });

  it('gives the file of the do-not-call list as text', async () => {
    const { client, seen } = setUp([new Response('\uFEFFnumber,reason\r\n')]);
    expect(await client.exportDoNotCall()).toEqual({ ok: true, value: 'number,reason\r\n' });
    expect(seen.map(({ method, url }) => `${method} ${url}`)).toEqual(['GET https://r.example/p/v1/admin/do-not-call']);
  });

  it('gives no file that is too long for a message', async () => {
    const answer = { ok: true, text: async () => 'x'.repeat(32 * 1024 * 1024 + 1), headers: new Headers() };
    const { client } = setUp([answer as unknown as Response]);
    expect(await client.exportDoNotCall()).toMatchObject({ error: { code: 'too_large' } });
  });

  it('sends no token while there is none', async () => {
    const { client, seen } = setUp([json(me)], { token: null });
    await client.getMe();
    expect(seen[0]!.headers.has('Authorization')).toBe(false);
    expect(decodeJwt(seen[0]!.headers.get('DPoP')!)).not.toHaveProperty('ath');
  });
});

describe('failures', () => {
  const brokenBody = () =>
    new Response(new ReadableStream({ start: (controller) => controller.error(new TypeError('network error')) }));
  const rows: [string, () => Answer, string][] = [
    ['no connection', () => new TypeError('Failed to fetch'), 'relay_unreachable'],
    ['a body that breaks off', brokenBody, 'relay_unreachable'],
    ['no answer in time', () => hang, 'relay_timeout'],
    ['a gateway’s 502', () => new Response('<h1>Bad gateway</h1>', { status: 502 }), 'relay_unreachable'],
    ['a gateway’s 504', () => new Response('', { status: 504 }), 'relay_unreachable'],
    ['HTML with status 200', () => new Response('<!doctype html>'), 'relay_not_dialside'],
    ['HTML with status 404', () => new Response('<h1>Not found</h1>', { status: 404 }), 'relay_not_dialside'],
    ['JSON of another kind', () => json({ hello: 1 }), 'relay_not_dialside'],
    ['an error of another kind', () => json({ error: 'nope' }, 400), 'relay_not_dialside'],
    ['an empty 200', () => new Response(''), 'relay_not_dialside'],
    ['a redirect', () => Response.error(), 'relay_not_dialside'],
    ['the relay’s own error', () => error('agent_not_mapped', 409), 'agent_not_mapped'],
    ['the relay’s own 503', () => error('store_unavailable', 503), 'store_unavailable'],
    ['a code newer than this client', () => error('moon_phase', 400), 'moon_phase'],
  ];
  it.each(rows)('%s', async (_, answer, code) => {
    const { client, seen } = setUp([answer()]);
    expect(await client.placeCall(click)).toEqual({ ok: false, error: { code, message: expect.stringMatching(/\w/) } });
    expect(seen).toHaveLength(1);
  });
});

describe('the time that a request may take', () => {
  afterEach(() => void vi.useRealTimers());

  it.each<[string, (client: RelayClient) => Promise<unknown>, number]>([
    ['an answer', (c) => c.getPolicy(), 15],
    ['a file out', (c) => c.exportDoNotCall(), 120],
    ['a file in', (c) => c.importDoNotCall('add', '0'), 120],
  ])('for %s', async (_, use, seconds) => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const asked = Promise.withResolvers<AbortSignal>();
    const { client } = setUp([(signal) => hang(signal, asked.resolve)], { timeoutMs: null });
    const reply = use(client);
    const signal = await asked.promise;
    vi.advanceTimersByTime(seconds * 1000 - 1);
    expect(signal.aborted).toBe(false);
    vi.advanceTimersByTime(1);
    expect(await reply).toMatchObject({ error: { code: 'relay_timeout' } });
  });
});

describe('a request that the browser sent twice', () => {
  const note = { text: 'x', outcome: null };
  it.each<[name: string, ask: (client: RelayClient) => Promise<Reply<unknown>>, answer: object]>([
    ['asks', (client) => client.getCall(ID), call],
    ['lets a recording be played', (client) => client.createTicket(ID), { path: '/v1/recordings/a', expiresAt: NOW }],
    ['fetches a voice token', (client) => client.createVoiceToken(), { value: 'v', expiresAt: NOW }],
    ['saves a note over the version it knows', (client) => client.putNote(ID, note, 1), { ...note, version: 2, updatedAt: NOW }],
  ])('is made anew once where it only %s', async (_, ask, answer) => {
    const { client, seen } = setUp([error('proof_used', 401), json(answer)]);
    expect(await ask(client)).toMatchObject({ ok: true });
    const proofs = seen.map(({ headers }) => decodeJwt(headers.get('DPoP')!).jti);
    expect(new Set(proofs).size).toBe(2);
  });

  it.each([
    ['asks, the second time too', 'getCall', 2],
    ['may have been carried out', 'placeCall', 1],
  ] as const)('is told where it %s', async (_, name, requests) => {
    const { client, seen } = setUp([error('proof_used', 401), error('proof_used', 401), json(call)]);
    expect(await (name === 'getCall' ? client.getCall(ID) : client.placeCall(click))).toMatchObject({
      error: { code: 'proof_used' },
    });
    expect(seen).toHaveLength(requests);
  });
});

describe('a wrong clock', () => {
  const hourAhead = { Date: new Date(NOW + 3_600_000).toUTCString() };
  it('is learned from the refusal; the request is made once more, moved', async () => {
    const { client, seen } = setUp([error('proof_stale', 401, hourAhead), json(call, 201, hourAhead)]);
    expect(await client.placeCall(click)).toMatchObject({ ok: true });
    expect(seen.map(({ headers }) => decodeJwt(headers.get('DPoP')!).iat)).toEqual([NOW / 1000, NOW / 1000 + 3600]);
    expect(seen.map(({ body }) => (body as { clickedAt: number }).clickedAt)).toEqual([NOW - 20, NOW - 20 + 3_600_000]);
    expect(seen.map(({ headers }) => headers.get('Idempotency-Key'))).toEqual([ID, ID]);
  });

  it('is not guessed at twice', async () => {
    const { client, seen } = setUp([error('proof_stale', 401, hourAhead), error('proof_stale', 401, hourAhead), json(call)]);
    expect(await client.placeCall(click)).toMatchObject({ error: { code: 'proof_stale' } });
    expect(seen).toHaveLength(2);
  });

  it.each([
    ['click_too_old', hourAhead],
    ['proof_stale', { Date: new Date(NOW).toUTCString() }],
  ])('%s is final when a corrected clock cannot help', async (code, headers) => {
    const { client, seen } = setUp([error(code, 400, headers), json(call)]);
    expect(await client.placeCall(click)).toMatchObject({ error: { code } });
    expect(seen).toHaveLength(1);
  });
});

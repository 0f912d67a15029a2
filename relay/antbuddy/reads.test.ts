import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { type AntBuddy, startAntBuddy } from '../../sandbox/antbuddy/start-antbuddy.ts';
import { createAntBuddyClient } from './antbuddy-client.ts';
import { hashParameters } from './hash.ts';

const started: { stop(): Promise<unknown> }[] = [];
afterEach(async () => {
  await Promise.all(started.splice(0).map((server) => server.stop()));
});

async function startUpstream(serve: (request: IncomingMessage, response: ServerResponse) => void) {
  const requests: string[] = [];
  const server: Server = createServer((request, response) => {
    requests.push(request.url ?? '');
    request.resume().on('end', () => serve(request, response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  started.push({ stop: () => new Promise((resolve) => server.close(resolve).closeAllConnections()) });
  const { port } = server.address() as { port: number };
  return { baseUrl: new URL(`http://127.0.0.1:${port}`), requests };
}

function clientOf(baseUrl: URL, now: () => number = Date.now, totalMs = 10_000) {
  const antbuddy = { appId: 'app', appSecret: 'secret', baseUrl, hashOrder: 'appId-first' as const };
  return createAntBuddyClient({ antbuddy, now, random: () => 0.5, budgets: { connectMs: 3_000, totalMs } });
}

const page = { from: Date.UTC(2024, 0, 1), to: Date.UTC(2024, 0, 2), limit: 100, page: 1 };
const device = { sipUser: '1001', sipPassword: 'pw' };
const problem = (message: string) => JSON.stringify({ success: false, message });

describe('reads', () => {
  it.each([
    ['histories', 503, '', 'upstream_busy', 'busy'],
    ['histories', 429, '', 'upstream_busy', 'busy'],
    ['histories', 400, problem('HASH_NOT_MATCH'), 'upstream_refused', 'refused'],
    ['histories', 400, problem('APPID_NOT_FOUND'), 'upstream_refused', 'refused'],
    ['histories', 400, 'bad dates', 'upstream_malformed', 'unknown'],
    ['histories', 401, '', 'upstream_refused', 'refused'],
    ['histories', 500, '', 'upstream_failed', 'unknown'],
    ['histories', 302, '', 'upstream_malformed', 'unknown'],
    ['histories', 200, problem('HASH_NOT_MATCH'), 'upstream_refused', 'refused'],
    ['histories', 200, problem('METHOD_NOT_SUPPORT'), 'upstream_malformed', 'unknown'],
    ['histories', 400, problem('METHOD_NOT_SUPPORT'), 'upstream_malformed', 'unknown'],
    ['histories', 200, problem('?'), 'upstream_failed', 'unknown'],
    ['histories', 200, '<html>', 'upstream_malformed', 'unknown'],
    ['histories', 200, '{"data":{"more":{"deep":[]}}}', 'upstream_malformed', 'unknown'],
    ['recording', 400, 'no such file', 'recording_missing', 'ok'],
    ['recording', 404, '', 'recording_missing', 'ok'],
    ['recording', 200, '{}', 'upstream_malformed', 'unknown'],
    ['recording', 200, '<html>', 'upstream_malformed', 'unknown'],
    ['recording', 200, '{"media":"not an address"}', 'upstream_malformed', 'unknown'],
    ['token', 400, '', 'device_offline', 'ok'],
    ['token', 200, '{"status":400,"message":"Device offline"}', 'device_offline', 'ok'],
    ['token', 400, '{"message":"HASH_NOT_MATCH"}', 'upstream_refused', 'refused'],
    ['token', 400, problem('HASH_MISSING'), 'upstream_refused', 'refused'],
    ['token', 404, '', 'upstream_malformed', 'unknown'],
    ['token', 400, problem('METHOD_NOT_SUPPORT'), 'upstream_malformed', 'unknown'],
    ['token', 400, problem('APPID_MISSING'), 'upstream_refused', 'refused'],
    ['token', 200, '<html>', 'upstream_malformed', 'unknown'],
    ['token', 200, '{"value":"","expire":60}', 'upstream_malformed', 'unknown'],
    ['token', 200, '{"expire":60}', 'upstream_malformed', 'unknown'],
  ] as const)('%s, %i %s: %s', async (read, status, body, code, state) => {
    const { baseUrl, requests } = await startUpstream((_, response) =>
      response.writeHead(status, { location: '/elsewhere' }).end(body),
    );
    const client = clientOf(baseUrl);
    const reads = {
      histories: () => client.listHistories(page),
      recording: () => client.recordingUrl('a.mp3'),
      token: () => client.voiceToken(device),
    };
    await expect(reads[read]()).rejects.toMatchObject({ code });
    expect(client.health().state).toBe(state);
    expect(requests).toHaveLength(1);
  });

  it.each([
    ['hangs', () => {}],
    ['resets', (request: IncomingMessage) => void request.socket.resetAndDestroy()],
    ['sends more than it may', (_: IncomingMessage, response: ServerResponse) => void response.end(`[${' '.repeat(5_000_000)}`)],
    [
      'sends half',
      (_: IncomingMessage, response: ServerResponse) => void response.writeHead(200, { 'content-length': 50 }).write('['),
    ],
  ])('an upstream that %s is unreachable', async (_name, serve) => {
    const { baseUrl } = await startUpstream(serve);
    const client = clientOf(baseUrl, Date.now, 400);
    await expect(client.listHistories(page)).rejects.toMatchObject({ code: 'upstream_unreachable' });
    expect(client.health().state).toBe('unreachable');
  });

  it('names what it could not read, and does not repeat it', async () => {
    const { baseUrl } = await startUpstream((_, response) =>
      response.end('{"media":"//abs1.antbuddy.com/a.mp3?Signature=canary"}'),
    );
    const error = await clientOf(baseUrl)
      .recordingUrl('a.mp3')
      .catch((thrown: Error) => thrown);
    expect(error).toMatchObject({ cause: 'unreadable media' });
  });

  it.each(['{"value":"t","expire":"soon"}', '{"value":"t"}'])(
    'takes the token %s to last for a short time, and says so once',
    async (body) => {
      const { baseUrl } = await startUpstream((_, response) => response.end(body));
      const told: string[] = [];
      const antbuddy = { appId: 'app', appSecret: 'secret', baseUrl, hashOrder: 'appId-first' as const };
      const client = createAntBuddyClient({ antbuddy, now: () => 1_000_000, warn: (text) => told.push(text) });
      for (const _ of [1, 2]) expect(await client.voiceToken(device)).toEqual({ value: 't', expiresAt: 1_300_000 });
      expect(told).toEqual([expect.stringContaining('expire')]);
    },
  );

  it.each([
    [400, problem('HASH_NOT_MATCH'), 'HTTP 400 HASH_NOT_MATCH'],
    [500, problem('the secret is canary'), 'HTTP 500'],
    [403, '<html>', 'HTTP 403'],
    [200, problem('CALL_CENTER_LOCKED'), 'HTTP 200 CALL_CENTER_LOCKED'],
  ])('tells of %i %s: %s', async (status, body, cause) => {
    const { baseUrl } = await startUpstream((_, response) => response.writeHead(status).end(body));
    await expect(clientOf(baseUrl).listHistories(page)).rejects.toMatchObject({ cause });
  });

  it('signs what it sends, in the order of the document', async () => {
    const { baseUrl, requests } = await startUpstream((_, response) => response.end('[]'));
    await clientOf(baseUrl).listHistories(page);
    const [from, to] = ['2024-01-01T00:00:00.000Z', '2024-01-02T00:00:00.000Z'];
    const sent = new URL(requests[0] ?? '', baseUrl);
    expect([...sent.searchParams]).toEqual([
      ['appId', 'app'],
      ['created_from', from],
      ['created_to', to],
      ['limit', '100'],
      ['page', '1'],
      ['hash', hashParameters('app', [from, to, '100', '1'], 'secret')],
    ]);
  });

  it('stays away after the rate limit, longer each time, for all reads and for no call', async () => {
    let status = 503;
    const { baseUrl, requests } = await startUpstream((_, response) => response.writeHead(status).end('{}'));
    let now = 1_000_000;
    const client = clientOf(baseUrl, () => now);
    const ask = () => client.voiceToken(device).catch((error: { code: string }) => error.code);
    const waits: number[] = [];
    for (let turn = 0; turn < 8; turn += 1) {
      expect(await ask()).toBe('upstream_busy');
      expect(await client.recordingUrl('a.mp3').catch((error: { code: string }) => error.code)).toBe('upstream_busy');
      waits.push(client.backOff().until - now);
      now = client.backOff().until;
    }
    expect(waits).toEqual([5_000, 10_000, 20_000, 40_000, 80_000, 160_000, 300_000, 300_000]);
    expect(requests).toHaveLength(8);
    status = 200;
    const outcome = await client.clickToCall({ number: '0912345678', ...device, sendBy: Number.POSITIVE_INFINITY });
    expect(outcome.state).toBe('accepted');
    expect(await ask()).toBe('upstream_malformed');
    expect(client.backOff().until).toBe(0);
  });

  it.each([
    ['the connection breaks', (_: ServerResponse, request: IncomingMessage) => void request.socket.resetAndDestroy()],
    ['AntBuddy fails', (response: ServerResponse) => void response.writeHead(500).end()],
    ['a device is offline', (response: ServerResponse) => void response.writeHead(400).end()],
    ['a web page comes instead', (response: ServerResponse) => void response.end('<html>')],
  ])('remembers how long it stayed away when %s then', async (_what, serve) => {
    let isLimited = true;
    const { baseUrl } = await startUpstream((request, response) => {
      if (isLimited) response.writeHead(503).end();
      else serve(response, request);
    });
    let now = 1_000_000;
    const client = clientOf(baseUrl, () => now);
    const ask = () => client.voiceToken(device).catch((error: { code: string }) => error.code);
    for (const limited of [true, false, true]) {
      isLimited = limited;
      await ask();
      now = Math.max(now, client.backOff().until);
    }
    expect(now).toBe(1_000_000 + 5_000 + 10_000);
  });

  it('does not come back early for the answer to what it asked before it was sent away', async () => {
    const slow = Promise.withResolvers<ServerResponse>();
    const { baseUrl } = await startUpstream((request, response) => {
      if (request.url?.includes('histories')) slow.resolve(response);
      else response.writeHead(503).end();
    });
    const client = clientOf(baseUrl, () => 1_000_000);
    const underWay = client.listHistories(page);
    const response = await slow.promise;
    await expect(client.voiceToken(device)).rejects.toMatchObject({ code: 'upstream_busy' });
    response.end('[]');
    expect(await underWay).toEqual([]);
    expect(client.backOff().until).toBe(1_005_000);
  });
});

describe('the rate limit', () => {
  const sendBy = Number.POSITIVE_INFINITY;
  type Client = ReturnType<typeof clientOf>;
  const dial = (client: Client) => client.clickToCall({ number: '0912345678', ...device, sendBy });
  const token = (client: Client) => client.voiceToken(device).catch(() => null);

  it.each<[string, (client: Client, letLateEnd: () => void) => Promise<unknown>]>([
    ['reads under way together', (client) => Promise.all([1, 2, 3, 4, 5, 6].map(() => token(client)))],
    ['calls under way together', (client) => Promise.all([1, 2, 3, 4].map(() => dial(client)))],
    [
      'calls one after the other',
      async (client) => {
        for (let turn = 0; turn < 4; turn += 1) await dial(client);
      },
    ],
    [
      'a read that is refused when the wait is over already',
      async (client, letLateEnd) => {
        const late = client.listHistories(page).catch(() => null);
        await token(client);
        letLateEnd();
        await late;
      },
    ],
  ])('met by %s is met once', async (_what, meet) => {
    let now = 1_000_000;
    const { promise: lateMayEnd, resolve } = Promise.withResolvers<void>();
    const { baseUrl } = await startUpstream(async (request, response) => {
      if (request.url?.includes('histories')) await lateMayEnd;
      response.writeHead(503).end();
    });
    const client = clientOf(baseUrl, () => now);
    await meet(client, () => {
      now += 6_000;
      resolve();
    });
    expect(client.backOff().until).toBe(1_005_000);
  });

  it('keeps reads that can wait twice as far apart each time it is met, and a little nearer with each that goes well', async () => {
    let status = 200;
    const { baseUrl } = await startUpstream((_, response) => response.writeHead(status).end('[]'));
    let now = 1_000_000;
    const client = clientOf(baseUrl, () => now);
    const read = async () => {
      await client.listHistories(page).catch(() => null);
      return client.readPauseMs();
    };
    expect(await read()).toBe(0);
    const meet = async () => {
      status = 503;
      for (let turn = 0; turn < 3; turn += 1) {
        await read();
        now = client.backOff().until;
      }
      status = 200;
      return read();
    };
    const pauses: number[] = [];
    for (let turn = 0; turn < 5; turn += 1) pauses.push(Math.round(await meet()));
    expect(pauses).toEqual([998, 1992, 3976, 7936, 7984]);
    now += 1_000;
    expect(Math.round(client.readPauseMs())).toBe(6_984);
    now += 1_000_000;
    expect([client.readPauseMs(), Math.round(await read())]).toEqual([0, 7_968]);
  });
});

describe('against the stand-in', () => {
  const start = async (options: Parameters<typeof startAntBuddy>[0]): Promise<AntBuddy> => {
    const antbuddy = await startAntBuddy(options);
    started.push(antbuddy);
    return antbuddy;
  };

  it.each(['appId-first', 'appId-last'] as const)('is let in everywhere with the hash order %s', async (hashOrder) => {
    const upstream = await start({ hashOrder, seed: { calls: 800 } });
    const { appId, appSecret, url } = upstream;
    const client = createAntBuddyClient({ antbuddy: { appId, appSecret, baseUrl: new URL(url), hashOrder } });
    const records = await client.listHistories({ from: Date.now() - 30 * 86_400_000, to: Date.now(), limit: 100, page: 1 });
    expect(records).toHaveLength(100);
    const recorded = records.find((record) => (record as { recording?: string }).recording) as { recording: string };
    expect((await client.recordingUrl(recorded.recording)).origin).toBe(upstream.mediaUrl);
    const { sipUser, sipPassword } = upstream.control.credentials().devices[0]!;
    const token = await client.voiceToken({ sipUser, sipPassword });
    expect(token.expiresAt).toBeGreaterThan(Date.now());
    expect(await client.clickToCall({ number: '0912345678', sipUser, sipPassword, sendBy: Date.now() + 5_000 })).toMatchObject({
      state: 'accepted',
    });
    upstream.control.putDevice({ sipUser, online: false });
    expect(await client.clickToCall({ number: '0912345678', sipUser, sipPassword, sendBy: Date.now() + 5_000 })).toMatchObject({
      state: 'rejected',
      code: 'device_offline',
    });
    expect(upstream.control.dials()).toHaveLength(1);
    expect(upstream.control.violations()).toEqual([]);
  });

  it.each([
    ...(['array', 'null', 'absent'] as const).map((emptyList) => ['data', emptyList, 0, []] as const),
    ...(['bare', 'histories', 'nested'] as const).map((envelope) => [envelope, 'array', 0, []] as const),
    ['nested', 'null', 0, []],
    ['no-list', 'array', 0, []],
    ...(['too-deep', 'two-lists', 'no-list'] as const).map((envelope) => [envelope, 'array', 3, 'upstream_malformed'] as const),
    ['too-deep', 'array', 0, 'upstream_malformed'],
  ] as const)('reads the envelope %s with the empty list %s of %i calls', async (envelope, emptyList, calls, expected) => {
    const { appId, appSecret, url } = await start({ envelope, emptyList, seed: { calls } });
    const client = createAntBuddyClient({ antbuddy: { appId, appSecret, baseUrl: new URL(url), hashOrder: 'appId-first' } });
    const read = client.listHistories({ from: Date.now() - 30 * 86_400_000, to: Date.now(), limit: 100, page: 1 });
    expect(await read.catch(({ code }: { code: string }) => code)).toEqual(expected);
  });

  it.each(['before', 'after'] as const)('does not know what became of a call reset %s the work', async (when) => {
    const upstream = await start({});
    const client = createAntBuddyClient({
      antbuddy: {
        appId: upstream.appId,
        appSecret: upstream.appSecret,
        baseUrl: new URL(upstream.url),
        hashOrder: 'appId-first',
      },
    });
    upstream.control.fault({ endpoint: 'click-to-call', kind: 'reset', when, times: 1 });
    const { sipUser, sipPassword } = upstream.control.credentials().devices[0]!;
    const outcome = await client.clickToCall({ number: '0912345678', sipUser, sipPassword, sendBy: Date.now() + 5_000 });
    expect(outcome).toMatchObject({ state: 'unknown', code: 'outcome_unknown' });
    expect(upstream.control.dials()).toHaveLength(when === 'after' ? 1 : 0);
  });
});

import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createAntBuddyClient } from './antbuddy-client.ts';
import { hashHeader } from './hash.ts';

const servers: Server[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
});

/** Starts a TCP server that records the data received on each connection, so that a second attempt would show. */
async function startUpstream(serve: (socket: Socket, request: string) => void, onConnect?: (socket: Socket) => void) {
  const requests: string[] = [];
  const server = createServer((socket) => {
    let text = '';
    const turn = requests.push('') - 1;
    socket.on('error', () => {});
    onConnect?.(socket);
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
      requests[turn] = text;
      if (text.includes('\r\n\r\n') && text.includes('sipPassword')) serve(socket, text);
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  return { url: new URL(`http://127.0.0.1:${port}`), requests };
}

const answer = (status: string, body = '', headers = '') =>
  `HTTP/1.1 ${status}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n${headers}\r\n${body}`;
const say = (text: string) => (socket: Socket) => void socket.end(text);
const roomy = { connectMs: 3_000, totalMs: 10_000 };
const tight = { connectMs: 150, totalMs: 300 };

function dial(baseUrl: URL, overrides: { sendBy?: number; number?: string } = {}, budgets = roomy) {
  const antbuddy = { appId: 'app', appSecret: 'secret', baseUrl, hashOrder: 'appId-first' as const };
  const client = createAntBuddyClient({ antbuddy, budgets });
  const call = { number: '0912345678', sipUser: '1001', sipPassword: 'pw', sendBy: Number.POSITIVE_INFINITY, ...overrides };
  return client.clickToCall(call).then((outcome) => ({ outcome, health: client.health().state }));
}

describe('clickToCall, answered', () => {
  it.each([
    ['200', answer('200 OK', '{"success":true}'), 'accepted', null],
    ['200 without a body', answer('200 OK'), 'accepted', null],
    ['200 with words', answer('200 OK', 'OK'), 'accepted', null],
    ['204', 'HTTP/1.1 204 No Content\r\n\r\n', 'accepted', null],
    ['200 in chunks', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n', 'accepted', null],
    ['200 that ends with the connection', 'HTTP/1.1 200 OK\r\n\r\n{}', 'accepted', null],
    [
      '200 that names wrong credentials',
      answer('200 OK', '{"success":false,"message":"HASH_NOT_MATCH"}'),
      'rejected',
      'upstream_refused',
    ],
    [
      '200 that names a method',
      answer('200 OK', '{"success":false,"message":"METHOD_NOT_SUPPORT"}'),
      'rejected',
      'upstream_malformed',
    ],
    ['200 that says no and not why', answer('200 OK', '{"success":false,"message":"?"}'), 'unknown', 'outcome_unknown'],
    ['200 that is none in its body', answer('200 OK', '{"status":400}'), 'rejected', 'device_offline'],
    ['200 that is busy in its body', answer('200 OK', '{"status":"503","data":null}'), 'rejected', 'upstream_busy'],
    ['200 that failed in its body', answer('200 OK', '{"status":500}'), 'unknown', 'outcome_unknown'],
    ['200 with a code', answer('200 OK', '{"code":400,"message":"no device"}'), 'unknown', 'outcome_unknown'],
    ['200 with a status code', answer('200 OK', '{"statusCode":"404"}'), 'unknown', 'outcome_unknown'],
    ['200 with an error', answer('200 OK', '{"error":"no device"}'), 'unknown', 'outcome_unknown'],
    ['200 without success', answer('200 OK', '{"success":"false"}'), 'unknown', 'outcome_unknown'],
    ['200 with success and an error', answer('200 OK', '{"success":true,"error":{"a":1}}'), 'unknown', 'outcome_unknown'],
    ['200 with a bad status', answer('200 OK', '{"status":"failed"}'), 'unknown', 'outcome_unknown'],
    ['200 with a bad message', answer('200 OK', '{"message":"Device offline"}'), 'unknown', 'outcome_unknown'],
    ['200 with a bad word', answer('200 OK', 'offline'), 'unknown', 'outcome_unknown'],
    ['200 with a bad word in quotes', answer('200 OK', '"Offline"'), 'unknown', 'outcome_unknown'],
    ['200 with false', answer('200 OK', 'false'), 'unknown', 'outcome_unknown'],
    ['200 with its status', answer('200 OK', '{"status":200,"message":"Success"}'), 'accepted', null],
    ['200 with a code of success', answer('200 OK', '{"success":true,"code":1000}'), 'accepted', null],
    ['200 with no error', answer('200 OK', '{"code":0,"error":null,"errors":[]}'), 'accepted', null],
    ['200 with a number', answer('200 OK', '1'), 'accepted', null],
    ['200 with a list', answer('200 OK', '["1001"]'), 'accepted', null],
    ['200 with a known message alone', answer('200 OK', '{"message":"HASH_NOT_MATCH"}'), 'rejected', 'upstream_refused'],
    ['200 with a web page', answer('200 OK', '<html>Log in</html>', 'Content-Type: text/html\r\n'), 'unknown', 'outcome_unknown'],
    ['400', answer('400 Bad Request', 'Device offline'), 'rejected', 'device_offline'],
    ['400 without a body', answer('400 Bad Request'), 'rejected', 'device_offline'],
    [
      '400 APPID_NOT_FOUND',
      answer('400 Bad Request', '{"success":false,"message":"APPID_NOT_FOUND"}'),
      'rejected',
      'upstream_refused',
    ],
    [
      '400 APPID_MISSING',
      answer('400 Bad Request', '{"success":false,"message":"APPID_MISSING"}'),
      'rejected',
      'upstream_refused',
    ],
    [
      '400 METHOD_NOT_SUPPORT',
      answer('400 Bad Request', '{"success":false,"message":"METHOD_NOT_SUPPORT"}'),
      'rejected',
      'upstream_malformed',
    ],
    [
      '400 with another message',
      answer('400 Bad Request', '{"success":false,"message":"OFFLINE"}'),
      'rejected',
      'device_offline',
    ],
    ['400 with a known message alone', answer('400 Bad Request', '{"message":"HASH_NOT_MATCH"}'), 'rejected', 'upstream_refused'],
    [
      '400 with a like message',
      answer('400 Bad Request', '{"success":false,"message":"HASH_MISSING"}'),
      'rejected',
      'upstream_refused',
    ],
    ['401', answer('401 Unauthorized'), 'rejected', 'upstream_refused'],
    ['403', answer('403 Forbidden'), 'rejected', 'upstream_refused'],
    ['404', answer('404 Not Found'), 'rejected', 'upstream_malformed'],
    ['429', answer('429 Too Many Requests'), 'rejected', 'upstream_busy'],
    ['503', answer('503 Service Unavailable'), 'rejected', 'upstream_busy'],
    ['500', answer('500 Internal Server Error'), 'unknown', 'outcome_unknown'],
    ['502', answer('502 Bad Gateway'), 'unknown', 'outcome_unknown'],
    ['504', answer('504 Gateway Timeout'), 'unknown', 'outcome_unknown'],
    ['302', answer('302 Found', '', 'Location: http://127.0.0.1:1/\r\n'), 'unknown', 'outcome_unknown'],
    ['307', answer('307 Temporary Redirect', '', 'Location: /again\r\n'), 'unknown', 'outcome_unknown'],
    ['100 and then 200', `HTTP/1.1 100 Continue\r\n\r\n${answer('200 OK')}`, 'accepted', null],
    ['101', 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n', 'unknown', 'outcome_unknown'],
    ['no HTTP', 'hello\r\n\r\n', 'unknown', 'outcome_unknown'],
    ['half a header', 'HTTP/1.1 200', 'unknown', 'outcome_unknown'],
    ['half a body', 'HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{"su', 'unknown', 'outcome_unknown'],
    ['headers without end', `HTTP/1.1 200 OK\r\nX: ${'x'.repeat(40_000)}\r\n\r\n`, 'unknown', 'outcome_unknown'],
    ['a body without end', answer('200 OK', 'x'.repeat(100_000)), 'unknown', 'outcome_unknown'],
    ['nothing', '', 'unknown', 'outcome_unknown'],
  ])('%s', async (_name, text, state, code) => {
    const upstream = await startUpstream(say(text));
    const { outcome } = await dial(upstream.url);
    expect(outcome).toMatchObject(code === null ? { state } : { state, code });
    expect(upstream.requests).toHaveLength(1);
  });

  it.each([
    ['500', '{"success":false,"message":"HASH_TABLE_FULL"}', 'unknown'],
    ['500', '{"message":"APPID_X"}', 'unknown'],
    ['500', '{"success":false,"message":"HASH_NOT_MATCH"}', 'rejected'],
    ['500', '{"success":true,"message":"HASH_NOT_MATCH"}', 'unknown'],
    ['200', '{"success":false,"message":"HASH_TABLE_FULL"}', 'unknown'],
    ['200', '{"message":"HASH_TABLE_FULL"}', 'unknown'],
    ['200', '{"success":true,"message":"HASH_VERIFIED"}', 'unknown'],
    ['200', '{"success":true,"message":"METHOD_NOT_SUPPORT"}', 'unknown'],
    ['200', '{"success":true,"status":404}', 'unknown'],
    ['200', '{"success":true,"status":503}', 'unknown'],
    ['200', '{"message":"Click to call thất bại"}', 'unknown'],
    ['200', JSON.stringify({ message: 'Click to call thất bại'.normalize('NFD') }), 'unknown'],
    ['200', '{"message":"Thiết bị KHÔNG kết nối"}', 'unknown'],
    ['200', 'Lỗi hệ thống', 'unknown'],
    ['200', '{"result":false}', 'unknown'],
    ['200', '{"result":"failed"}', 'unknown'],
    ['200', '{"result":0}', 'accepted'],
    ['200', '{"data":{"status":400}}', 'unknown'],
    ['200', '{"success":true,"data":{"status":400}}', 'unknown'],
    ['200', '{"success":true,"data":{"status":200},"message":"Thành công"}', 'accepted'],
  ] as const)('%s %s', async (status, body, state) => {
    const upstream = await startUpstream(say(answer(`${status} Answer`, body)));
    const { outcome } = await dial(upstream.url);
    expect(outcome.state).toBe(state);
  });
});

it.each([
  ['200', { success: true, message: 'CALL_CREATED' }, 'AntBuddy answered 200 CALL_CREATED', 'accepted'],
  ['200', { message: 'calls 0912345678 with pw' }, 'AntBuddy answered 200', 'accepted'],
  ['400', { success: false, message: 'HASH_NOT_MATCH' }, 'AntBuddy answered 400 HASH_NOT_MATCH'],
  ['400', { success: false, message: 'INVALID_SIP_USER' }, 'AntBuddy answered 400 INVALID_SIP_USER'],
  ['400', { message: 'INVALID_SIP_USER' }, 'AntBuddy answered 400 INVALID_SIP_USER'],
  ['400', { success: false, message: 'no device for pw' }, 'AntBuddy answered 400'],
  ['400', { success: false, message: '0912345678' }, 'AntBuddy answered 400'],
  ['200', { status: 400, message: 'Device offline' }, 'AntBuddy answered 200 with status 400'],
])('tells the log of %s %j: %s', async (status, body, detail, state = 'rejected') => {
  const upstream = await startUpstream(say(answer(`${status} Answer`, JSON.stringify(body))));
  expect((await dial(upstream.url)).outcome).toMatchObject({ state, detail });
});

describe('clickToCall, broken off', () => {
  it.each([
    ['reset before it could be read', (socket: Socket) => void socket.resetAndDestroy(), 'unknown'],
    [
      'reset within the answer',
      (socket: Socket) => void socket.write('HTTP/1.1 200 OK\r\nContent-Le', () => socket.resetAndDestroy()),
      'unknown',
    ],
    ['never answered', () => {}, 'unknown'],
    ['answered without an end', (socket: Socket) => void socket.write('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n'), 'unknown'],
  ])('%s', async (_name, serve, state) => {
    const upstream = await startUpstream(serve);
    expect(await dial(upstream.url, {}, tight)).toMatchObject({
      outcome: { state, code: 'outcome_unknown' },
      health: 'unknown',
    });
    expect(upstream.requests).toHaveLength(1);
  });

  it('drips its answer past the budget', async () => {
    let timer: NodeJS.Timeout | undefined;
    const upstream = await startUpstream((socket) => {
      timer = setInterval(() => socket.write('H'), 20);
    });
    expect((await dial(upstream.url, {}, tight)).outcome.state).toBe('unknown');
    clearInterval(timer);
  });
});

describe('clickToCall, never sent', () => {
  it('a port that refuses', async () => {
    const upstream = await startUpstream(say(''));
    await new Promise((resolve) => servers.pop()?.close(resolve));
    expect(await dial(upstream.url, {}, tight)).toMatchObject({
      outcome: { state: 'not_sent', code: 'upstream_unreachable' },
      health: 'unreachable',
    });
  });

  it('a name that does not resolve', async () => {
    expect((await dial(new URL('http://antbuddy.invalid'))).outcome.state).toBe('not_sent');
  });

  it('a host that does not speak TLS', async () => {
    const upstream = await startUpstream(say(''), (socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    expect((await dial(new URL(`https://${upstream.url.host}`), {}, tight)).outcome.state).toBe('not_sent');
    expect(upstream.requests.join()).not.toContain('sipPassword');
  });

  it('a TLS handshake that hangs', async () => {
    const upstream = await startUpstream(say(''));
    expect((await dial(new URL(`https://${upstream.url.host}`), {}, tight)).outcome.state).toBe('not_sent');
  });

  it('a connection that stands too late', async () => {
    const upstream = await startUpstream(say(answer('200 OK')));
    // The relay was too slow, which says nothing about AntBuddy.
    expect(await dial(upstream.url, { sendBy: Date.now() - 1 })).toMatchObject({
      outcome: { state: 'not_sent', code: 'click_too_old' },
      health: 'unknown',
    });
    expect(upstream.requests.join('')).toBe('');
  });
});

it('writes the request of section 3', async () => {
  const upstream = await startUpstream(say(answer('200 OK')));
  await dial(new URL('/gateway/', upstream.url), { number: '19001234/..?#' });
  const [head = '', body] = upstream.requests[0]?.split('\r\n\r\n') ?? [];
  expect(head.split('\r\n')[0]).toBe('POST /gateway/oapi/v1/call/click-to-call/19001234%2F..%3F%23 HTTP/1.1');
  expect(head.toLowerCase()).toContain(`x-auth-app-id: app\r\n`);
  expect(head.toLowerCase()).toContain(`x-auth-app-hash: ${hashHeader('app', 'secret')}`);
  expect(head.toLowerCase()).toContain('content-type: application/json');
  expect(JSON.parse(body ?? '')).toEqual({ sipUser: '1001', sipPassword: 'pw' });
});

it('signs in the header that is set', async () => {
  const upstream = await startUpstream(say(answer('200 OK')));
  const antbuddy = { appId: 'app', appSecret: 'secret', baseUrl: upstream.url, hashOrder: 'appId-first' as const };
  const client = createAntBuddyClient({ antbuddy: { ...antbuddy, authHeader: 'x-auth-app-token' } });
  await client.clickToCall({ number: '0912345678', sipUser: '1001', sipPassword: 'pw', sendBy: Number.POSITIVE_INFINITY });
  const head = upstream.requests[0]?.toLowerCase();
  expect(head).toContain(`x-auth-app-token: ${hashHeader('app', 'secret')}`);
  expect(head).not.toContain('x-auth-app-hash');
});

import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect as connectPlain, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { afterEach, expect, it } from 'vitest';
import { makeKeyPair } from '../testing/make-key-pair.ts';
import { createServer } from './create-server.ts';
import { close, listen } from './listen.ts';

const big = 'x'.repeat(50_000_000);
const ask = 'GET / HTTP/1.1\r\nHost: x\r\n\r\n';
const keyPair = readKeyPair();
const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

async function serve(
  listener: Parameters<typeof createServer>[1],
  bounds: Parameters<typeof createServer>[2],
  tls: typeof keyPair | null = null,
  told: unknown[] = [],
) {
  const log = { warn: (...line: unknown[]) => void told.push(line) };
  const server = createServer({ tls, log, unread: () => 'HTTP/1.1 400 Bad Request\r\n\r\nunread' }, listener, bounds);
  const port = await listen(server, 0, '127.0.0.1');
  ends.push(() => void close(server, 0));
  return port;
}

function open(port: number, text = ''): Socket {
  const socket = connectPlain(port, '127.0.0.1', () => void socket.write(text));
  socket.on('error', () => undefined);
  ends.push(() => void socket.destroy());
  return socket;
}

function readKeyPair() {
  const folder = mkdtempSync(join(tmpdir(), 'dialside-keys-'));
  const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  makeKeyPair(cert, key, 'localhost');
  const pair = { cert: readFileSync(cert, 'utf8'), key: readFileSync(key, 'utf8') };
  rmSync(folder, { recursive: true });
  return pair;
}

const closed = (socket: Socket) => new Promise<void>((resolve) => void socket.once('close', () => resolve()).resume());

it.each([
  ['plain', null],
  ['TLS', keyPair],
])('lets go who does not read its answer (%s)', async (_, tls) => {
  const { promise: gone, resolve } = Promise.withResolvers<void>();
  const port = await serve((_request, response) => void response.once('close', resolve).end(big), { timeout: 100 }, tls);
  const socket = tls ? connectTls({ port, host: '127.0.0.1', rejectUnauthorized: false }) : connectPlain(port, '127.0.0.1');
  ends.push(() => void socket.destroy());
  socket
    .on('error', () => undefined)
    .pause()
    .write(ask);
  await gone;
});

it('lets go who begins no handshake', async () => {
  const port = await serve(() => undefined, { handshakeTimeout: 50 }, keyPair);
  await closed(open(port));
});

const answered = (socket: Socket) =>
  new Promise<boolean>((resolve) => void socket.once('data', () => resolve(true)).once('close', () => resolve(false)));

it('takes no more connections than it can hold, and the next when one ends', async () => {
  const stream: Parameters<typeof createServer>[1] = (_request, response) => void response.write('here');
  const port = await serve(stream, { maxConnections: 2 });
  const [first, second] = [open(port, ask), open(port, ask)];
  expect(await Promise.all([answered(first), answered(second)])).toEqual([true, true]);
  expect(await answered(open(port, ask))).toBe(false);
  const left = closed(first);
  first.end();
  await left;
  expect(await answered(open(port, ask))).toBe(true);
});

it.each([
  ['plain', null],
  ['TLS', keyPair],
])('closes idle connections when it is full, and says so once (%s)', async (_, tls) => {
  const told: unknown[] = [];
  const port = await serve((_request, response) => void response.end('here'), { maxConnections: 2 }, tls, told);
  const enter = () => {
    if (!tls) return open(port, ask);
    const socket = connectTls({ port, host: '127.0.0.1', rejectUnauthorized: false }, () => void socket.write(ask));
    ends.push(() => void socket.destroy());
    return socket.on('error', () => undefined);
  };
  const idle = [enter(), enter()];
  expect(await Promise.all(idle.map(answered))).toEqual([true, true]);
  const left = Promise.all(idle.map(closed));
  expect(await answered(enter())).toBe(false);
  await left;
  expect(await Promise.all([answered(enter()), answered(enter())])).toEqual([true, true]);
  expect(await answered(enter())).toBe(false);
  expect(told).toHaveLength(1);
});

it('cuts a connection that asks for more at a time than it has answers', async () => {
  const begun: (() => void)[] = [];
  const port = await serve((_request, response) => void begun.push(() => response.end('here')), { mostAtOnce: 3 });
  await closed(open(port, ask.repeat(4)));
  expect(begun).toHaveLength(3);
});

it('answers as many as one may ask for at a time, again and again', async () => {
  const begun: (() => void)[] = [];
  const port = await serve(
    (_request, response) => {
      begun.push(() => response.end('here'));
      if (begun.length === 3) for (const finish of begun.splice(0)) finish();
    },
    { mostAtOnce: 3 },
  );
  const socket = open(port);
  for (let turn = 0; turn < 3; turn += 1) {
    socket.write(ask.repeat(3));
    for (let text = ''; text.split('here').length <= 3; ) text += await once(socket, 'data');
  }
});

const broken = 'POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n';
it.each<[string, string, Parameters<typeof createServer>[1], RegExp]>([
  ['is not HTTP', 'hello\r\n\r\n', () => undefined, /^HTTP\/1.1 400 .*unread$/s],
  ['breaks off in its chunks', broken, () => undefined, /^HTTP\/1.1 400 .*unread$/s],
  ['follows an answer', `${ask}hello\r\n\r\n`, (_, response) => void response.end('here'), /^HTTP\/1.1 200 .*here$/s],
  ['comes while the one before is being answered', `${ask}hello\r\n\r\n`, () => undefined, /^$/],
  [
    'breaks off once its answer has begun',
    broken,
    (_, response) => void response.write('here'),
    /^(HTTP\/1.1 200 .*here\r\n)?$/s,
  ],
])('answers what %s only where nothing else is being said', async (_, text, listener, expected) => {
  const port = await serve(listener, {});
  const socket = open(port, text);
  let answer = '';
  socket.on('data', (data) => {
    answer += data;
  });
  await closed(socket);
  expect(answer).toMatch(expected);
});

it('says nothing to a connection that is no TLS', async () => {
  const port = await serve(() => undefined, {}, keyPair);
  expect(await answered(open(port, ask))).toBe(false);
});

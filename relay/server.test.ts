import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request as plainRequest } from 'node:http';
import { request as tlsRequest } from 'node:https';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RelayConfig } from './config.ts';
import { errorTable } from './contract.ts';
import { createLogger } from './logging.ts';
import { type RunningRelay, startRelay } from './server.ts';
import { sqliteFile } from './store/open-store.ts';
import { testConfig } from './testing/make-deps.ts';
import { makeKeyPair } from './testing/make-key-pair.ts';

let folder: string;
let lines: string[];
let relay: RunningRelay | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dialside-server-'));
  lines = [];
});
afterEach(async () => {
  await relay?.stop();
  relay = undefined;
  rmSync(folder, { recursive: true });
});

async function start(changed: Partial<RelayConfig> = {}): Promise<RunningRelay> {
  const log = createLogger('info', { write: (line) => lines.push(line) });
  relay = await startRelay({ ...testConfig, place: { dataDir: folder }, ...changed }, log);
  return relay;
}

/** Requests a path exactly as given; returns status and body. */
function get(
  port: number,
  path: string,
  { method = 'GET', tls = false } = {},
): Promise<{ status?: number | undefined; body: string; connection?: string | undefined }> {
  return new Promise((resolve, reject) => {
    const send = tls ? tlsRequest : plainRequest;
    const request = send({ port, path, method, host: '127.0.0.1', rejectUnauthorized: false }, async (response) => {
      let body = '';
      for await (const chunk of response) body += chunk;
      resolve({ status: response.statusCode, body, connection: response.headers.connection });
    });
    request.once('error', reject).end();
  });
}

/** Sends raw bytes and returns what the relay answered until it closed the connection, or the first `enough` bytes. */
function raw(port: number, parts: Iterable<string | Buffer>, enough = Number.POSITIVE_INFINITY): Promise<string> {
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () => {
      const rest = parts[Symbol.iterator]();
      const write = (): void => {
        for (let part = rest.next(); !part.done; part = rest.next()) {
          if (!socket.write(part.value)) {
            socket.once('drain', write);
            return;
          }
        }
      };
      write();
    });
    const end = () => {
      socket.destroy();
      resolve(answer);
    };
    socket.on('data', (data) => {
      answer += data;
      if (answer.length >= enough) end();
    });
    socket.once('close', end).once('error', end);
  });
}

describe('the running relay', () => {
  it.each([
    ['/healthz', 200, 'ok\n'],
    ['/readyz', 200, 'ready\n'],
    ['/healthz/', 404, 'There is nothing here.\n'],
    ['/healthz?x=1', 404, 'There is nothing here.\n'],
    ['/HEALTHZ', 404, 'There is nothing here.\n'],
    ['//healthz', 404, 'There is nothing here.\n'],
    ['/x/../healthz', 404, 'There is nothing here.\n'],
    ['/v1/me', 404, 'There is nothing here.\n'],
  ])('answers %s on its operations port: %d', async (path, status, body) => {
    const { opsPort } = await start();
    expect(await get(opsPort, path)).toMatchObject({ status, body });
  });

  it.each(['/healthz', '/readyz', '/metrics'])('has no %s on its public port', async (path) => {
    const { port } = await start();
    expect((await get(port, path)).status).toBe(404);
  });

  it('tells its metrics by route, not by path', async () => {
    const { port, opsPort } = await start();
    await get(port, '/v1/calls/3b241101-e2bb-4255-8caf-4136c566a962');
    await get(port, `/${'x'.repeat(50)}`);
    const { body } = await get(opsPort, '/metrics');
    expect(body).toMatch(/dialside_http_request_seconds_count\{route="\/v1\/calls\/:key",method="GET",status="401"\} 1/);
    expect(body).toMatch(/dialside_http_request_seconds_count\{route="none",method="GET",status="404"\} 1/);
    expect(body).toContain('dialside_upstream_state{state="unknown"}');
    expect(body).not.toContain('3b241101');
  });

  it('is not ready while its store can be read but not written, and counts that', async () => {
    const { opsPort } = await start();
    const database = new DatabaseSync(sqliteFile(folder));
    database.exec(`create trigger full before insert on state begin select raise(abort, 'disk is full'); end`);
    expect((await get(opsPort, '/readyz')).status).toBe(503);
    expect((await get(opsPort, '/metrics')).body).toContain('dialside_store_errors_total 1');
    database.exec('drop trigger full');
    database.close();
    expect((await get(opsPort, '/readyz')).status).toBe(200);
  });

  it('answers 413 while 10 MB in chunks are still coming', async () => {
    const { port } = await start();
    const head =
      'POST /v1/enrolments/redeem HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n';
    const chunk = `10000\r\n${' '.repeat(65_536)}\r\n`;
    const answer = await raw(port, [head, ...Array(160).fill(chunk), '0\r\n\r\n'], 12);
    expect(answer).toMatch(/^HTTP\/1.1 413/);
    expect((await get(port, '/v1/me')).status).toBe(401);
  });

  it.each([
    ['two lengths', 400, 'bad_request', 'POST /v1/calls HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}'],
    [
      'length and chunks',
      400,
      'bad_request',
      'POST /v1/calls HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    ['no HTTP', 400, 'bad_request', 'hello\r\n\r\n'],
    ['headers without end', 431, 'too_large', `GET / HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(20_000)}`],
    ['a backslash', 400, 'bad_request', 'GET /v1/numbers/a\\canary HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'],
    ['a Host that is none', 400, 'bad_request', 'GET /v1/me HTTP/1.1\r\nHost: canary@x\r\nConnection: close\r\n\r\n'],
    ['no Host', 400, 'bad_request', 'GET /v1/me HTTP/1.1\r\nConnection: close\r\n\r\n'],
    ['HTTP of old without Host', 400, 'bad_request', 'GET /v1/me HTTP/1.0\r\n\r\n'],
  ] as const)('refuses %s like any request, and goes on', async (_what, status, code, text) => {
    const { port, opsPort } = await start();
    const [head = '', body = ''] = (await raw(port, [text])).split('\r\n\r\n');
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(JSON.parse(body)).toEqual({ error: { code, message: errorTable[code][1] } });
    const requestId = /^x-request-id: (.+)$/im.exec(head)?.[1]?.trim();
    const logged = lines.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'request');
    expect(logged).toMatchObject([{ requestId, status, route: 'none' }]);
    expect(lines.join('')).not.toContain('canary');
    expect((await get(opsPort, '/metrics')).body).toContain(`{route="none",method="other",status="${status}"} 1`);
    expect((await get(port, '/v1/me')).status).toBe(401);
  });

  it('stops in order: not ready, last answers, closed; and starts again on its data', { timeout: 20_000 }, async () => {
    const { port, opsPort, stop } = await start();
    const stopping = stop();
    expect((await get(opsPort, '/readyz')).status).toBe(503);
    expect((await get(opsPort, '/healthz')).status).toBe(200);
    expect(await get(port, '/v1/me')).toMatchObject({ status: 401, connection: 'close' });
    await stopping;
    await expect(get(port, '/v1/me')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await start();
    expect((await get(relay?.port ?? 0, '/v1/me')).status).toBe(401);
    // Logged at the first start only: at a later one it would mean that the data directory is a different one.
    expect(lines.filter((line) => line.includes('a new store was made; if a relay ran before, RELAY_DATA_DIR'))).toHaveLength(1);
  });

  it('refuses another RELAY_KEY, and a port that is taken', async () => {
    const { port, stop } = await start();
    await expect(
      startRelay({ ...testConfig, place: { dataDir: join(folder, 'other') }, port }, createLogger('silent')),
    ).rejects.toThrow(`The relay cannot listen on 127.0.0.1:${port} (EADDRINUSE).`);
    await stop();
    await expect(start({ relayKey: Buffer.alloc(32, 9) })).rejects.toThrow('RELAY_KEY is not the key');
  });

  it('listens nowhere when its operations port is taken', { timeout: 20_000 }, async () => {
    const { port: freed, stop } = await start();
    await stop();
    const { opsPort } = await start();
    const another = { ...testConfig, place: { dataDir: join(folder, 'other') }, port: freed, opsPort };
    await expect(startRelay(another, createLogger('silent'))).rejects.toThrow(`cannot listen on 127.0.0.1:${opsPort}`);
    await expect(get(freed, '/v1/me')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('ends TLS itself when given a key pair', async () => {
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    makeKeyPair(cert, key, 'relay.test');
    const { port } = await start({ tls: { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') } });
    expect((await get(port, '/v1/me', { tls: true })).status).toBe(401);
    await expect(get(port, '/v1/me')).rejects.toThrow();
    const broken = startRelay(
      { ...testConfig, place: { dataDir: join(folder, 'other') }, tls: { key: 'k', cert: 'c' } },
      createLogger('silent'),
    );
    await expect(broken).rejects.toThrow('RELAY_TLS_CERT_FILE and RELAY_TLS_KEY_FILE must hold a certificate in PEM');
  });

  it('writes no query, header or body into its log', async () => {
    const { port } = await start();
    const canary = 'canary-4711';
    await get(port, `/v1/me?ticket=${canary}`);
    const head = `POST /v1/calls?${canary} HTTP/1.1\r\nHost: x\r\nAuthorization: DPoP ${canary}\r\nDPoP: ${canary}\r\nCookie: ${canary}\r\n`;
    await raw(port, [`${head}Content-Type: application/json\r\nContent-Length: 13\r\nConnection: close\r\n\r\n"${canary}"`]);
    expect(lines.filter((line) => line.includes('"request"'))).toHaveLength(2);
    expect(lines.join('')).not.toContain(canary);
  });
});

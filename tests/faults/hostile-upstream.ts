import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';

const megabyte = 'x'.repeat(1_000_000);
const head = (status: string, headers: string[], body: string) =>
  `HTTP/1.1 ${status}\r\n${[...headers, `Content-Length: ${Buffer.byteLength(body)}`].join('\r\n')}\r\n\r\n${body}`;
const json = (body: string, status = '200 OK') => head(status, ['Content-Type: application/json'], body);
const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
const statuses = [
  '100 Continue',
  '204 No Content',
  '301 Moved',
  '302 Found',
  '307 Temporary',
  '308 Permanent',
  '401 No',
  '403 No',
];
const worse = ['404 No', '418 Teapot', '429 Slow', '500 Oops', '502 Bad', '503 Busy', '599 Odd', '999 Odder', '200 OK'];
const bodies = [
  '',
  '{}',
  '[]',
  'null',
  '"text"',
  '{"value":1}',
  '{"value":"","expire":"x"}',
  '{"media":"javascript:x"}',
  '{"a":',
  '<p>',
  '\u0000',
];

/** Answers that a broken or hostile AntBuddy could give. */
const answers: ((redirect: string) => { parts: (string | Buffer)[] })[] = [
  ...[...statuses, ...worse].flatMap((status) => [
    (redirect: string) => ({ parts: [head(status, [`Location: ${redirect}`], '{}')] }),
    (redirect: string) => ({ parts: [head(status, [`Refresh: 0; url=${redirect}`, 'Content-Type: text/html'], '<html>')] }),
  ]),
  ...bodies.map((body) => () => ({ parts: [json(body)] })),
  ...bodies.map((body) => () => ({ parts: [json(body, '400 Bad')] })),
  () => ({ parts: [json(deep)] }),
  () => ({ parts: [json(`{"value":"${megabyte}"}`)] }),
  () => ({ parts: [json(JSON.stringify({ __proto__: { value: 'x' }, constructor: { prototype: {} } }))] }),
  () => ({ parts: [head('200 OK', ['Content-Type: application/json', 'Content-Encoding: gzip'], megabyte)] }),
  () => ({ parts: ['HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n', ...Array<string>(12).fill(megabyte)] }),
  () => ({ parts: ['HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n', megabyte] }),
  () => ({ parts: ['HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n{}   '] }),
  () => ({ parts: ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n'] }),
  () => ({ parts: ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffff\r\n', megabyte] }),
  () => ({ parts: [`HTTP/1.1 200 OK\r\nX: ${megabyte}\r\n\r\n{}`] }),
  () => ({ parts: [`HTTP/1.1 200 OK\r\n${'X: y\r\n'.repeat(5_000)}\r\n{}`] }),
  () => ({ parts: ['HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n'] }),
  () => ({ parts: ['HTTP/1.1 103 Early Hints\r\n\r\n'.repeat(1_000), json('{}')] }),
  () => ({ parts: ['SSH-2.0-OpenSSH_9.6\r\n'] }),
  () => ({ parts: [Buffer.from(Array.from({ length: 4_096 }, (_, at) => (at * 7_919) % 256))] }),
  () => ({
    parts: [Buffer.concat([Buffer.from('HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n'), Buffer.from([0xff, 0xfe, 0, 0xc0])])],
  }),
  () => ({ parts: [] }),
  () => ({ parts: ['HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{'] }),
];

/** Each connection gets the next answer. `redirected` counts the connections to the address that the answers redirect to. */
export async function startHostileUpstream() {
  let turn = 0;
  let redirected = 0;
  const sockets = new Set<Socket>();
  const serve = (listener: (socket: Socket) => void) =>
    new Promise<{ url: string; close(): void }>((resolve) => {
      const server = createServer((socket) => {
        sockets.add(socket);
        socket.on('error', () => undefined);
        socket.once('close', () => sockets.delete(socket));
        listener(socket);
      });
      server.listen(0, '127.0.0.1', () => {
        resolve({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() });
      });
    });
  const trap = await serve((socket) => {
    redirected += 1;
    socket.destroy();
  });
  const upstream = await serve((socket) => {
    socket.once('data', () => {
      const make = answers[turn % answers.length];
      turn += 1;
      for (const part of make?.(trap.url).parts ?? []) socket.write(part);
      socket.end();
    });
  });
  return {
    url: upstream.url,
    answered: () => turn,
    redirected: () => redirected,
    kinds: answers.length,
    stop() {
      for (const socket of sockets) socket.destroy();
      upstream.close();
      trap.close();
    },
  };
}

/**
 * Many sockets each send one letter of a header a second: `node tests/faults/slow-sockets.ts [sockets]`. Meanwhile a healthy
 * client must be answered within 100 ms or, on a busy machine, within twice the time it took before.
 */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { quantile } from '../bench/quantiles.ts';
import { conclude, makeFaultWorld } from './fault-world.ts';

const sockets = Number(process.argv[2] ?? 500);
const requests = 200;
const world = await makeFaultWorld({ engine: 'sqlite', callers: 1 });
const relay = await world.start();
const { port } = new URL(relay.url);

const before = await measure();
const open: Socket[] = [];
for (let turn = 0; turn < sockets; turn += 1) {
  const socket = connect(Number(port), '127.0.0.1');
  socket.on('error', () => undefined);
  await once(socket, 'connect').catch(() => undefined);
  socket.write('POST /v1/calls HTTP/1.1\r\nX-Slow: ');
  open.push(socket);
}
const drip = setInterval(() => {
  for (const socket of open) if (!socket.destroyed) socket.write('a');
}, 1_000);
// Long enough for the slow senders to send a few letters each.
const during = await measure(3_000);
// The relay allows 10 s for headers and checks every 5 s.
for (const end = Date.now() + 25_000; Date.now() < end && open.some((socket) => !socket.closed); ) await wait(200);
const left = open.filter((socket) => !socket.closed).length;
clearInterval(drip);
for (const socket of open) socket.destroy();
await relay.kill();
await world.stop();
conclude(
  { sockets, p99BeforeMs: before, p99DuringMs: during, left },
  {
    'a healthy client is answered in time': during < Math.max(100, 2 * before),
    'slow senders are let go': left === 0,
  },
);

/** The 99th percentile of a healthy client's requests, in milliseconds, asked for at least that long. */
async function measure(leastMs = 0): Promise<number> {
  const times: number[] = [];
  for (const start = performance.now(); times.length < requests || performance.now() - start < leastMs; ) {
    const headers = (await world.callers[0]?.headers('GET', '/v1/me')) ?? {};
    const began = performance.now();
    const answer = await fetch(`${relay.url}/v1/me`, { headers });
    await answer.text();
    if (answer.status !== 200) throw new Error(`A healthy client got ${answer.status}.`);
    times.push(performance.now() - began);
  }
  return quantile(times, 0.99);
}

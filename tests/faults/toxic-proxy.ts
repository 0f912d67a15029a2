import type { AddressInfo } from 'node:net';
import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/** The ways in which a bad network disturbs a connection, modelled on Shopify's toxiproxy. */
type Toxic = 'none' | 'latency' | 'down' | 'bandwidth' | 'slow close' | 'timeout' | 'reset' | 'slicer' | 'limit';
export const toxics: Toxic[] = ['latency', 'down', 'bandwidth', 'slow close', 'timeout', 'reset', 'slicer', 'limit'];

const latencyMs = 1_500;
const bytesPerSecond = 400;
const closeMs = 3_000;
const limitBytes = 60;

/** Forwards TCP connections to `target`, disturbed by the toxic that is set. */
export async function startToxicProxy(target: string) {
  let toxic: Toxic = 'none';
  const sockets = new Set<Socket>();
  const { hostname, port } = new URL(target);

  const server = createServer({ allowHalfOpen: true }, (client) => {
    if (toxic === 'down') return void client.resetAndDestroy();
    const mine = toxic;
    const upstream = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.once('close', () => sockets.delete(socket));
    }
    client.pipe(upstream);
    void answer(mine, upstream, client);
    upstream.once('close', () => {
      if (mine !== 'slow close' && mine !== 'timeout') client.destroySoon();
    });
    client.once('close', () => upstream.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    set(next: Toxic) {
      toxic = next;
    },
    stop() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

/** Forwards AntBuddy's answer to the relay, disturbed by the toxic. */
async function answer(toxic: Toxic, upstream: Socket, client: Socket): Promise<void> {
  try {
    for await (const chunk of upstream as AsyncIterable<Buffer>) {
      if (toxic === 'timeout') continue;
      if (toxic === 'reset') return void client.resetAndDestroy();
      if (toxic === 'latency') await wait(latencyMs);
      const pieces = piecesOf(toxic, chunk);
      for (const piece of pieces) {
        if (client.destroyed) return;
        client.write(piece);
        if (toxic === 'bandwidth') await wait((piece.length * 1000) / bytesPerSecond);
        if (toxic === 'slicer') await wait(1);
      }
      if (toxic === 'limit') return void client.destroySoon();
    }
    if (toxic === 'slow close') await wait(closeMs);
    if (toxic !== 'timeout') client.end();
  } catch {
    // The relay or AntBuddy has closed its connection, so nothing can be forwarded.
    client.destroy();
  }
}

function piecesOf(toxic: Toxic, chunk: Buffer): Buffer[] {
  if (toxic === 'limit') return [chunk.subarray(0, limitBytes)];
  const size = toxic === 'slicer' ? 7 : toxic === 'bandwidth' ? 100 : chunk.length;
  return Array.from({ length: Math.ceil(chunk.length / size) }, (_, at) => chunk.subarray(at * size, (at + 1) * size));
}

import { createServer as createPlainServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https';
import type { Socket } from 'node:net';
import type { RelayConfig } from '../config.ts';
import { SettingError } from '../settings.ts';

/** What one client can hold of the relay. Times in milliseconds. */
const bounds = {
  handshakeTimeout: 10_000,
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 65_000,
  connectionsCheckingInterval: 5_000,
  /** Nothing was read of what waits for the client. Event streams beat far more often; a paused recording is asked for again. */
  timeout: 120_000,
  /** A thousand agents' streams and what else their browsers open for a minute; 420 MB over TLS where nobody reads his answers. */
  maxConnections: 3_000,
  /** Requests of one connection that are not answered yet. Browsers and proxies send the next when they have the answer. */
  mostAtOnce: 3,
};

/** The server of the public port. Who is slow, sends more than is answered or does not read is let go. */
export function createServer(
  { tls }: Pick<RelayConfig, 'tls'>,
  listener: RequestListener,
  changed: Partial<typeof bounds> = {},
): Server | TlsServer {
  const { mostAtOnce, timeout, maxConnections, ...options } = { ...bounds, ...changed };
  const server = tls
    ? withKeyPair(tls, options, atOnce(mostAtOnce, listener))
    : createPlainServer(options, atOnce(mostAtOnce, listener));
  return Object.assign(server, { timeout, maxConnections });
}

function withKeyPair(tls: NonNullable<RelayConfig['tls']>, options: object, listener: RequestListener): TlsServer {
  try {
    return createTlsServer({ ...options, ...tls, minVersion: 'TLSv1.2' }, listener);
  } catch (error) {
    const what = 'a certificate in PEM and the key that belongs to it';
    throw new SettingError(`RELAY_TLS_CERT_FILE and RELAY_TLS_KEY_FILE must hold ${what}.`, { cause: error });
  }
}

/** Cuts a connection that has more than `most` requests under way: Node reads on, and each of them takes memory until it is answered. */
function atOnce(most: number, listener: RequestListener): RequestListener {
  const underWay = new WeakMap<Socket, number>();
  return (request, response) => {
    const { socket } = request;
    const count = (by: number) => {
      const now = (underWay.get(socket) ?? 0) + by;
      underWay.set(socket, now);
      return now;
    };
    response.once('close', () => count(-1));
    if (count(1) > most) socket.destroy();
    if (!socket.destroyed) listener(request, response);
  };
}

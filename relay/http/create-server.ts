import { createServer as createPlainServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https';
import type { Socket } from 'node:net';
import type { Logger } from 'pino';
import type { RelayConfig } from '../config.ts';
import { SettingError } from '../settings.ts';

/** Limits on what one client can occupy. Times in milliseconds. */
const bounds = {
  handshakeTimeout: 10_000,
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 65_000,
  connectionsCheckingInterval: 5_000,
  /**
   * Idle time after which a socket is closed, also if the client does not read. Event streams send heartbeats far more often; a
   * paused recording is requested again.
   */
  timeout: 120_000,
  /**
   * Enough for the streams of a thousand agents plus a minute of their browsers' other requests; 420 MB over TLS if no client
   * reads its answers.
   */
  maxConnections: 3_000,
  /** Unanswered requests per connection. Browsers and proxies send the next request after the answer to the previous one. */
  mostAtOnce: 3,
};
const closeIdleEveryMs = 1_000;
const tellFullEveryMs = 60_000;

/** Requests that are not answered yet, by connection; of every connection that has sent one. */
type Pending = Map<Socket, number>;

/**
 * The server of the public port. Disconnects clients that are slow, pipeline too many requests or do not read; and, when it is
 * full, idle ones.
 */
export function createServer(
  { tls, log }: Pick<RelayConfig, 'tls'> & { log: Pick<Logger, 'warn'> },
  listener: RequestListener,
  changed: Partial<typeof bounds> = {},
): Server | TlsServer {
  const { mostAtOnce, timeout, maxConnections, ...options } = { ...bounds, ...changed };
  const pending: Pending = new Map();
  const bounded = atOnce(mostAtOnce, listener, pending);
  const server = tls ? withKeyPair(tls, options, bounded) : createPlainServer(options, bounded);
  let closedAt = Number.NEGATIVE_INFINITY;
  let toldAt = Number.NEGATIVE_INFINITY;
  server.on('drop', () => {
    const at = performance.now();
    // The newcomer is lost, but its next try finds room.
    if (at - closedAt >= closeIdleEveryMs) {
      closedAt = at;
      closeIdle(pending);
    }
    if (at - toldAt < tellFullEveryMs) return;
    toldAt = at;
    log.warn({ maxConnections }, 'a connection was refused because all are taken; idle ones were closed');
  });
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

/**
 * Cuts a connection with more than `most` pending requests: Node reads on, and each request takes memory until it is answered.
 */
function atOnce(most: number, listener: RequestListener, pending: Pending): RequestListener {
  return (request, response) => {
    const { socket } = request;
    if (!pending.has(socket)) socket.once('close', () => pending.delete(socket));
    const count = (by: number) => {
      const now = (pending.get(socket) ?? 0) + by;
      if (!socket.destroyed) pending.set(socket, now);
      return now;
    };
    response.once('close', () => count(-1));
    if (count(1) > most) socket.destroy();
    if (!socket.destroyed) listener(request, response);
  };
}

/** Node's own closeIdleConnections would also cut answers that are ended but not yet read. */
function closeIdle(pending: Pending): void {
  for (const [socket, requests] of pending) if (requests === 0 && socket.writableLength === 0) socket.destroy();
}

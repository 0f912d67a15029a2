import { createServer as createPlainServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https';
import type { Socket } from 'node:net';
import type { Logger } from 'pino';
import type { RelayConfig } from '../config.ts';
import { SettingError } from '../settings.ts';
import type { RefuseUnread } from './refuse-unread.ts';

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
  /** Left to the listener, whose refusal has a body. */
  requireHostHeader: false,
};
const closeIdleEveryMs = 1_000;
const tellFullEveryMs = 60_000;

/** Answers that are not finished yet, by connection; of every connection that has sent a request. */
type Pending = Map<Socket, Set<ServerResponse>>;

/**
 * The server of the public port. Disconnects clients that are slow, pipeline too many requests or do not read; and, when it is
 * full, idle ones. `unread` is the answer to a request that is not HTTP.
 */
export function createServer(
  { tls, log, unread }: Pick<RelayConfig, 'tls'> & { log: Pick<Logger, 'warn'>; unread: RefuseUnread['text'] },
  listener: RequestListener,
  changed: Partial<typeof bounds> = {},
): Server | TlsServer {
  const { mostAtOnce, timeout, maxConnections, ...options } = { ...bounds, ...changed };
  const pending: Pending = new Map();
  const bounded = atOnce(mostAtOnce, listener, pending);
  const server = tls ? withKeyPair(tls, options, bounded) : createPlainServer(options, bounded);
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => answerUnread(error, socket as Socket, pending, unread));
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
    if (socket.destroyed) return;
    const answers = pending.get(socket) ?? new Set();
    if (!pending.has(socket)) socket.once('close', () => pending.delete(socket));
    pending.set(socket, answers.add(response));
    response.once('close', () => answers.delete(response));
    if (answers.size > most) socket.destroy();
    else listener(request, response);
  };
}

/**
 * Ends a connection whose parser failed, with an answer only if the client must take it for one to that request: not beside an
 * answer that has begun, nor while another request is being answered. A connection that is lost or fails to become TLS gets none.
 */
function answerUnread(error: NodeJS.ErrnoException, socket: Socket, pending: Pending, unread: RefuseUnread['text']): void {
  const isUnread = /^(HPE_|ERR_HTTP_REQUEST_TIMEOUT$)/.test(error.code ?? '');
  const isFree = [...(pending.get(socket) ?? [])].every(({ headersSent, req }) => !headersSent && !req.complete);
  if (!isUnread || !isFree || !socket.writable) {
    socket.destroy();
    return;
  }
  socket.write(unread(error));
  socket.destroySoon();
}

/** Node's own closeIdleConnections would also cut answers that are ended but not yet read. */
function closeIdle(pending: Pending): void {
  for (const [socket, answers] of pending) if (answers.size === 0 && socket.writableLength === 0) socket.destroy();
}

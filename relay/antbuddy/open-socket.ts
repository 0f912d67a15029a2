import { connect as connectTcp, isIP, type LookupFunction, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

/** The connection failed before any byte of a request was written. */
export class NotSentError extends Error {
  override name = 'NotSentError';
}

/**
 * Opens a fresh connection to the host of `url`, including the TLS handshake for https. Rejects with NotSentError if the
 * connection is refused, the name does not resolve, the handshake fails, or all of it takes longer than `timeoutMs`.
 */
export function openSocket(url: URL, timeoutMs: number, lookup?: LookupFunction): Promise<Socket> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const secure = url.protocol === 'https:';
  const port = Number(url.port) || (secure ? 443 : 80);
  const socket = secure
    ? connectTls({ host, port, lookup, servername: isIP(host) ? '' : host, ALPNProtocols: ['http/1.1'] })
    : connectTcp({ host, port, lookup });
  const { promise, resolve, reject } = Promise.withResolvers<Socket>();
  const timer = setTimeout(() => socket.destroy(new Error(`no connection within ${timeoutMs} ms`)), timeoutMs);
  socket.once(secure ? 'secureConnect' : 'connect', () => resolve(socket));
  const onClose = () => reject(new NotSentError('AntBuddy closed the connection before a request was written.'));
  socket.once('error', (cause) => reject(new NotSentError(`AntBuddy could not be connected to: ${cause.message}`, { cause })));
  socket.once('close', onClose);
  return promise.finally(() => {
    clearTimeout(timer);
    socket.off('close', onClose);
  });
}

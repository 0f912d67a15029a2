import { request as httpRequest, type IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { NotSentError, openSocket } from '../antbuddy/open-socket.ts';
import { RelayError } from '../http/relay-error.ts';
import { findMediaPlace } from './media-host.ts';
import { createPublicLookup } from './public-lookup.ts';

const connectMs = 3_000;
const headersMs = 10_000;

/**
 * Requests a recording from the media host and resolves with its headers; the body is not read until the caller reads it. Always
 * a GET, since a signed address is valid for one method only. Redirects are not followed. Throws `upstream_malformed` before
 * connecting when the address is not allowed, `upstream_unreachable` when nothing answers.
 */
export async function openMedia(
  url: URL,
  mediaHosts: readonly string[],
  headers: Record<string, string>,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const place = findMediaPlace(url, mediaHosts);
  if (!place) throw new RelayError('upstream_malformed', { cause: `recordings may not be fetched from ${url.host}` });
  const guarded = !place.loopback && isIP(url.hostname) === 0;
  const socket = await openSocket(url, connectMs, guarded ? createPublicLookup() : undefined).catch((error: unknown) => {
    throw error instanceof NotSentError ? unreachable(error) : error;
  });
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const request = httpRequest({
    createConnection: () => socket,
    path: url.pathname + url.search,
    setHost: false,
    headers: { host: url.host, accept: 'audio/*, application/octet-stream', connection: 'close', ...headers },
  });
  const leave = () => request.destroy();
  const timer = setTimeout(() => request.destroy(new Error(`no answer within ${headersMs} ms`)), headersMs);
  request.once('response', resolve);
  request.on('error', (error) => reject(unreachable(error)));
  request.once('upgrade', () => request.destroy(new Error('another protocol')));
  request.once('close', () => {
    signal.removeEventListener('abort', leave);
    reject(unreachable(new Error('closed without an answer')));
  });
  signal.addEventListener('abort', leave);
  if (signal.aborted) leave();
  request.end();
  return promise.finally(() => clearTimeout(timer));
}

function unreachable(error: Error): RelayError {
  return new RelayError('upstream_unreachable', { cause: error.message });
}

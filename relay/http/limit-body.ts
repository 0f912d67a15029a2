import type { MiddlewareHandler } from 'hono';
import { BadRequest } from './bad-request.ts';
import type { RelayEnv } from './relay-env.ts';
import { RelayError } from './relay-error.ts';

/**
 * Refuses bodies above `most` bytes (`too_large`) and reads the body before the sender is authenticated: the authentication must
 * be current when the request is carried out, not when its first byte arrived. A Content-Length is trusted, because Node's parser
 * enforces it; any other body is counted as it arrives. On the `larger` paths, a body above `most` must declare its length and is
 * read only by the route, so that an unauthenticated sender cannot fill the memory.
 */
export function limitBody(most: number, larger: Partial<Record<string, number>> = {}): MiddlewareHandler<RelayEnv> {
  return async (c, next) => {
    const isChunked = c.req.header('transfer-encoding') !== undefined;
    const length = isChunked ? undefined : c.req.header('content-length');
    if (length !== undefined && !(Number(length) <= (larger[c.req.path] ?? most))) throw new RelayError('too_large');
    const isRead = isChunked || !isBodyless(c.req.method);
    if (isRead && !(Number(length) > most)) {
      c.set('bodyText', await orBadRequest(length === undefined ? readCounted(c.req.raw.body, most) : c.req.text()));
    }
    await next();
  };
}

const isBodyless = (method: string) => method === 'GET' || method === 'HEAD';

/** Turns a client's disconnect while it sends the body into `bad_request`; it is not a failure of the relay. */
export async function orBadRequest(text: Promise<string>): Promise<string> {
  try {
    return await text;
  } catch (error) {
    throw error instanceof RelayError ? error : new BadRequest('The body broke off.', { cause: error });
  }
}

async function readCounted(body: ReadableStream<Uint8Array> | null, limit: number): Promise<string> {
  if (!body) return '';
  const chunks: Uint8Array[] = [];
  let size = 0;
  // Throwing out of the loop cancels the stream.
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > limit) throw new RelayError('too_large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

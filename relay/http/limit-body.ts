import type { MiddlewareHandler } from 'hono';
import { BadRequest } from './bad-request.ts';
import type { RelayEnv } from './relay-env.ts';
import { RelayError } from './relay-error.ts';

/**
 * Refuses bodies above a limit (`too_large`), in bytes, and reads them before anybody is asked who sent them: what the store says of
 * the sender is to be true when the request is carried out, not when its first byte came. A Content-Length is believed, because Node's
 * parser holds the sender to it; any other body is counted as it comes. On the paths that take `larger` ones what is above `most` must
 * say its length, and waits until the route asks for it: nobody unknown may fill the memory.
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

/** Anybody may leave in the middle; that is no failure of the relay. */
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
  // Leaving the loop cancels the stream.
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > limit) throw new RelayError('too_large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

import type { MiddlewareHandler } from 'hono';
import type { RelayEnv } from './relay-env.ts';
import { RelayError } from './relay-error.ts';

/**
 * Refuses bodies above a limit (`too_large`), in bytes. A Content-Length is believed, because Node's parser holds the sender to it,
 * and such a body waits until a route asks for it; any other is read here and counted as it comes, whoever sends it, and is held to
 * `most` on the paths that take `larger` ones too.
 */
export function limitBody(most: number, larger: Partial<Record<string, number>> = {}): MiddlewareHandler<RelayEnv> {
  return async (c, next) => {
    const length = c.req.header('content-length');
    if (length !== undefined && c.req.header('transfer-encoding') === undefined) {
      if (!(Number(length) <= (larger[c.req.path] ?? most))) throw new RelayError('too_large');
    } else if (!isBodyless(c.req.method) || c.req.header('transfer-encoding') !== undefined) {
      c.set('bodyText', await readCounted(c.req.raw.body, most));
    }
    await next();
  };
}

const isBodyless = (method: string) => method === 'GET' || method === 'HEAD';

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

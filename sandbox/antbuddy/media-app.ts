import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { parseRange } from './byte-range.ts';
import type { CallRecord } from './call-record.ts';
import type { Clock } from './clock.ts';
import { type Faults, injectFaults } from './faults.ts';
import type { Recording, Recordings } from './recordings.ts';
import { readMediaUrl, type StorageKeys } from './signed-url.ts';

interface MediaDeps {
  clock: Clock;
  faults: Faults;
  keys: StorageKeys;
  recordings: Recordings;
  findByRecording(name: string): CallRecord | undefined;
}

/** The media origin: serves MP3 files for signed URLs that have not expired. */
export function createMediaApp({ clock, faults, keys, recordings, findByRecording }: MediaDeps) {
  const app = new Hono<{ Bindings: HttpBindings }>();
  app.use(injectFaults(faults, clock, () => 'media'));
  app.on(['GET', 'HEAD'], '/nkrecord/:name', async (c) => {
    const read = readMediaUrl(c.req.method, new URL(c.req.url), clock.now(), keys);
    if ('error' in read) return storageError(403, read.error);
    const record = findByRecording(read.name);
    if (!record) return storageError(404, 'NoSuchKey');
    return serve(c.req.raw.headers, await recordings.get(record));
  });
  app.notFound(() => storageError(403, 'AccessDenied'));
  return app;
}

function serve(request: Headers, { bytes, etag, lastModified }: Recording): Response {
  const modified = lastModified.toUTCString();
  const headers = { 'accept-ranges': 'bytes', 'content-type': 'audio/mpeg', etag, 'last-modified': modified };
  if (request.get('if-none-match') === etag) return new Response(null, { status: 304, headers });
  const condition = request.get('if-range');
  const range =
    condition && condition !== etag && condition !== modified ? 'whole' : parseRange(request.get('range'), bytes.length);
  if (range === 'whole') {
    return new Response(bytes, { headers: { ...headers, 'content-length': String(bytes.length) } });
  }
  if (range === 'unsatisfiable') {
    return new Response(null, { status: 416, headers: { ...headers, 'content-range': `bytes */${bytes.length}` } });
  }
  const { start, end } = range;
  return new Response(bytes.slice(start, end + 1), {
    status: 206,
    headers: { ...headers, 'content-range': `bytes ${start}-${end}/${bytes.length}`, 'content-length': String(end - start + 1) },
  });
}

function storageError(status: 403 | 404, code: string): Response {
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code></Error>`;
  return new Response(body, { status, headers: { 'content-type': 'application/xml' } });
}

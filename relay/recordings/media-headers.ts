import type { IncomingHttpHeaders } from 'node:http';

/** What is asked of the media host: one byte range at most, and the conditions that go with it. */
export function requestHeaders(header: (name: string) => string | undefined): Record<string, string> {
  const range = header('range') ?? '';
  const headers: Record<string, string> = {};
  if (/^bytes=(\d{1,15}-\d{0,15}|-\d{1,15})$/.test(range)) headers.range = range;
  for (const name of ['if-range', 'if-none-match'] as const) {
    const value = header(name) ?? '';
    if (/^[\x21-\x7e ]{1,200}$/.test(value)) headers[name] = value;
  }
  return headers;
}

const passed = ['content-length', 'content-range', 'accept-ranges', 'etag', 'last-modified'] as const;

/**
 * What of the media host's answer goes on to the listener. Null when it is no audio. Nothing else passes: cookies, redirects
 * and headers that name the host stay here.
 */
export function responseHeaders(upstream: IncomingHttpHeaders): Record<string, string> | null {
  const type = upstream['content-type']?.split(';')[0]?.trim().toLowerCase() ?? '';
  const isBinary = type === '' || type === 'application/octet-stream' || type === 'binary/octet-stream';
  if (!isBinary && !/^audio\/[\w.+-]+$/.test(type)) return null;
  const kept = passed.flatMap((name) => {
    const value = upstream[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    ...Object.fromEntries(kept),
    // The document's recordings are .mp3; a player that is told only "bytes" may refuse them.
    'content-type': isBinary ? 'audio/mpeg' : type,
    'cache-control': 'private, no-store',
    'x-content-type-options': 'nosniff',
    'content-disposition': 'inline',
    // The ticket is in the address of this answer.
    'referrer-policy': 'no-referrer',
  };
}

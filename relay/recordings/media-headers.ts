import type { IncomingHttpHeaders } from 'node:http';
import type { RecordingHead } from './sealed-file.ts';

/** Headers of the request to the media host: at most one byte range, and the conditions that go with it. */
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

/** Headers of every audio response. */
export const soundHeaders = {
  'cache-control': 'private, no-store',
  'x-content-type-options': 'nosniff',
  'content-disposition': 'inline',
  // The address of this response contains the ticket.
  'referrer-policy': 'no-referrer',
};

const passed = ['content-length', 'content-range', 'accept-ranges', 'etag', 'last-modified'] as const;

/**
 * The headers of the media host's answer that are passed on to the listener; null when the answer is not audio. Cookies,
 * redirects and headers that name the host are dropped.
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
    // The document's recordings are .mp3, and players may refuse a generic binary type.
    'content-type': isBinary ? 'audio/mpeg' : type,
    ...soundHeaders,
  };
}

/**
 * The metadata for keeping a copy of an answer, if it is the whole recording with a known length; browsers request `bytes=0-`.
 * Null otherwise.
 */
export function wholeRecording({ status, headers }: Response): RecordingHead | null {
  const size = headers.get('content-length') ?? '';
  const isWhole = status === 200 || headers.get('content-range') === `bytes 0-${Number(size) - 1}/${size}`;
  if (!isWhole || !/^[1-9]\d{0,11}$/.test(size)) return null;
  const [etag, lastModified] = [headers.get('etag'), headers.get('last-modified')];
  return {
    size: Number(size),
    type: headers.get('content-type') ?? 'audio/mpeg',
    ...(etag ? { etag } : {}),
    ...(lastModified ? { lastModified } : {}),
  };
}

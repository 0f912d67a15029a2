import { createHmac, timingSafeEqual } from 'node:crypto';

const folder = '/nkrecord/';

/** Keys of the media storage, which signs URLs like the document's example (query string authentication, AWS version 2). */
export interface StorageKeys {
  accessKeyId: string;
  secret: string;
}

/** @param expires unix seconds */
export function signMediaUrl(origin: string, name: string, expires: number, keys: StorageKeys): string {
  const path = folder + encodeURIComponent(name);
  const query = new URLSearchParams({
    AWSAccessKeyId: keys.accessKeyId,
    Expires: String(expires),
    Signature: signature('GET', path, String(expires), keys),
  });
  return `${origin}${path}?${query}`;
}

/** The file's name if the URL is intact, signed by us and not expired; otherwise the storage's error code. */
export function readMediaUrl(method: string, url: URL, nowMs: number, keys: StorageKeys): { name: string } | { error: string } {
  const expires = url.searchParams.get('Expires') ?? '';
  const given = url.searchParams.get('Signature') ?? '';
  if (url.searchParams.get('AWSAccessKeyId') !== keys.accessKeyId) return { error: 'InvalidAccessKeyId' };
  if (!/^\d{1,12}$/.test(expires)) return { error: 'AccessDenied' };
  if (!equal(given, signature(method, url.pathname, expires, keys))) return { error: 'SignatureDoesNotMatch' };
  if (Number(expires) * 1000 <= nowMs) return { error: 'AccessDenied' };
  return { name: decodeURIComponent(url.pathname.slice(folder.length)) };
}

function signature(method: string, path: string, expires: string, keys: StorageKeys): string {
  return createHmac('sha1', keys.secret).update(`${method}\n\n\n${expires}\n${path}`).digest('base64');
}

function equal(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}

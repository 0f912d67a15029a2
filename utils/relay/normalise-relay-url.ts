const LOCAL_HOSTS = new Set(['localhost', '127.0.0.1']);

/**
 * Turns the relay's address as people paste it into the base of its routes, without a trailing slash; null if it cannot be one. A
 * missing scheme is added, a path prefix kept, query and fragment dropped. `http` is accepted for this computer only.
 */
export function normaliseRelayUrl(text: string): string | null {
  const trimmed = text.trim();
  const url = parse(hasScheme(trimmed) ? trimmed : `${isLocal(parse(`http://${trimmed}`)) ? 'http' : 'https'}://${trimmed}`);
  if (!url || url.username || url.password) return null;
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLocal(url))) return null;
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}

function hasScheme(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(text);
}

function isLocal(url: URL | null): boolean {
  return url !== null && LOCAL_HOSTS.has(url.hostname);
}

function parse(text: string): URL | null {
  const url = URL.canParse(text) ? new URL(text) : null;
  // Chromium accepts a host with spaces and escapes them.
  return url && /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)$/.test(url.hostname) ? url : null;
}

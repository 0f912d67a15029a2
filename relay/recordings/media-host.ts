import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

interface MediaPlace {
  /** The entry names this machine, for tests and demos: the address need not be public, and plain http is accepted. */
  loopback: boolean;
}

/**
 * Whether the configuration allows a recording's address. Entries are `host` or `*.domain` (any subdomain, not the domain
 * itself), each with an optional port. Without a port, https's default port is required; http is allowed only where the entry
 * names a loopback host.
 */
export function findMediaPlace(url: URL, mediaHosts: readonly string[]): MediaPlace | null {
  if (url.username || url.password) return null;
  const host = url.hostname.replace(/^\[|\]$/g, '');
  for (const entry of mediaHosts) {
    const [, name = '', port = ''] = /^\[?([^[\]]*?)\]?(?::(\d+))?$/.exec(entry.toLowerCase()) ?? [];
    const loopback = isLoopback(name);
    const secure = url.protocol === 'https:' || (url.protocol === 'http:' && loopback);
    const sameName = name.startsWith('*.') ? isIP(host) === 0 && host.endsWith(name.slice(1)) : host === name;
    const usualPort = url.protocol === 'http:' ? '80' : '443';
    const samePort = (url.port || usualPort) === (port || usualPort);
    if (sameName && secure && samePort && (loopback || isIP(host) === 0 || isPublicAddress(host))) return { loopback };
  }
  return null;
}

/**
 * False for private, loopback, link-local, shared, multicast, documentation and translated ranges, and for text that is not an
 * address.
 */
export function isPublicAddress(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.process(address).range() === 'unicast';
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || (ipaddr.isValid(host) && ipaddr.process(host).range() === 'loopback');
}

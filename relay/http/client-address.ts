import type { Context } from 'hono';
import ipaddr from 'ipaddr.js';
import type { RelayEnv } from './relay-env.ts';

/**
 * Who is counted as one client: the IPv4 address, or the /64 network of an IPv6 one. Taken from the socket; forwarded
 * headers are never read, anybody can write them.
 */
export function clientAddress(c: Context<RelayEnv>): string {
  const address = c.env?.incoming?.socket?.remoteAddress;
  if (!address || !ipaddr.isValid(address)) return 'unknown';
  const parsed = ipaddr.process(address);
  return parsed.kind() === 'ipv4'
    ? parsed.toString()
    : new ipaddr.IPv6([...parsed.toByteArray().slice(0, 8), ...Array(8).fill(0)]).toString();
}

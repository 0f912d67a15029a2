import type { Context } from 'hono';
import ipaddr from 'ipaddr.js';
import type { RelayEnv } from './relay-env.ts';

type Address = ReturnType<typeof ipaddr.process>;
export type Network = ReturnType<typeof ipaddr.parseCIDR>;

/**
 * Who is counted as one client: the IPv4 address, or the /64 network of an IPv6 one. Taken from the socket; what X-Forwarded-For
 * says is believed of those proxies alone that the operator named, since anybody else can write it: the last hop that is none of them.
 */
export function clientAddress(c: Context<RelayEnv>, trustedProxies: readonly Network[]): string {
  const hops = [...(c.req.header('x-forwarded-for')?.split(',') ?? []), c.env?.incoming?.socket?.remoteAddress ?? ''];
  let client: Address | null = null;
  for (const hop of hops.reverse()) {
    const address = hop.trim();
    if (!ipaddr.isValid(address)) break;
    client = ipaddr.process(address);
    if (ipaddr.subnetMatch(client, { proxies: [...trustedProxies] }, '') !== 'proxies') break;
  }
  return client === null ? 'unknown' : nameOf(client);
}

/** `10.0.0.0/8`, `fd00::/8` or one address; null for anything else. */
export function readNetwork(text: string): Network | null {
  const network = text.includes('/') ? text : `${text}/${text.includes(':') ? 128 : 32}`;
  const isNetwork = ipaddr.IPv4.isValidCIDRFourPartDecimal(network) || ipaddr.IPv6.isValidCIDR(network);
  return isNetwork ? ipaddr.parseCIDR(network) : null;
}

function nameOf(address: Address): string {
  return address.kind() === 'ipv4'
    ? address.toString()
    : new ipaddr.IPv6([...address.toByteArray().slice(0, 8), ...Array(8).fill(0)]).toString();
}

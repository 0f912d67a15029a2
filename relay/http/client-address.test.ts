import { Hono } from 'hono';
import { expect, it } from 'vitest';
import { clientAddress, readNetwork } from './client-address.ts';
import type { RelayEnv } from './relay-env.ts';

const none: string[] = [];
const own = ['127.0.0.1', '172.16.0.0/12', 'fd00::/8'];

it.each<[what: string, from: string | undefined, forwarded: string | null, trusted: string[], client: string]>([
  ['the socket', '192.0.2.1', null, none, '192.0.2.1'],
  ['the network of IPv6', '2001:db8:0:1::5', null, none, '2001:db8:0:1::'],
  ['IPv4 in IPv6', '::ffff:192.0.2.1', null, none, '192.0.2.1'],
  ['nobody known', undefined, null, none, 'unknown'],
  ['the socket, whatever a stranger writes', '192.0.2.1', '203.0.113.1', none, '192.0.2.1'],
  ['the socket, of a proxy that is not named', '127.0.0.2', '203.0.113.1', own, '127.0.0.2'],
  ['who speaks to a named proxy', '127.0.0.1', '203.0.113.1', own, '203.0.113.1'],
  ['who speaks to it, not what that one wrote', '127.0.0.1', '198.51.100.7, 203.0.113.1', own, '203.0.113.1'],
  ['who speaks to the first of two proxies', '::ffff:172.18.0.1', '198.51.100.7,203.0.113.1, fd00::2', own, '203.0.113.1'],
  ['who speaks to it by IPv6', '127.0.0.1', '2001:db8:0:2::5', own, '2001:db8:0:2::'],
  ['the proxy, where it tells of nobody', '127.0.0.1', null, own, '127.0.0.1'],
  ['the proxy, where it tells nothing of use', '127.0.0.1', '203.0.113.1, unknown', own, '127.0.0.1'],
])('a client is %s', async (_, remoteAddress, forwarded, trusted, client) => {
  const networks = trusted.map(readNetwork).filter((network) => network !== null);
  const app = new Hono<RelayEnv>().get('/', (c) => c.text(clientAddress(c, networks)));
  const headers = new Headers(forwarded === null ? [] : [['x-forwarded-for', forwarded]]);
  const answer = await app.request('/', { headers }, { incoming: { socket: { remoteAddress } } });
  expect(await answer.text()).toBe(client);
});

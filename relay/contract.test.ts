import * as v from 'valibot';
import { expect, it } from 'vitest';
import { CallRequestSchema } from './contract.ts';

it.each([
  ['a host name', 'crm-1.nam_viet.example', true],
  ['one of other letters, as a browser tells it', new URL('https://chăm-sóc.example').hostname, true],
  ['an IPv4 address', '10.0.0.1', true],
  ['an IPv6 address, as a browser tells it', new URL('http://[FE80::1]:8080').hostname, true],
  ['the longest', 'a'.repeat(253), true],
  ['a longer one', 'a'.repeat(254), false],
  ['none', '', false],
  ['a formula', "x;=cmd|' /C calc'!A0;y", false],
  ['lines', 'crm.example\n=1', false],
  ['an address', 'https://crm.example/deals', false],
])('the site of a click may be %s (%j): %j', (_, site, expected) => {
  const call = { number: '+84912345678', clickedAt: 0, surface: 'page', site };
  expect(v.is(CallRequestSchema, call)).toBe(expected);
});

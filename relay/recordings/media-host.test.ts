import { lookup } from 'node:dns';
import { describe, expect, it } from 'vitest';
import { findMediaPlace, isPublicAddress } from './media-host.ts';
import { createPublicLookup } from './public-lookup.ts';

const vendor = ['abs1.antbuddy.com', '*.antbuddy.com', 'media.example:8443'];
const sandbox = ['127.0.0.1:4602', '[::1]:4602', 'localhost:4603'];

describe('findMediaPlace', () => {
  it.each([
    ['https://abs1.antbuddy.com/nkrecord/a.mp3?Expires=1', vendor],
    ['https://ABS1.antbuddy.com:443/a.mp3', vendor],
    ['https://eu.abs2.antbuddy.com/a.mp3', vendor],
    ['https://media.example:8443/a.mp3', vendor],
    ['https://media.example/a.mp3', ['media.example:443']],
    ['http://127.0.0.1/a.mp3', ['127.0.0.1:80']],
    ['http://127.0.0.1:4602/a.mp3', sandbox],
    ['http://[::1]:4602/a.mp3', sandbox],
    ['http://localhost:4603/a.mp3', sandbox],
    ['https://93.184.216.34/a.mp3', ['93.184.216.34']],
  ])('allows %s', (url, hosts) => expect(findMediaPlace(new URL(url), hosts)).not.toBeNull());

  it.each([
    ['http://abs1.antbuddy.com/a.mp3', vendor],
    ['https://abs1.antbuddy.com:8443/a.mp3', vendor],
    ['https://abs1.antbuddy.com.evil.example/a.mp3', vendor],
    ['https://evilantbuddy.com/a.mp3', vendor],
    ['https://antbuddy.com/a.mp3', vendor],
    ['https://abs1.antbuddy.com./a.mp3', vendor],
    ['https://user@abs1.antbuddy.com/a.mp3', vendor],
    ['https://user:pass@abs1.antbuddy.com/a.mp3', vendor],
    ['https://abs1.antbuddy.com@evil.example/a.mp3', vendor],
    ['https://media.example/a.mp3', vendor],
    ['https://media.example:8444/a.mp3', vendor],
    ['ftp://abs1.antbuddy.com/a.mp3', vendor],
    ['file:///etc/passwd', vendor],
    ['data:audio/mpeg,x', vendor],
    ['https://127.0.0.1/a.mp3', vendor],
    ['https://localhost/a.mp3', vendor],
    ['http://127.0.0.1:4601/a.mp3', sandbox],
    ['http://127.0.0.1/a.mp3', sandbox],
    ['http://127.0.0.2:4602/a.mp3', sandbox],
    ['http://localhost:4602/a.mp3', sandbox],
    ['http://169.254.169.254/latest/meta-data', ['169.254.169.254']],
    ['https://169.254.169.254/latest/meta-data', ['169.254.169.254']],
    ['https://10.0.0.8/a.mp3', ['10.0.0.8']],
    ['https://[fd00::1]/a.mp3', ['[fd00::1]']],
    ['https://1.2.3.antbuddy.com/a.mp3', []],
  ])('refuses %s', (url, hosts) => expect(findMediaPlace(new URL(url), hosts)).toBeNull());
});

describe('isPublicAddress', () => {
  it.each(['93.184.216.34', '2606:2800:220:1::1', '::ffff:93.184.216.34'])('%s is', (address) =>
    expect(isPublicAddress(address)).toBe(true),
  );
  it.each([
    ...[
      '0.0.0.0',
      '10.1.2.3',
      '100.64.0.1',
      '127.0.0.1',
      '169.254.169.254',
      '172.16.0.1',
      '192.168.1.1',
      '192.0.2.1',
      '198.18.0.1',
      '224.0.0.1',
      '255.255.255.255',
    ],
    ...[
      '::',
      '::1',
      '::ffff:127.0.0.1',
      '::ffff:10.0.0.1',
      'fc00::1',
      'fe80::1',
      'ff02::1',
      '2001:db8::1',
      '64:ff9b::7f00:1',
      '2002:7f00:1::1',
      'not an address',
      '',
    ],
  ])('%s is not', (address) => expect(isPublicAddress(address)).toBe(false));
});

describe('createPublicLookup', () => {
  const ask = (addresses: string[], all: boolean) =>
    new Promise((resolve) => {
      const found = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
      createPublicLookup((_, done) => done(null, found))('media.example', { all }, (error, ...result) =>
        resolve(error?.message ?? result),
      );
    });

  it.each([
    [['93.184.216.34'], true, [[{ address: '93.184.216.34', family: 4 }]]],
    [['93.184.216.34'], false, ['93.184.216.34', 4]],
    [['93.184.216.34', '127.0.0.1'], true, 'The name leads to an address that is not public.'],
    [['10.0.0.1'], false, 'The name leads to an address that is not public.'],
    [[], true, 'The name has no address.'],
  ])('%j', async (addresses, all, expected) => expect(await ask(addresses, all)).toEqual(expected));

  it('passes on that a name does not exist', async () => {
    const failed = new Promise((resolve) =>
      createPublicLookup((name, done) => lookup(name, { all: true }, done))('media.invalid', { all: true }, resolve),
    );
    expect(await failed).toBeInstanceOf(Error);
  });
});

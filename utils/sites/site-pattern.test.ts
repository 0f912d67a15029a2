import { describe, expect, it } from 'vitest';
import { isChosen, sitePattern } from './site-pattern.ts';

describe('sitePattern', () => {
  it.each([
    ['https://crm.example.com', 'https://crm.example.com/*'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1/*'],
    ['http://[::1]:8080', 'http://[::1]/*'],
    ['https://*', 'https://*/*'],
  ])('%s → %s', (origin, pattern) => expect(sitePattern(origin)).toBe(pattern));

  it.each([
    '',
    'crm.example.com',
    'ftp://crm.example.com',
    'https://crm.example.com/path',
    'https://a:b@crm.example.com',
    'chrome://settings',
  ])('%j is no origin', (text) => expect(() => sitePattern(text)).toThrow(TypeError));
});

it.each([
  ['https://a.example', ['https://a.example'], true],
  ['https://a.example:8443', ['https://a.example'], false],
  ['http://a.example', ['https://a.example'], false],
  ['https://a.example.evil.test', ['https://a.example'], false],
  ['https://a.example', ['https://*'], true],
  ['http://a.example', ['https://*'], false],
  ['null', ['https://*', 'http://*'], false],
  ['https://a.example', [], false],
])('isChosen(%s, %j) is %s', (origin, chosen, expected) => expect(isChosen(origin, chosen)).toBe(expected));

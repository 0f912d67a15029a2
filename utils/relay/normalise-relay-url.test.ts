import { expect, it } from 'vitest';
import { normaliseRelayUrl } from './normalise-relay-url.ts';

it.each([
  ['https://relay.example.com', 'https://relay.example.com'],
  ['  https://relay.example.com/ \n', 'https://relay.example.com'],
  ['relay.example.com', 'https://relay.example.com'],
  ['Relay.Example.com:8443/', 'https://relay.example.com:8443'],
  ['https://example.com/dialside//', 'https://example.com/dialside'],
  ['https://example.com/dialside?x=1#top', 'https://example.com/dialside'],
  ['https://relay.example.com:443', 'https://relay.example.com'],
  ['localhost:8787', 'http://localhost:8787'],
  ['127.0.0.1:8787/', 'http://127.0.0.1:8787'],
  ['http://127.0.0.1:8787', 'http://127.0.0.1:8787'],
  ['https://localhost', 'https://localhost'],
  ['http://relay.example.com', null],
  ['http://127.0.0.1.example.com', null],
  ['http://192.168.1.20:8787', null],
  ['https://user:secret@relay.example.com', null],
  ['ftp://relay.example.com', null],
  ['javascript:alert(1)', null],
  ['file:///etc/passwd', null],
  ['', null],
  ['   ', null],
  ['https://', null],
])('%j → %j', (pasted, expected) => {
  expect(normaliseRelayUrl(pasted)).toBe(expected);
});

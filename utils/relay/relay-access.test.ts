import { expect, it } from 'vitest';
import type { Identity } from './identity.ts';
import { createRelayAccess } from './relay-access.ts';

it('reads the identity again after the store failed once', async () => {
  const stored: Identity = { relayUrl: 'https://r.example', token: 't', keys: {} as CryptoKeyPair };
  const answers = [Promise.reject(new Error('Internal error opening backing store')), Promise.resolve(stored)];
  const access = createRelayAccess({
    identities: { read: () => answers.shift() as Promise<Identity>, write: async () => {}, clear: async () => {} },
  });
  await expect(access.relayUrl()).rejects.toThrow('backing store');
  expect([await access.relayUrl(), await access.relayUrl()]).toEqual([stored.relayUrl, stored.relayUrl]);
});

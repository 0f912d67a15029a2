import 'fake-indexeddb/auto';
import { expect, it } from 'vitest';
import { createDeviceKeys } from './device-keys.ts';
import { createIdentityStore } from './identity.ts';

it('keeps keys that still sign, and forgets them', async () => {
  const store = createIdentityStore('identity-test');
  expect(await store.read()).toBeUndefined();
  const keys = await createDeviceKeys();
  await store.write({ relayUrl: 'https://r.example', token: 'tok', keys });

  const kept = await createIdentityStore('identity-test').read();
  const algorithm = { name: 'ECDSA', hash: 'SHA-256' };
  const data = new Uint8Array([1, 2, 3]);
  const signature = await crypto.subtle.sign(algorithm, kept!.keys.privateKey, data);
  expect(await crypto.subtle.verify(algorithm, keys.publicKey, signature, data)).toBe(true);
  expect(kept).toMatchObject({ relayUrl: 'https://r.example', token: 'tok' });
  expect(kept!.keys.privateKey.extractable).toBe(false);

  await store.clear();
  expect(await store.read()).toBeUndefined();
});

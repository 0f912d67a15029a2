import { describe, expect, it } from 'vitest';
import type { Identity } from './identity.ts';
import { createRelayAccess } from './relay-access.ts';
import { createRelayClock } from './relay-clock.ts';

it('reads the identity again after the store failed once', async () => {
  const stored: Identity = { relayUrl: 'https://r.example', token: 't', keys: {} as CryptoKeyPair };
  const answers = [Promise.reject(new Error('Internal error opening backing store')), Promise.resolve(stored)];
  const access = createRelayAccess({
    identities: { read: () => answers.shift() as Promise<Identity>, write: async () => {}, clear: async () => {} },
  });
  await expect(access.relayUrl()).rejects.toThrow('backing store');
  expect([await access.relayUrl(), await access.relayUrl()]).toEqual([stored.relayUrl, stored.relayUrl]);
});

it.each<[string, (access: ReturnType<typeof createRelayAccess>, identity: Identity) => Promise<void>, isSame: boolean]>([
  ['as long as nothing happens', async () => {}, true],
  ['once it was disconnected', (access) => access.forget(), false],
  ['with the code of another agent', (access, identity) => access.adopt({ ...identity, token: 'other' }), false],
])('a browser is connected as before %s: %s', async (_, meanwhile, isSame) => {
  const identity: Identity = { relayUrl: 'https://r.example', token: 't', keys: {} as CryptoKeyPair };
  const identities = { read: async () => identity, write: async () => {}, clear: async () => {} };
  const access = createRelayAccess({ identities });
  const pinned = await access.pin();
  await meanwhile(access, identity);
  expect(await pinned()).toBe(isSame);
});

it('a browser that nobody connected is not connected as before', async () => {
  const access = createRelayAccess({ identities: { read: async () => undefined, write: async () => {}, clear: async () => {} } });
  expect(await (await access.pin())()).toBe(false);
});

describe('an answer to a connection that was given up meanwhile', () => {
  const key = '0b6f7a52-3c1e-4f0e-9d55-1f2f3a4b5c6d';
  const call = { key, number: '+84901234567', state: 'accepted', reason: null, createdAt: 1, settledAt: 1, sameAs: null };
  async function setUp(body: object) {
    const answer = Promise.withResolvers<Response>();
    const keys = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);
    const identity = { relayUrl: 'https://r.example', token: 't', keys };
    const access = createRelayAccess({
      identities: { read: async () => identity, write: async () => {}, clear: async () => {} },
      permissions: { contains: async () => true },
      client: {
        clock: createRelayClock({ getValue: async () => 0, setValue: async () => {} }),
        fetch: async () => (await answer.promise).clone(),
      },
    });
    const client = await access.client();
    if (!client.ok) throw new Error('not connected');
    return { access, identity, client: client.value, answer: () => answer.resolve(Response.json(body)) };
  }

  it.each([
    ['a disconnected browser', false],
    ['another agent of the same relay', true],
  ])('is not told to %s', async (_, isReplaced) => {
    const { access, identity, client, answer } = await setUp({ value: 'secret', expiresAt: 9e15 });
    const token = client.createVoiceToken();
    await (isReplaced ? access.adopt({ ...identity, token: 'other' }) : access.forget());
    answer();
    expect(await token).toMatchObject({ ok: false, error: { code: 'not_connected' } });
  });

  it('is told of a call, which was placed whoever asks', async () => {
    const { access, client, answer } = await setUp(call);
    const placed = client.placeCall({ key, number: call.number, clickedAt: 1, surface: 'page', site: null });
    const asked = client.getCall(key);
    await access.forget();
    answer();
    expect([await placed, await asked]).toMatchObject([
      { ok: true, value: { state: 'accepted' } },
      { ok: true, value: { state: 'accepted' } },
    ]);
  });
});

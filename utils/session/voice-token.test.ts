import { beforeEach, describe, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { fail, succeed } from '../reply.ts';
import { clockOffsetItem, voiceTokenItem } from '../storage.ts';
import { createVoiceTokens } from './voice-token.ts';

const NOW = 1_000_000;
beforeEach(() => fakeBrowser.reset());

function setUp({ connected = true, broken = false } = {}) {
  let made = 0;
  const client = {
    createVoiceToken: async () => {
      made += 1;
      await Promise.resolve();
      return broken ? fail('upstream_busy') : succeed({ value: `new${made}`, expiresAt: NOW + 600_000 });
    },
  };
  const get = createVoiceTokens({ relay: async () => (connected ? succeed(client) : fail('not_connected')), now: () => NOW });
  return { get, made: () => made };
}

describe('createVoiceTokens', () => {
  it.each([
    { name: 'none kept', expiresIn: null, offset: 0, value: 'new1' },
    { name: 'one that is good', expiresIn: 31_000, offset: 0, value: 'kept' },
    { name: 'one about to run out', expiresIn: 29_000, offset: 0, value: 'new1' },
    { name: 'one that ran out', expiresIn: -1, offset: 0, value: 'new1' },
    { name: 'one good by our clock only', expiresIn: 31_000, offset: 60_000, value: 'new1' },
    { name: 'one good by the relay’s clock only', expiresIn: -1, offset: -60_000, value: 'kept' },
  ])('$name → $value', async ({ expiresIn, offset, value }) => {
    if (expiresIn !== null) await voiceTokenItem.setValue({ value: 'kept', expiresAt: NOW + expiresIn });
    await clockOffsetItem.setValue(offset);
    expect(await setUp().get()).toMatchObject({ ok: true, value: { value } });
  });

  it('makes one request for 20 askers, and none after', async () => {
    const { get, made } = setUp();
    const replies = await Promise.all(Array.from({ length: 20 }, get));
    expect(new Set(replies.map((reply) => reply.ok && reply.value.value))).toEqual(new Set(['new1']));
    await get();
    expect(made()).toBe(1);
  });

  it.each([
    ['not_connected', { connected: false }],
    ['upstream_busy', { broken: true }],
  ])('keeps nothing at %s', async (code, world) => {
    expect(await setUp(world).get()).toMatchObject({ ok: false, error: { code } });
    expect(await voiceTokenItem.getValue()).toBeNull();
  });
});

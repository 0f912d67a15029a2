import { beforeEach, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { Call } from '../../relay/contract.ts';
import type { Click } from '../messages.ts';
import { fail, type Reply, succeed } from '../reply.ts';
import { clockOffsetItem, toldCallsItem } from '../storage.ts';
import { createToldCalls } from './told-calls.ts';

beforeEach(() => fakeBrowser.reset());

const click = (key: string, clickedAt = 1_000): Click => ({ key, number: '+84912345678', clickedAt, surface: 'page' });
const call = (key: string, more: Partial<Call> = {}): Call => ({
  key,
  number: '+84912345678',
  state: 'accepted',
  reason: null,
  createdAt: 9_000_000,
  settledAt: 9_000_100,
  sameAs: null,
  ...more,
});

async function tellOf(replies: [Click, Reply<Call>][], { isConnected = true, now = 2_000 } = {}) {
  const told = createToldCalls({ pin: async () => async () => isConnected, now: () => now });
  for (const [one, reply] of replies) await told.after(async () => reply)(one, null);
  // Queued after the writes that the clicks left pending.
  await told.settle(call('none'));
  return told;
}
const stored = async () => (await toldCallsItem.getValue()).map(({ key, state }) => `${key} ${state}`);

it.each([
  [
    'what was accepted and refused, the newest first',
    [
      [click('a'), succeed(call('a'))],
      [click('b'), fail('store_unavailable')],
    ],
    {},
    ['b not_sent', 'a accepted'],
  ],
  ['a call in doubt', [[click('a'), fail('outcome_unknown')]], {}, ['a unknown']],
  ['a call that may have been placed before something failed', [[click('a'), fail('internal')]], {}, ['a unknown']],
  ['a call that is still being placed', [[click('a'), fail('call_in_progress')]], {}, ['a unknown']],
  [
    'a click that is sent again, once',
    [
      [click('a'), fail('relay_unreachable')],
      [click('a'), succeed(call('a'))],
    ],
    {},
    ['a accepted'],
  ],
  ['nothing older than an hour', [[click('a', 0), succeed(call('a'))]], { now: 3_600_000 }, []],
  ['nothing once the browser was disconnected', [[click('a'), succeed(call('a'))]], { isConnected: false }, []],
] as [string, [Click, Reply<Call>][], Parameters<typeof tellOf>[1], string[]][])('keeps %s', async (_, replies, how, kept) => {
  await tellOf(replies, how);
  expect(await stored()).toEqual(kept);
});

it('keeps the last twenty', async () => {
  await tellOf(Array.from({ length: 22 }, (_, index) => [click(`k${index}`), succeed(call(`k${index}`))]));
  expect(await stored()).toHaveLength(20);
  expect((await stored())[0]).toBe('k21 accepted');
});

it('takes in what the relay says later of a call in doubt, at the time of its click', async () => {
  const told = await tellOf([[click('a'), fail('outcome_unknown')]]);
  await told.settle(call('a', { sipUser: '101-lan' }));
  expect(await toldCallsItem.getValue()).toMatchObject([
    { key: 'a', state: 'accepted', sipUser: '101-lan', reason: null, createdAt: 1_000 },
  ]);
});

it('takes in when a call was settled that was being placed as it was told', async () => {
  const told = await tellOf([[click('a'), succeed(call('a', { state: 'dispatching', settledAt: null }))]]);
  expect(await toldCallsItem.getValue()).toMatchObject([{ state: 'dispatching', settledAt: null }]);
  await told.settle(call('a'));
  expect(await toldCallsItem.getValue()).toMatchObject([{ state: 'accepted', createdAt: 1_000, settledAt: 9_000_100 }]);
});

it('keeps them for an hour by the relay’s clock, as that was known when each was told', async () => {
  const hour = 3_600_000;
  await clockOffsetItem.setValue(-hour);
  await tellOf([[click('fast', 2 * hour), fail('store_unavailable')]], { now: 2 * hour + 1 });
  await clockOffsetItem.setValue(0);
  await tellOf([[click('right', hour + 100), succeed(call('right'))]], { now: hour + 200 });
  expect(await toldCallsItem.getValue()).toMatchObject([
    { key: 'right', createdAt: hour + 100, settledAt: hour + 200 },
    { key: 'fast', createdAt: hour, settledAt: hour + 1 },
  ]);
  await tellOf([], { now: 2 * hour });
  expect(await stored()).toEqual(['right accepted']);
});

it('keeps nothing of an agent whose call was answered when another one was connected already', async () => {
  let agent = 'a';
  const pin = async () => {
    const then = agent;
    return async () => then === agent;
  };
  const told = createToldCalls({ pin, now: () => 2_000 });
  const late = Promise.withResolvers<Reply<Call>>();
  const placed = told.after(() => late.promise)(click('a'), null);
  await told.settle(call('none'));
  agent = 'b';
  await told.note(click('b'), succeed(call('b')));
  late.resolve(succeed(call('a')));
  await placed;
  await told.settle(call('none'));
  expect(await stored()).toEqual(['b accepted']);
});

it('gives its caller the same answer, also while the store cannot be written', async () => {
  const item = { getValue: async () => [], setValue: vi.fn(async () => Promise.reject(new Error('full'))) };
  const told = createToldCalls({ pin: async () => async () => true, item, now: () => 2_000 });
  const reply = succeed(call('a'));
  expect(await told.after(async () => reply)(click('a'), null)).toBe(reply);
  await vi.waitFor(() => expect(item.setValue).toHaveBeenCalled());
});

import { beforeEach, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { Call } from '../../relay/contract.ts';
import { createToldCalls } from '../calls/told-calls.ts';
import { fail, type Reply, succeed } from '../reply.ts';
import { callJournalItem, type JournalEntry, languageItem, toldCallsItem } from '../storage.ts';
import { tellLostCall } from './tell-lost-call.ts';

let badge = '';
beforeEach(async () => {
  fakeBrowser.reset();
  Object.assign(fakeBrowser.action, {
    getBadgeText: async () => badge,
    setBadgeText: async ({ text }: { text: string }) => {
      badge = text;
    },
    setTitle: async () => {},
    setBadgeBackgroundColor: async () => {},
  });
  vi.spyOn(fakeBrowser.i18n, 'getMessage').mockReturnValue('Dialside');
  await languageItem.setValue('en');
});

const now = 10_000_000;
const entry = (key: string, more: Partial<JournalEntry> = {}): JournalEntry => ({
  key,
  number: '+84912345678',
  clickedAt: now - 1_000,
  surface: 'menu',
  site: null,
  sentAt: now - 900,
  outcome: null,
  ...more,
});
const answer = (state: Call['state'], reason: Call['reason'] = null): Reply<Call> =>
  succeed({ key: 'lost', number: '+84912345678', state, reason, createdAt: 1, settledAt: 2, sameAs: null, sipUser: '101' });
const lost = [entry('page', { surface: 'page' }), entry('lost'), entry('told', { outcome: 'accepted' })];

it.each([
  ['as in doubt while the relay is away', '…', lost, fail('relay_unreachable'), '!', ['lost unknown outcome_unknown']],
  [
    'as what the relay knows of it',
    '…',
    lost,
    answer('rejected', { code: 'device_offline', message: '' }),
    '!',
    ['lost rejected device_offline'],
  ],
  ['as in doubt while the relay is placing it', '…', lost, answer('dispatching'), '!', ['lost unknown outcome_unknown']],
  ['as accepted', '…', lost, answer('accepted'), '✓', ['lost accepted undefined']],
  ['not at all where none was on its way', '3', lost, answer('accepted'), '3', []],
  ['on the button alone where the click was not written down', '…', [], answer('accepted'), '!', []],
] as const)('is told %s', async (_, before, journal, reply, after, calls) => {
  badge = before;
  await callJournalItem.setValue([...journal]);
  const told = createToldCalls({ relayUrl: async () => 'https://r.example', now: () => now });
  await tellLostCall({ told, ask: async () => reply });
  expect(badge).toBe(after);
  expect((await toldCallsItem.getValue()).map(({ key, state, reason }) => `${key} ${state} ${reason?.code}`)).toEqual(calls);
});

import { beforeEach, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { Call } from '../../relay/contract.ts';
import { createCallAsker } from '../calls/ask-call.ts';
import { createCallJournal } from '../calls/call-journal.ts';
import { createToldCalls } from '../calls/told-calls.ts';
import { fail, type Reply, succeed } from '../reply.ts';
import { callJournalItem, type JournalEntry, languageItem, toldCallsItem } from '../storage.ts';
import { findLostCall, tellLostCall } from './tell-lost-call.ts';

let badge = '';
let title = '';
beforeEach(async () => {
  fakeBrowser.reset();
  Object.assign(fakeBrowser.action, {
    getBadgeText: async () => badge,
    setBadgeText: async ({ text }: { text: string }) => {
      badge = text;
    },
    setTitle: async (details: { title: string }) => {
      title = details.title;
    },
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
const inDoubt = /Look at your phone/;

async function start(journal: readonly JournalEntry[], ...replies: Reply<Call>[]) {
  await callJournalItem.setValue([...journal]);
  const told = createToldCalls({ pin: async () => async () => true, now: () => now });
  const waited: number[] = [];
  const call = await findLostCall({ since: now });
  const getCall = async () => (replies.length > 1 ? replies.shift() : replies[0]) as Reply<Call>;
  const ask = createCallAsker({ relay: async () => succeed({ getCall }), journal: createCallJournal(), told });
  if (call) await tellLostCall(call, { told, ask, wait: async (ms) => void waited.push(ms) });
  return waited;
}
const stored = async () => (await toldCallsItem.getValue()).map(({ key, state, reason }) => `${key} ${state} ${reason?.code}`);

it.each([
  ['as in doubt while the relay is away', '…', lost, [fail('relay_unreachable')], '!', inDoubt, ['lost unknown outcome_unknown']],
  [
    'as what the relay knows of it',
    '…',
    lost,
    [answer('rejected', { code: 'device_offline', message: 'Your device is offline.' })],
    '!',
    /^Your device is offline\./,
    ['lost rejected device_offline'],
  ],
  [
    'as in doubt while the relay is placing it',
    '…',
    lost,
    [answer('dispatching')],
    '!',
    inDoubt,
    ['lost unknown outcome_unknown'],
  ],
  [
    'once the relay has placed it',
    '…',
    lost,
    [answer('dispatching'), answer('dispatching'), answer('accepted')],
    '✓',
    /./,
    ['lost accepted undefined'],
  ],
  ['as accepted', '…', lost, [answer('accepted')], '✓', / 0912 345 678\./, ['lost accepted undefined']],
  ['not at all where none was on its way', '3', lost, [answer('accepted')], '3', /^$/, []],
  ['on the button alone where the click was not written down', '…', [], [answer('accepted')], '!', inDoubt, []],
  [
    'and never the one whose click started this background',
    '…',
    [...lost, entry('new', { clickedAt: now + 5 })],
    [answer('accepted')],
    '✓',
    /./,
    ['lost accepted undefined'],
  ],
] as const)('is told %s', async (_, before, journal, replies, after, sentence, calls) => {
  badge = before;
  title = '';
  await start(journal, ...replies);
  expect(badge).toBe(after);
  expect(title).toMatch(sentence);
  expect(await stored()).toEqual(calls);
});

it('is asked of for as long as the relay takes to place it', async () => {
  badge = '…';
  const waited = await start(lost, answer('dispatching'));
  expect(waited.reduce((sum, ms) => sum + ms, 0)).toBe(15_000);
});

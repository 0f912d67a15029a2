import { beforeEach, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { Call } from '../../relay/contract.ts';
import { createCallAsker } from '../calls/ask-call.ts';
import { createCallJournal } from '../calls/call-journal.ts';
import { createToldCalls } from '../calls/told-calls.ts';
import { fail, type Reply, succeed } from '../reply.ts';
import { callJournalItem, type JournalEntry, languageItem, menuCallItem, toldCallsItem } from '../storage.ts';
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
const lost = [entry('told', { outcome: 'accepted' }), entry('lost'), entry('page', { surface: 'page' })];
const settled = (outcome: string) => [entry('older'), entry('lost', { outcome, extension: '12' })];
const inDoubt = /Look at your phone/;

async function start(journal: readonly JournalEntry[], ...replies: Reply<Call>[]) {
  await callJournalItem.setValue([...journal]);
  await menuCallItem.setValue('lost');
  const told = createToldCalls({ pin: async () => async () => true, now: () => now });
  const waited: number[] = [];
  const call = await findLostCall();
  const getCall = async () => (replies.length > 1 ? replies.shift() : replies[0]) as Reply<Call>;
  let at = now;
  const ask = createCallAsker({ relay: async () => succeed({ getCall }), journal: createCallJournal(), told, now: () => at });
  const wait = async (ms: number) => {
    at += ms;
    waited.push(ms);
  };
  if (call) await tellLostCall(call, { told, ask, wait });
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
    'as in doubt where only an older click was written down',
    '…',
    [entry('other', { outcome: 'accepted' })],
    [answer('accepted')],
    '!',
    inDoubt,
    [],
  ],
  [
    'as placed too late once it is sure that the relay never got it',
    '…',
    lost,
    [fail('call_not_found')],
    '!',
    /Click again/,
    ['lost not_sent click_too_old'],
  ],
  [
    'as accepted where that was written down, though the relay is away now',
    '…',
    settled('accepted'),
    [fail('relay_unreachable')],
    '✓',
    / 0912 345 678\..*12/,
    ['lost accepted undefined'],
  ],
  [
    'as what was written down, rather than an older one in doubt',
    '…',
    settled('not_connected'),
    [answer('accepted')],
    '!',
    /connected/,
    ['lost not_sent not_connected'],
  ],
  [
    'with the reason where it was written down as refused',
    '…',
    settled('rejected'),
    [answer('rejected', { code: 'device_offline', message: 'Your device is offline.' })],
    '!',
    /^Your device is offline\./,
    ['lost rejected device_offline'],
  ],
  [
    'and never the one whose click started this background',
    '…',
    [...lost, entry('new', { clickedAt: now + 5 })],
    [answer('accepted')],
    '✓',
    /./,
    ['lost accepted undefined'],
  ],
  [
    'in no view as in doubt where it was written down as refused, and nobody can say why',
    '…',
    settled('rejected'),
    [fail('relay_unreachable')],
    '!',
    inDoubt,
    [],
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
  expect(waited.reduce((sum, ms) => sum + ms, 0)).toBe(17_000);
});

it('keeps the extension to dial where the call was written down as accepted', async () => {
  badge = '…';
  await start(settled('accepted'), fail('relay_unreachable'));
  expect(await toldCallsItem.getValue()).toMatchObject([{ key: 'lost', state: 'accepted', extension: '12' }]);
});

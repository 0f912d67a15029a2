import { beforeEach, describe, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { HistoryCall, LiveCall, NumberFacts } from '../../relay/contract.ts';
import { languageItem } from '../storage.ts';
import { noticeWords } from './notice-words.ts';
import { callIdOf, incomingNotice, incomingNoticeId, missedNotice } from './notices.ts';

const NOW = new Date(2026, 6, 3, 14, 0).getTime();
const hour = 3_600_000;
const historyCall = (index: number, name: string | null = null): HistoryCall => ({
  id: String(index),
  startedAt: NOW - index * hour,
  direction: 'inbound',
  disposition: 'missed',
  status: 'CANCELLED',
  peer: { number: `+8490123456${index}`, name },
  durationSeconds: 1,
  talkSeconds: 0,
  hasRecording: false,
  note: null,
});
const ringing: LiveCall = {
  callId: 'a'.repeat(32),
  state: 'ringing',
  direction: 'inbound',
  peer: { number: '+84901234567', name: null },
  at: NOW,
  talkSeconds: null,
  cause: null,
};
const facts = (more: Partial<NumberFacts> = {}): NumberFacts => ({
  number: '+84901234567',
  country: 'VN',
  class: 'mobile',
  refusal: null,
  week: { calls: 0, answered: 0 },
  last: null,
  lastAnswered: null,
  note: null,
  ...more,
});
const context = async (showCaller = true) => ({ settings: { showCaller }, words: await noticeWords(), region: 'VN', now: NOW });

beforeEach(async () => {
  fakeBrowser.reset();
  await languageItem.setValue('en');
});

describe('missedNotice', () => {
  it('names who called and when', async () => {
    expect(missedNotice([historyCall(1, 'An')], await context())).toMatchObject({
      title: 'Missed call',
      message: 'An (0901 234 561), 13:00',
    });
    const many = missedNotice(
      [1, 2, 3, 4, 5].map((index) => historyCall(index)),
      await context(),
    );
    const hidden = { ...historyCall(1, 'anonymous'), peer: { number: 'anonymous', name: 'anonymous' } };
    expect(missedNotice([hidden], await context()).message).toBe('hidden number, 13:00');
    expect([many.title, many.message.split('\n')]).toEqual(['5 missed calls', expect.objectContaining({ length: 4 })]);
  });
  it('hides who called where others may see the screen', async () => {
    const { title, message } = missedNotice([historyCall(1, 'An')], await context(false));
    expect([title, message]).toEqual(['Missed call', 'Open Dialside to see who called.']);
  });
});

describe('incomingNotice', () => {
  const note = { text: 'asks for the price', outcome: null, version: 1, updatedAt: 1 };
  it.each([
    [
      'what was spoken of last',
      facts({ last: historyCall(1, 'An'), lastAnswered: historyCall(2, 'An'), note }),
      'Incoming call: An (0901 234 567)',
      'Last spoken Today 12:00\nasks for the price',
    ],
    ['a try in vain', facts({ last: historyCall(1) }), 'Incoming call: 0901 234 567', 'Last call Today 13:00, not answered'],
    [
      'a call to them that the history does not tell of yet',
      facts({ placed: NOW - 60_000 }),
      'Incoming call: 0901 234 567',
      'Last called Today 13:59',
    ],
    [
      'it beside the last talk, and not an earlier try',
      facts({ last: historyCall(1), lastAnswered: historyCall(2), placed: NOW - 60_000 }),
      'Incoming call: 0901 234 567',
      'Last called Today 13:59\nLast spoken Today 12:00',
    ],
    [
      'a later call of the history alone',
      facts({ last: historyCall(1), placed: NOW - 2 * hour }),
      'Incoming call: 0901 234 567',
      'Last call Today 13:00, not answered',
    ],
    ['a stranger', facts(), 'Incoming call: 0901 234 567', 'No call with this number before'],
    ['nothing, where the relay did not say', null, 'Incoming call: 0901 234 567', ''],
  ])('tells %s', async (_, known, title, message) => {
    expect(incomingNotice(ringing, known, true, await context())).toEqual({
      id: incomingNoticeId(ringing.callId),
      title,
      message,
      button: 'Open in the CRM',
      isUrgent: true,
    });
  });
  it.each([
    ['en' as const, 'Incoming call: hidden number'],
    ['vi' as const, 'Cuộc gọi đến: số bị ẩn'],
  ])('says in %s that the number is kept back', async (language, title) => {
    await languageItem.setValue(language);
    const hidden = { ...ringing, peer: { number: 'anonymous', name: null } };
    expect(incomingNotice(hidden, null, false, await context())).toMatchObject({ title, message: '', button: null });
  });
  it('tells nothing of the caller where others may see the screen', async () => {
    const text = JSON.stringify(
      incomingNotice(ringing, facts({ last: historyCall(1, 'An'), note }), false, await context(false)),
    );
    expect(text).not.toMatch(/An|9012|price/);
    expect(text).toContain('"button":null');
  });
  it('speaks Vietnamese', async () => {
    await languageItem.setValue('vi');
    expect(incomingNotice(ringing, facts(), true, await context())).toMatchObject({
      title: 'Cuộc gọi đến: 0901 234 567',
      message: 'Chưa từng liên lạc với số này',
      button: 'Mở trong CRM',
    });
  });
});

it.each([
  [incomingNoticeId('a'.repeat(32)), 'a'.repeat(32)],
  ['missed', null],
  ['incoming:../x', null],
])('%s is of call %s', (id, callId) => expect(callIdOf(id)).toBe(callId));

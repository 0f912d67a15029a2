import { describe, expect, it } from 'vitest';
import { createFormat } from '../../utils/i18n/format.ts';
import { nothingLive } from '../../utils/live/live-state.ts';
import type { SeenCall } from '../../utils/storage.ts';
import { isHeard, liveWords, shownCalls } from './live-words.ts';

const format = createFormat('en', 'Asia/Ho_Chi_Minh');
const call = (more: Partial<SeenCall> = {}): SeenCall => ({
  callId: 'c',
  direction: 'outbound',
  peer: { number: '+84912345678', name: null },
  startedAt: 0,
  answeredAt: null,
  endedAt: null,
  talkSeconds: null,
  ...more,
});

describe('liveWords', () => {
  it.each([
    ['one that rings there', {}, 'live_ringing', undefined],
    ['one that rings the agent’s own device first', { rings: 'own' }, 'placed_sent', undefined],
    ['one that then rings there', { rings: 'other', rangAt: 5_000 }, 'live_ringing', undefined],
    ['one that rings here', { direction: 'inbound' }, 'live_incoming', undefined],
    ['a talk', { answeredAt: 8_000 }, 'live_talking', '0:42'],
    ['a talk that ended', { answeredAt: 8_000, endedAt: 49_000, talkSeconds: 41 }, 'live_ended', '0:41'],
    ['a talk whose length only its times tell', { answeredAt: 8_000, endedAt: 49_000 }, 'live_ended', '0:41'],
    ['one that nobody answered', { endedAt: 49_000 }, 'live_unanswered', undefined],
  ] as const)('says of %s', (_, more, key, time) => {
    expect(liveWords(call(more), 50_000, format)).toMatchObject(time ? { key, values: { time } } : { key });
  });
});

it.each([
  ['one in progress', null, 1],
  ['one that ended just now', 40_000, 1],
  ['none that ended a while ago', 30_000, 0],
  ['none whose end was missed hours ago', null, 0, 5 * 3_600_000],
])('shows %s', (_, endedAt, shown, now = 50_000) => {
  expect(shownCalls([call({ endedAt })], now)).toHaveLength(shown);
});

it.each([
  ['open', true, true],
  ['open', false, false],
  ['waiting', false, false],
] as const)('of a stream that is %s with signals %s, heard is %s', (link, signals, heard) => {
  expect(isHeard({ ...nothingLive, link, signals })).toBe(heard);
});

import { describe, expect, it } from 'vitest';
import { createFormat } from '../../utils/i18n/format.ts';
import type { SeenCall } from '../../utils/storage.ts';
import { liveWords, shownCalls } from './live-words.ts';

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
    ['one that rings here', { direction: 'inbound' }, 'live_incoming', undefined],
    ['a talk', { answeredAt: 8_000 }, 'live_talking', '0:42'],
    ['a talk that ended', { answeredAt: 8_000, endedAt: 49_000, talkSeconds: 41 }, 'live_ended', '0:41'],
    ['a talk whose length only its times tell', { answeredAt: 8_000, endedAt: 49_000 }, 'live_ended', '0:41'],
    ['one that nobody answered', { endedAt: 49_000 }, 'live_unanswered', undefined],
  ] as const)('says of %s', (_, more, key, time) => {
    expect(liveWords(call(more), 50_000, format).text).toEqual(time ? { key, values: { time } } : { key });
  });
});

it.each([
  ['one in progress', null, 1],
  ['one that ended just now', 40_000, 1],
  ['none that ended a while ago', 30_000, 0],
])('shows %s', (_, endedAt, shown) => {
  expect(shownCalls([call({ endedAt })], 50_000)).toHaveLength(shown);
});

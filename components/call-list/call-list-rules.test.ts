import { describe, expect, it } from 'vitest';
import { createFormat } from '../../utils/i18n/format.ts';
import { createTranslate } from '../../utils/i18n/translate.ts';
import { nothingLive } from '../../utils/live/live-state.ts';
import type { LiveState, SeenCall } from '../../utils/storage.ts';
import { historyCall, placedCall } from '../testing/samples.ts';
import { en } from '../testing/words.ts';
import { callWords } from './call-words.ts';
import { daysBack, limitsOf } from './date-range.ts';
import { groupByDay, listItems } from './list-items.ts';
import { mergeFirstPage } from './merge-first-page.ts';
import { mergePlaced } from './merge-placed.ts';
import { placedWords } from './placed-words.ts';

describe('mergeFirstPage', () => {
  const listed = (indexes: number[], nextCursor: string | null) => ({
    calls: indexes.map((index) => historyCall(index)),
    nextCursor,
  });
  it.each([
    ['nothing before', [], null, [1, 2], 'a', [1, 2], 'a'],
    ['new calls on top of pages read earlier', [2, 3, 4, 5], 'old', [1, 2, 3], 'new', [1, 2, 3, 4, 5], 'old'],
    ['the same page again', [1, 2], 'a', [1, 2], 'a', [1, 2], 'a'],
    ['a gap between', [8, 9], 'old', [1, 2], 'new', [1, 2], 'new'],
    ['a late record as the last of the page', [1, 2, 4, 5], 'old', [1, 2, 3], 'new', [1, 2, 3, 4, 5], 'old'],
    ['an empty answer', [1, 2], 'old', [], null, [], null],
  ])('with %s', (_, before, oldCursor, fresh, newCursor, result, cursor) => {
    expect(mergeFirstPage(listed(before, oldCursor), listed(fresh, newCursor))).toEqual(listed(result, cursor));
  });
});

describe('mergePlaced', () => {
  const now = 1_010_000;
  const running = placedCall('a', { state: 'dispatching', settledAt: null });
  const settled = placedCall('a');
  const failedAt = (ago: number) => placedCall('f', { state: 'rejected', createdAt: now - ago });
  it.each([
    ['a call known to both, once', [settled], [settled], [settled]],
    ['the settled outcome before the running one', [settled], [running], [settled]],
    ['the relay’s outcome before ours', [running], [settled], [settled]],
    ['a folded click as the call it belongs to', [placedCall('b', { sameAs: 'a' })], [settled], [settled]],
    ['nothing of ours that is old', [placedCall('b', { createdAt: now - 601_000 })], [], []],
    ['the last that failed for an hour', [failedAt(601_000)], [], [failedAt(601_000)]],
    ['none that failed before that', [failedAt(3_601_000)], [], []],
    ['none that failed a while before one that went well', [settled, failedAt(601_000)], [], [settled]],
  ])('shows %s', (_, own, remembered, shown) => {
    expect(mergePlaced(own, remembered, [], now)).toEqual(shown);
  });

  it.each([
    ['the same number just then', { startedAt: 1_020_000 }, 0],
    ['another number', { startedAt: 1_020_000, peer: { number: '+84900000000', name: null } }, 1],
    ['an earlier call', { startedAt: 800_000 }, 1],
    ['a call that came in', { startedAt: 1_020_000, direction: 'inbound' as const }, 1],
    ['the call itself, found by its note', { id: 'a', peer: { number: '+84900000000', name: null } }, 0],
    ['itself by a clock that is 45 s behind', { startedAt: 955_000 }, 0],
    ['the call before it, of a minute ago', { startedAt: 940_000 }, 1],
  ])('beside history with %s', (_, call, count) => {
    expect(mergePlaced([settled], [], [historyCall(1, call)], now)).toHaveLength(count);
  });

  it('shows one that is being placed beside the call before it of a moment ago', () => {
    expect(mergePlaced([running], [], [historyCall(1, { startedAt: 980_000 })], now)).toHaveLength(1);
  });

  const again = placedCall('b', { createdAt: 1_020_000 });
  const busy = historyCall(1, { startedAt: 1_001_000, disposition: 'busy' });
  it.each([
    ['a call at once after one that is listed', [again, settled], [], [again]],
    ['one that the relay does not find listed yet', [again], [again], [again]],
    ['one that was refused after one that is listed', [placedCall('b', { state: 'rejected' })], [], [expect.anything()]],
  ])('shows %s', (_, own, remembered, shown) => {
    expect(mergePlaced(own, remembered, [busy], now)).toEqual(shown);
  });
});

describe('placedWords', () => {
  const words = { t: createTranslate(en), format: createFormat('en', 'Asia/Ho_Chi_Minh') };
  const seen: SeenCall = {
    callId: 'c',
    direction: 'outbound',
    peer: { number: '+84912345678', name: null },
    startedAt: 1_001_000,
    answeredAt: null,
    endedAt: null,
    talkSeconds: null,
  };
  it.each([
    [{ state: 'dispatching', settledAt: null }, 0, en.placed_dispatching, 'busy'],
    [{ state: 'accepted' }, 1_001_000, en.placed_sent, 'good'],
    [{ state: 'accepted' }, 1_100_000, en.placed_waiting, 'good'],
    [{ state: 'unknown' }, 0, en.failure_outcome_unknown, 'warn'],
    [{ state: 'rejected', reason: { code: 'device_offline', message: '' } }, 0, en.failure_device_offline, 'bad'],
    [{ state: 'not_sent', reason: { code: 'not_yet_invented', message: 'A newer sentence.' } }, 0, 'A newer sentence.', 'bad'],
    [{ state: 'not_sent', reason: null }, 0, en.placed_failed, 'bad'],
    [{ state: 'not_sent', reason: null, createdAt: 1_000_000 }, 1_200_000, `At 08:16: ${en.placed_failed}`, 'bad'],
  ] as const)('says %o', (call, now, text, tone) => {
    expect(placedWords(placedCall('a', call), null, words, now)).toEqual({ text, tone });
  });

  const live = (call: Partial<SeenCall> | null, more: Partial<LiveState> = {}): LiveState => ({
    ...nothingLive,
    link: 'open',
    signals: true,
    calls: call === null ? [] : [{ ...seen, ...call }],
    ...more,
  });
  const answered = { answeredAt: 1_008_000 };
  const ended = { ...answered, endedAt: 1_049_000, talkSeconds: 41 };
  const lost = { link: 'waiting', signals: false } as const;
  it.each([
    ['no signal yet', {}, live(null), 1_001_000, en.placed_sent],
    ['no signal for long', {}, live(null), 1_100_000, en.placed_waiting],
    ['one that rings there', {}, live({}), 1_001_000, en.live_ringing],
    ['one that rings the agent’s own device', {}, live({ rings: 'own' }), 1_001_000, en.placed_sent],
    ['a talk', {}, live(answered), 1_100_000, en.placed_talking],
    ['a talk that ended', {}, live(ended), 1_100_000, 'Ended, talked 0:41'],
    ['one that nobody answered', {}, live({ endedAt: 1_049_000 }), 1_100_000, en.live_unanswered],
    ['a signal before the answer', { state: 'dispatching', settledAt: null }, live({}), 1_000_000, en.live_ringing],
    ['a click of unknown outcome whose call is heard', { state: 'unknown' }, live(answered), 1_009_000, en.placed_talking],
    ['a refused click beside another call', { state: 'rejected' }, live(answered), 1_009_000, en.placed_failed],
    ['the call before it', {}, live({ startedAt: 980_000, endedAt: 999_000 }), 1_001_000, en.placed_sent],
    ['another number', {}, live({ peer: { number: '+84900000000', name: null } }), 1_001_000, en.placed_sent],
    ['a talk that is not heard of any more', {}, live(answered, lost), 1_100_000, en.placed_waiting],
    ['a talk that ended before the stream broke', {}, live(ended, lost), 1_100_000, 'Ended, talked 0:41'],
    ['a relay without signals', {}, live(null, { signals: false }), 1_001_000, en.placed_sent],
  ] as const)('with signals: %s', (_, call, heard, now, text) => {
    expect(placedWords(placedCall('a', call), heard, words, now).text).toBe(text);
  });
});

describe('callWords', () => {
  it.each([
    ['inbound', 'missed', 'missed', 'outcome_missed', 'bad'],
    ['internal', 'missed', 'missed', 'outcome_missed', 'bad'],
    ['outbound', 'failed', 'outbound', 'outcome_failed', 'bad'],
    ['internal', 'answered', 'internal', 'outcome_answered', 'plain'],
    ['inbound', 'other', 'inbound', null, 'plain'],
  ] as const)('draws %s %s', (direction, disposition, icon, outcome, tone) => {
    expect(callWords({ direction, disposition })).toEqual({ icon, direction: `direction_${direction}`, outcome, tone });
  });
});

describe('listItems', () => {
  it('names each day before its calls, and counts the calls of the day', () => {
    const calls = [3, 2, 2, 1].map((day, index) => historyCall(index, { startedAt: day }));
    const items = listItems(calls, String);
    expect(items.map((item) => (item.kind === 'day' ? `day ${item.day}` : `${item.place} of ${item.of}`))).toEqual([
      'day 3',
      '1 of 1',
      'day 2',
      '1 of 2',
      '2 of 2',
      'day 1',
      '1 of 1',
    ]);
    expect(groupByDay(items).map((day) => day.length)).toEqual([2, 3, 2]);
  });
});

describe('limitsOf', () => {
  const at = (text: string) => new Date(text).getTime();
  const now = at('2026-07-03T14:07:00');
  it.each([
    ['any', '', '', undefined, undefined],
    ['today', '', '', '2026-07-03T00:00', undefined],
    ['week', '', '', '2026-06-27T00:00', undefined],
    ['month', '', '', '2026-06-03T00:00', undefined],
    ['custom', '2026-06-30', '2026-07-01', '2026-06-30T00:00', '2026-07-02T00:00'],
    ['custom', '', '2026-12-31', undefined, '2027-01-01T00:00'],
    ['custom', 'soon', '', undefined, undefined],
  ] as const)('takes %s %s…%s', (kind, from, to, start, end) => {
    expect(limitsOf({ kind, from, to }, now)).toEqual({ from: start && at(start), to: end && at(end) });
  });

  it('counts today as the first of the days back', () => {
    expect(daysBack(1, now)).toBe(at('2026-07-03T00:00'));
  });
});

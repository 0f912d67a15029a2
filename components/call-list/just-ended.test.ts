import { expect, it } from 'vitest';
import { historyCall, placedCall } from '../testing/samples.ts';
import { newestCall } from './just-ended.ts';

const minute = 60_000;
const now = Date.parse('2026-07-03T14:05:00+07:00');
const note = { text: '', outcome: 'done', version: 1, updatedAt: 0 } as const;
/** Ended at 14:01. */
const listed = historyCall(0, { note });
const dialled = placedCall('a', { createdAt: now - minute, note });

it.each([
  ['nothing', [], [], now, null],
  ['the newest of the history', [], [listed, historyCall(1)], now, listed.id],
  ['one that ended a quarter of an hour ago', [], [listed], now + 11 * minute, null],
  ['one that was missed', [], [historyCall(0, { disposition: 'missed', direction: 'inbound' })], now, null],
  ['one between colleagues', [], [historyCall(0, { direction: 'internal' })], now, null],
  [
    'one above which another was missed',
    [],
    [historyCall(0, { disposition: 'missed', direction: 'inbound' }), listed],
    now,
    listed.id,
  ],
  ['one just placed', [dialled], [listed], now, 'a'],
  ['one placed whose outcome is in doubt', [{ ...dialled, state: 'unknown' }], [listed], now, 'a'],
  ['one before another that was refused', [{ ...dialled, state: 'rejected' }], [listed], now, listed.id],
  ['one before another still being placed', [{ ...dialled, state: 'dispatching' }], [listed], now, listed.id],
  ['one that came in after the last one placed', [{ ...dialled, createdAt: now - 9 * minute }], [listed], now, listed.id],
  ['one placed long ago', [{ ...dialled, createdAt: now - 16 * minute }], [], now, null],
] as const)('is %s', (_, placed, calls, at, subject) => {
  const newest = newestCall([...placed], [...calls], at);
  expect(newest?.subject ?? null).toBe(subject);
  if (newest) expect(newest.note).toEqual(note);
});

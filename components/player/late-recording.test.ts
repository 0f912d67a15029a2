import { expect, it } from 'vitest';
import type { HistoryCall } from '../../relay/contract.ts';
import { historyCall } from '../testing/samples.ts';
import { isAwaited } from './late-recording.ts';

const minute = 60_000;

it.each([
  ['an answered one that ended just now', {}, 5, true],
  ['one that ended long ago', {}, 31, false],
  ['one that has its recording', { hasRecording: true }, 5, false],
  ['one that nobody answered', { disposition: 'busy' }, 5, false],
  ['one with a colleague', { direction: 'internal' }, 5, false],
] satisfies [string, Partial<HistoryCall>, number, boolean][])('awaits the recording of %s: %j', (_, more, minutes, awaited) => {
  const call = historyCall(1, { hasRecording: false, ...more });
  const endedAt = call.startedAt + call.durationSeconds * 1000;
  expect(isAwaited(call, endedAt + minutes * minute)).toBe(awaited);
});

import { describe, expect, it } from 'vitest';
import type { HistoryCall } from '../../relay/contract.ts';
import { historyCall, placedCall } from '../testing/samples.ts';
import { toCallBack } from './to-call-back.ts';

const a = '+84911111111';
const b = '+84922222222';
/** Newest first, so the first stands at minute 100 and each other one earlier. */
const history = (
  ...calls: (readonly [number: string, direction: HistoryCall['direction'], disposition: HistoryCall['disposition']])[]
) =>
  calls.map(([number, direction, disposition], index) =>
    historyCall(index, { startedAt: 100 - index, direction, disposition, peer: { number, name: null } }),
  );
const missed = (number: string) => [number, 'inbound', 'missed'] as const;

describe('toCallBack', () => {
  it.each([
    ['a missed call', [missed(a)], [[a, 100, 1]]],
    [
      'several of one number as one, the last',
      [missed(a), missed(b), missed(a)],
      [
        [a, 100, 2],
        [b, 99, 1],
      ],
    ],
    ['nobody called since, even in vain', [[a, 'outbound', 'missed'], missed(a)], []],
    ['whom a call could not be placed to', [[a, 'outbound', 'failed'], missed(a)], [[a, 99, 1]]],
    ['nobody spoken with since', [[a, 'inbound', 'answered'], missed(a)], []],
    ['who called in vain again after a talk', [missed(a), [a, 'outbound', 'answered'], missed(a)], [[a, 100, 1]]],
    ['whom only another number was called for', [[b, 'outbound', 'answered'], missed(a)], [[a, 99, 1]]],
    ['nobody who gave up in the menu', [[a, 'inbound', 'ivr']], []],
    ['nobody without a number', [missed('anonymous')], []],
  ] as const)('lists %s', (_, calls, waiting) => {
    expect(toCallBack(history(...calls), []).map(({ call, times }) => [call.peer.number, call.startedAt, times])).toEqual(
      waiting,
    );
  });

  it.each([
    ['accepted', 101, 0],
    ['dispatching', 101, 0],
    ['rejected', 101, 1],
    ['not_sent', 101, 1],
    ['unknown', 101, 1],
    ['accepted', 99, 1],
  ] as const)('with a call back %s at %d leaves %d', (state, createdAt, left) => {
    expect(toCallBack(history(missed(a)), [placedCall('k', { number: a, state, createdAt })])).toHaveLength(left);
  });
});

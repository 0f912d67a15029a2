import { describe, expect, it } from 'vitest';
import { findOffline } from '../connection/find-offline.ts';
import { placedCall } from '../testing/samples.ts';
import { ownCalls, stillOfUse } from './use-own-calls.ts';

const failed = (createdAt: number, state: 'rejected' | 'not_sent' | 'unknown' = 'rejected') =>
  placedCall(String(createdAt), { createdAt, state });
const accepted = (createdAt: number) => placedCall(String(createdAt), { createdAt });
const dispatching = (createdAt: number) => placedCall(String(createdAt), { createdAt, state: 'dispatching' });

it.each([
  ['a refusal', [failed(2)], ['2']],
  ['a call in doubt and one that never left', [failed(3, 'unknown'), failed(2, 'not_sent')], ['3', '2']],
  ['no call that was accepted', [accepted(2)], []],
  ['no refusal before a call that was accepted', [failed(3), accepted(2), failed(1)], ['3']],
  ['a refusal before a call of which nothing is known yet', [dispatching(3), failed(2)], ['2']],
  ['the last three', [failed(5), failed(4), failed(3), failed(2)], ['5', '4', '3']],
] as const)('a later view shows %s', (_, calls, shown) => {
  expect(stillOfUse(calls, calls).map(({ key }) => key)).toEqual(shown);
});

it('a call that is settled here is settled, also while it is noted as being placed', () => {
  const noted = placedCall('a', { state: 'dispatching', createdAt: 900, settledAt: null });
  const { known } = ownCalls([placedCall('a', { createdAt: 1_000, settledAt: 1_100 })], [noted], 5);
  expect(known).toMatchObject([{ state: 'accepted', createdAt: 900, settledAt: 1_105 }]);
});

describe('a call that was placed before this computer’s clock was set right', () => {
  const [hour, nine] = [3_600_000, 36_000_000];
  const offline = { code: 'device_offline', message: '' };
  const before = placedCall('before', { createdAt: nine + hour, settledAt: nine + hour + 1, state: 'rejected', reason: offline });
  const told = { ...before, createdAt: nine, settledAt: nine + 1 };
  const after = placedCall('after', { createdAt: nine + 360_000, settledAt: nine + 360_001 });

  it.each([
    ['from this view', [after, before], [after, told], ['after', 'before']],
    ['from elsewhere', [], [after, told], []],
  ])('%s stays before what was placed since', (_, calls, noted, shown) => {
    const own = ownCalls(calls, noted, 0);
    expect(own.known.map(({ key, createdAt }) => [key, createdAt])).toEqual([
      ['after', nine + 360_000],
      ['before', nine],
    ]);
    expect(own.shown.map(({ key }) => key)).toEqual(shown);
    expect(findOffline({ calls: own.known, rings: null, reachedAt: 0, now: nine + 400_000 })).toBeUndefined();
  });

  it('is told by the clock as it is while nobody noted it', () => {
    expect(ownCalls([before], [], -hour).known).toMatchObject([{ createdAt: nine, settledAt: nine + 1 }]);
  });
});

import { expect, it } from 'vitest';
import { placedCall } from '../testing/samples.ts';
import { stillOfUse } from './use-own-calls.ts';

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

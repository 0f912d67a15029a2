import { expect, it } from 'vitest';
import { historyCall, placedCall } from '../testing/samples.ts';
import { isCalledBack } from './is-called-back.ts';

const number = '+84911111111';
const missed = historyCall(1, { startedAt: 100, direction: 'inbound', disposition: 'missed', peer: { number, name: null } });

it.each([
  ['accepted', number, 101, true],
  ['dispatching', number, 101, true],
  ['rejected', number, 101, false],
  ['not_sent', number, 101, false],
  // Nobody knows whether the phone rang: the number stays in the queue until the history shows it.
  ['unknown', number, 101, false],
  ['accepted', number, 99, false],
  ['accepted', '+84922222222', 101, false],
] as const)('a call %s to %s at %d answers it: %s', (state, to, createdAt, answers) => {
  expect(isCalledBack(missed, [placedCall('k', { number: to, state, createdAt })])).toBe(answers);
});

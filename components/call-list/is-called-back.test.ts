import { expect, it } from 'vitest';
import { historyCall, placedCall } from '../testing/samples.ts';
import { isCalledBack } from './is-called-back.ts';

const number = '+84911111111';
const missed = historyCall(1, { startedAt: 90, direction: 'inbound', disposition: 'missed', peer: { number, name: null } });
const askedAt = 100;

it.each([
  ['accepted', number, 101, 102, true],
  ['dispatching', number, 101, null, true],
  ['rejected', number, 101, 102, false],
  ['not_sent', number, 101, 102, false],
  // Nobody knows whether the phone rang: the number stays in the queue until the history shows it.
  ['unknown', number, 101, 102, false],
  ['accepted', '+84922222222', 101, 102, false],
  // Its answer was not known when the queue was requested.
  ['accepted', number, 99, 101, true],
  // The queue knows of these, and that the switch could not place the first.
  ['accepted', number, 98, 99, false],
  ['dispatching', number, 99, null, false],
] as const)('a call %s to %s at %d, settled at %s, answers it: %s', (state, to, createdAt, settledAt, answers) => {
  expect(isCalledBack(missed, [placedCall('k', { number: to, state, createdAt, settledAt })], askedAt)).toBe(answers);
});

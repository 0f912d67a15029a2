import { expect, it } from 'vitest';
import { createRelayClock } from './relay-clock.ts';

const at = Date.parse('Mon, 01 Jun 2026 08:00:00 GMT');
const date = (milliseconds: number) => new Date(milliseconds).toUTCString();

it.each([
  { name: 'clocks that agree', before: 0, stamp: date(at), sentAt: at + 100, receivedAt: at + 300, after: 0 },
  { name: 'a relay 60 s ahead', before: 0, stamp: date(at + 60_000), sentAt: at, receivedAt: at + 200, after: 59_800 },
  { name: 'a relay 60 s behind', before: 0, stamp: date(at - 60_000), sentAt: at, receivedAt: at + 200, after: -59_000 },
  {
    name: 'an offset that the answer confirms',
    before: 59_900,
    stamp: date(at + 60_000),
    sentAt: at,
    receivedAt: at + 200,
    after: 59_900,
  },
  { name: 'a corrected computer clock', before: 59_900, stamp: date(at), sentAt: at + 100, receivedAt: at + 300, after: 900 },
  { name: 'no header', before: 7, stamp: null, sentAt: at, receivedAt: at, after: 7 },
  { name: 'a malformed header', before: 7, stamp: 'yesterday', sentAt: at, receivedAt: at, after: 7 },
])('learns from $name', async ({ before, stamp, sentAt, receivedAt, after }) => {
  const writes: number[] = [];
  const clock = createRelayClock({ getValue: async () => before, setValue: async (offset) => void writes.push(offset) });
  await clock.learn(stamp, sentAt, receivedAt);
  expect(await clock.offset()).toBe(after);
  expect(writes).toEqual(after === before ? [] : [after]);
});

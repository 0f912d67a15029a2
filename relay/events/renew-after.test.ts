import { expect, it } from 'vitest';
import { isShort, renewAfter } from './renew-after.ts';

it.each([
  ['an hour', 3_600_000, [3_575_000, 3_575_000]],
  ['months', 60 * 86_400_000, [86_400_000, 86_400_000]],
  ['a minute', 60_000, [35_000, 35_000]],
  ['27 s', 27_000, [13_500, 13_500, 13_500, 13_500, 16_000, 32_000]],
  ['a second', 1_000, [1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]],
  ['no time at all', -5_000, [1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]],
])('a token that lasts for %s', (_life, lifeMs, expected) => {
  const waits = expected.map((_, turn) => renewAfter(lifeMs, isShort(lifeMs) ? turn : 0));
  expect(waits).toEqual(expected);
});

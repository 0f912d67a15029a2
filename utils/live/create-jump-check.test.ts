import { expect, it } from 'vitest';
import { createJumpCheck } from './create-jump-check.ts';

it.each([
  ['both run', 15_000, 15_000, false],
  ['one is a little slow', 15_000, 14_500, false],
  ['the clock was set ahead', 3_615_000, 15_000, true],
  ['the clock was set back', -60_000, 15_000, true],
  ['the computer slept', 600_000, 1_000, true],
])('%s', (_, wall, steady, jumped) => {
  let [at, ran] = [1_780_000_000_000, 500];
  const check = createJumpCheck(
    () => at,
    () => ran,
  );
  at += wall;
  ran += steady;
  expect([check(), check()]).toEqual([jumped, false]);
});

import { expect, it } from 'vitest';
import { createSweepSchedule } from './sweep-schedule.ts';

it('is due at once, then regularly', () => {
  const schedule = createSweepSchedule(60_000, 1_000);
  expect(schedule.next()).toBe(1_000);
  schedule.swept(1_500);
  expect(schedule.next()).toBe(61_500);
});

it('comes sooner after an accepted call, twice, and never more often than every 4 s', () => {
  const schedule = createSweepSchedule(60_000, 0);
  schedule.swept(0);
  for (let turn = 0; turn < 1_000; turn += 1) schedule.nudge(turn);
  const sweeps: number[] = [];
  while (schedule.next() < 60_000) {
    sweeps.push(schedule.next());
    schedule.swept(schedule.next());
  }
  expect(sweeps).toEqual([5_000, 9_000, 30_000, 34_000]);
});

it('is due at once when the clock was set back, and regularly by the new time', () => {
  const schedule = createSweepSchedule(60_000, 10_000_000);
  schedule.swept(10_000_000, 10_001_000);
  expect(schedule.next(10_002_000)).toBe(10_060_000);
  expect(schedule.next(6_400_000)).toBe(6_400_000);
  schedule.swept(6_400_000);
  expect(schedule.next(6_401_000)).toBe(6_460_000);
  // The clock is set back during a sweep.
  schedule.swept(6_460_000, 3_000_000);
  expect(schedule.next(3_001_000)).toBe(3_060_000);
});

it.each([
  [100, 4_000],
  [1_500, 15_000],
  [9_000, 60_000],
  [300_000, 60_000],
])('that took %d ms is followed by no other for %d ms', (took, pause) => {
  const schedule = createSweepSchedule(60_000, 0);
  for (let turn = 0; turn < 20; turn += 1) schedule.nudge(turn);
  schedule.swept(0, took);
  schedule.nudge(took);
  expect(schedule.next()).toBe(Math.max(5_000, took + pause));
});

import { expect, it } from 'vitest';
import { homeTimeZone } from './home-time-zone.ts';
import { localClock } from './local-clock.ts';

it.each([
  ['VN', 7],
  ['SG', 8],
  ['JP', 9],
])('%s keeps the clock of its one zone, %d hours ahead', (region, hours) => {
  expect(localClock(homeTimeZone(region) ?? 'UTC')(Date.UTC(2026, 0, 1))).toBe(Date.UTC(2026, 0, 1, hours));
});

it.each(['US', 'AU', 'ID'])('%s has several, and none is taken for it', (region) => expect(homeTimeZone(region)).toBeNull());

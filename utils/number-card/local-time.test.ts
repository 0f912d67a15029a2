import { expect, it } from 'vitest';
import { localTimes } from './local-time.ts';

const now = Date.parse('2026-07-03T07:07:00Z');

it.each([
  ['VN', { from: '14:07', to: '14:07' }],
  ['SG', { from: '15:07', to: '15:07' }],
  ['IN', { from: '12:37', to: '12:37' }],
  // From Jakarta to Jayapura.
  ['ID', { from: '14:07', to: '16:07' }],
  // From Hawaii, still on the day before, to New York.
  ['US', { from: '21:07', to: '03:07' }],
  ['ZZ', null],
  ['001', null],
  ['', null],
])('%s', (country, times) => {
  expect(localTimes(country, now, 'en')).toEqual(times);
});

it('follows summer time', () => {
  expect(localTimes('GB', now, 'vi')?.from).toBe('08:07');
  expect(localTimes('GB', Date.parse('2026-01-03T07:07:00Z'), 'vi')?.from).toBe('07:07');
});

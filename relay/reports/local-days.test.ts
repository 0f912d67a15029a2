import { describe, expect, it } from 'vitest';
import { localDays } from './local-days.ts';

const at = (text: string) => Date.parse(text);
const hours = (from: string, to: string, zone: string) =>
  localDays(at(from), at(to), zone).map(({ day, start, end }) => [day, (end - start) / 3_600_000]);

describe('localDays', () => {
  it.each([
    [
      '2026-03-01T17:00Z',
      '2026-03-03T17:00Z',
      'Asia/Ho_Chi_Minh',
      [
        ['2026-03-02', 24],
        ['2026-03-03', 24],
      ],
    ],
    [
      '2026-03-02T03:00Z',
      '2026-03-02T20:00Z',
      'Asia/Ho_Chi_Minh',
      [
        ['2026-03-02', 14],
        ['2026-03-03', 3],
      ],
    ],
    // Clocks go forward, then back.
    [
      '2026-03-28T23:00Z',
      '2026-03-30T22:00Z',
      'Europe/Berlin',
      [
        ['2026-03-29', 23],
        ['2026-03-30', 24],
      ],
    ],
    [
      '2026-10-24T22:00Z',
      '2026-10-26T23:00Z',
      'Europe/Berlin',
      [
        ['2026-10-25', 25],
        ['2026-10-26', 24],
      ],
    ],
    // Midnight itself is skipped: the day has 23 hours and begins at one.
    [
      '2024-09-07T04:00Z',
      '2024-09-09T03:00Z',
      'America/Santiago',
      [
        ['2024-09-07', 24],
        ['2024-09-08', 23],
      ],
    ],
    ['2026-03-01T18:30Z', '2026-03-02T18:30Z', 'Asia/Kolkata', [['2026-03-02', 24]]],
    ['2026-03-02T00:00Z', '2026-03-02T00:00Z', 'UTC', []],
  ])('%s to %s in %s', (from, to, zone, expected) => expect(hours(from, to, zone)).toEqual(expected));

  it('leaves no gap and no overlap over a year, in zones of every kind', () => {
    for (const zone of ['Asia/Ho_Chi_Minh', 'Europe/Berlin', 'Australia/Lord_Howe', 'America/St_Johns', 'Pacific/Apia']) {
      const days = localDays(at('2026-01-01T00:00Z'), at('2027-01-01T00:00Z'), zone);
      expect(new Set(days.map(({ day }) => day)).size).toBe(days.length);
      for (const [index, { start }] of days.slice(1).entries()) expect(start).toBe(days[index]?.end);
      expect([days[0]?.start, days.at(-1)?.end]).toEqual([at('2026-01-01T00:00Z'), at('2027-01-01T00:00Z')]);
      expect(days.length).toBeLessThanOrEqual(366);
    }
  });

  it('knows no zone on Mars', () => expect(() => localDays(0, 1, 'Mars/Olympus')).toThrow(RangeError));
});

import { describe, expect, it } from 'vitest';
import { localDays } from '../../relay/reports/local-days.ts';
import { dayIn, daysOf, faultOf, limitsOf, partsOf } from './report-period.ts';

describe('a period', () => {
  it.each([
    ['today', '2026-03-01', '2026-03-01', '2026-03-01'],
    ['yesterday', '2026-03-01', '2026-02-28', '2026-02-28'],
    ['week', '2026-03-01', '2026-02-23', '2026-03-01'],
    ['month', '2026-03-01', '2026-03-01', '2026-03-01'],
    ['month', '2026-11-30', '2026-11-01', '2026-11-30'],
    ['last_month', '2026-03-31', '2026-02-01', '2026-02-28'],
    ['last_month', '2026-01-01', '2025-12-01', '2025-12-31'],
  ] as const)('%s on %s is %s to %s', (kind, today, from, to) => expect(daysOf(kind, today)).toEqual({ from, to }));

  it.each([
    ['2026-03-01', '2026-03-01', null],
    ['2026-01-01', '2027-01-01', null],
    ['2026-01-01', '2027-01-02', 'most'],
    ['2026-03-02', '2026-03-01', 'backwards'],
    ['', '2026-03-01', 'missing'],
    ['2026-03-01', '', 'missing'],
    ['0202-03-01', '2026-03-01', 'missing'],
    ['2026-03-01', '12026-03-01', 'missing'],
  ])('%s to %s: %s', (from, to, fault) => expect(faultOf({ from, to })).toBe(fault));

  it('has the limits that the relay gives its days, in zones of every kind', () => {
    const [start, end] = [Date.parse('2024-01-01T00:00Z'), Date.parse('2026-12-31T00:00Z')];
    for (const zone of ['Asia/Ho_Chi_Minh', 'Europe/Berlin', 'America/Santiago', 'Africa/Cairo', 'Australia/Lord_Howe']) {
      const all = localDays(start, end, zone);
      const isLong = (index: number) => all[index] && all[index].end - all[index].start !== 86_400_000;
      const days = all.filter((_, index) => isLong(index) || isLong(index - 1) || index % 200 === 1).slice(1, -1);
      const limits = days.map(({ day }) => ({ day, ...limitsOf({ from: day, to: day }, zone) }));
      expect(limits).toEqual(days.map(({ day, start, end }) => ({ day, from: start, to: end })));
      expect(days.map(({ start }) => dayIn(zone, start))).toEqual(days.map(({ day }) => day));
    }
  });

  it.each([
    [{ from: '2026-03-01', to: '2026-03-31' }, [['2026-03-01', '2026-03-31']]],
    [
      { from: '2026-03-01', to: '2026-05-02' },
      [
        ['2026-03-01', '2026-03-31'],
        ['2026-04-01', '2026-05-01'],
        ['2026-05-02', '2026-05-02'],
      ],
    ],
  ])('%j is counted by day in parts', (days, parts) => expect(partsOf(days)).toEqual(parts.map(([from, to]) => ({ from, to }))));
});

import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { mostSalesWindows, PolicySchema } from '../contract.ts';
import { defaultPolicy } from './default-policy.ts';
import { isWithinSalesHours, salesHoursOfDay } from './sales-hours.ts';

const everyDay = [1, 2, 3, 4, 5, 6, 7];
const window = { from: '08:00', to: '17:00', days: everyDay, classes: ['mobile' as const] };
const hours = (timeZone: string, ...windows: object[]) => ({
  timeZone,
  windows: windows.map((changed) => ({ ...window, ...changed })),
  override: false,
});
const within = (sales: ReturnType<typeof hours>, kind: 'mobile' | 'fixed' | 'other' | 'toll_free', at: string) =>
  isWithinSalesHours(sales, kind, Date.parse(at));

describe('isWithinSalesHours', () => {
  const lunch = hours(
    'Asia/Ho_Chi_Minh',
    { to: '12:00', days: [1, 2, 3, 4, 5, 6] },
    { from: '13:30', to: '17:30', days: [1, 2, 3, 4, 5] },
    { from: '08:00', to: '20:00', days: [7], classes: ['fixed'] },
  );

  it.each([
    // A Monday, to the minute.
    ['2026-03-02T07:59:59+07:00', 'mobile', false],
    ['2026-03-02T08:00:00+07:00', 'mobile', true],
    ['2026-03-02T11:59:59+07:00', 'mobile', true],
    ['2026-03-02T12:00:00+07:00', 'mobile', false],
    ['2026-03-02T13:29:59+07:00', 'mobile', false],
    ['2026-03-02T13:30:00+07:00', 'mobile', true],
    ['2026-03-02T17:29:59+07:00', 'mobile', true],
    ['2026-03-02T17:30:00+07:00', 'mobile', false],
    ['2026-03-07T13:30:00+07:00', 'mobile', false],
    ['2026-03-08T19:59:59+07:00', 'fixed', true],
    ['2026-03-08T09:00:00+07:00', 'mobile', false],
    ['2026-03-02T09:00:00+07:00', 'fixed', false],
    ['2026-03-08T03:00:00+07:00', 'toll_free', true],
    // Within the windows of either class, and no others.
    ['2026-03-02T09:00:00+07:00', 'other', true],
    ['2026-03-08T19:59:59+07:00', 'other', true],
    ['2026-03-08T20:00:00+07:00', 'other', false],
    ['2026-03-02T22:00:00+07:00', 'other', false],
  ] as const)('at %s, %s: %s', (at, kind, is) => expect(within(lunch, kind, at)).toBe(is));

  it.each([
    ['2026-03-01T16:59:59Z', false],
    ['2026-03-01T17:00:00Z', true],
    ['2026-03-02T16:58:59Z', true],
    ['2026-03-03T01:00:00Z', false],
  ])('begins and ends the days as Vietnam does: %s', (at, is) => {
    expect(within(hours('Asia/Ho_Chi_Minh', { from: '00:00', to: '23:59', days: [1] }), 'mobile', at)).toBe(is);
  });

  it.each([
    // Berlin's clocks go from 02:00 to 03:00, and in autumn from 03:00 to 02:00.
    ['2026-03-28T07:00:00Z', true],
    ['2026-03-29T06:00:00Z', true],
    ['2026-03-29T05:59:59Z', false],
    ['2026-10-25T06:59:59Z', false],
    ['2026-10-25T07:00:00Z', true],
    ['2026-10-25T15:59:59Z', true],
    ['2026-10-25T16:00:00Z', false],
  ])('goes by the clocks that Berlin has at %s: %s', (at, is) => {
    expect(within(hours('Europe/Berlin', {}), 'mobile', at)).toBe(is);
  });

  it.each(['2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z'])('counts an hour that comes twice both times: %s', (at) => {
    expect(within(hours('Europe/Berlin', { from: '02:00', to: '03:00' }), 'mobile', at)).toBe(true);
  });
});

describe('salesHoursOfDay', () => {
  const mixed = hours(
    'Asia/Ho_Chi_Minh',
    { from: '13:30', days: [1, 2] },
    { to: '12:00' },
    { from: '12:00', to: '12:30', days: [2] },
    { from: '09:00', to: '20:00', days: [1, 7], classes: ['fixed'] },
    { from: '18:00', to: '07:00', days: [3] },
  );

  it.each([
    ['2026-03-02T06:00:00+07:00', 'mobile', '08:00-12:00 13:30-17:00'],
    ['2026-03-01T23:00:00Z', 'mobile', '08:00-12:00 13:30-17:00'],
    // Tuesday: what touches is one.
    ['2026-03-03T22:00:00+07:00', 'mobile', '08:00-12:30 13:30-17:00'],
    ['2026-03-04T22:00:00+07:00', 'mobile', '08:00-12:00'],
    ['2026-03-02T22:00:00+07:00', 'other', '08:00-20:00'],
    ['2026-03-03T22:00:00+07:00', 'fixed', ''],
  ] as const)('on the day of %s, %s: %s', (at, kind, expected) => {
    const day = salesHoursOfDay(mixed, kind, Date.parse(at));
    expect(day.map(({ from, to }) => `${from}-${to}`).join(' ')).toBe(expected);
  });
});

describe('the sales hours of a policy', () => {
  const policy = defaultPolicy({ regions: ['VN'] });

  it.each([
    ['none', null, true],
    ['one window', hours('UTC', {}), true],
    ['as many as may be', hours('UTC', ...Array(mostSalesWindows).fill({})), true],
    ['one more', hours('UTC', ...Array(mostSalesWindows + 1).fill({})), false],
    ['no window', hours('UTC'), false],
    ['a window on no day', hours('UTC', { days: [] }), false],
    ['a window on an eighth day', hours('UTC', { days: [8] }), false],
    ['a window for no number', hours('UTC', { classes: [] }), false],
    ['a window for what needs none', hours('UTC', { classes: ['premium'] }), false],
    ['a window until 24:00', hours('UTC', { to: '24:00' }), false],
    ['a window without its end', hours('UTC', { to: undefined }), false],
    ['a window of more than it knows', hours('UTC', { zone: 'UTC' }), false],
  ])('may be %s: %s', (_, salesHours, is) => expect(v.is(PolicySchema, { ...policy, salesHours })).toBe(is));
});

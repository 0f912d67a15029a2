import type { CountryCode } from 'libphonenumber-js/core';
import { getExampleNumber } from 'libphonenumber-js/max';
import examples from 'libphonenumber-js/mobile/examples';
import { describe, expect, it } from 'vitest';
import { describeNumber } from './describe-number.ts';
import { formatInternational, formatNational, formatPlain } from './format-number.ts';
import { fullPlanRegions, fullPlansFor, homePlans } from './plans/full-plans.ts';

describe('describeNumber', () => {
  it.each([
    ['+84912345678', { country: 'VN', type: 'mobile', national: '0912 345 678', international: '+84 912 345 678' }],
    ['+842838221234', { country: 'VN', type: 'landline', national: '028 3822 1234', international: '+84 28 3822 1234' }],
    ['19001234', { country: 'VN', type: 'service', national: '1900 1234', international: '1900 1234' }],
    ['1800599920', { country: 'VN', type: 'service', national: '1800 599 920', international: '1800 599 920' }],
    ['+33612345678', { country: 'FR', national: '+33 6 12 34 56 78', international: '+33 6 12 34 56 78' }],
    ['+12423221234', { country: 'BS', national: '+1 242 322 1234', international: '+1 242 322 1234' }],
    ['101', { national: '101', international: '101' }],
  ])('of %s without further plans', (number, expected) => {
    expect(describeNumber(number, 'VN')).toEqual(expected);
  });

  it.each([
    [
      '+16502530000',
      'US',
      { country: 'US', type: 'landline-or-mobile', national: '(650) 253-0000', international: '+1 650 253 0000' },
    ],
    ['+442079460958', 'VN', { country: 'GB', type: 'landline', national: '+44 20 7946 0958', international: '+44 20 7946 0958' }],
    ['+442079460958', 'GB', { country: 'GB', type: 'landline', national: '020 7946 0958', international: '+44 20 7946 0958' }],
  ])('of %s seen from %s with full plans', (number, region, expected) => {
    expect(describeNumber(number, region, fullPlansFor(number))).toEqual(expected);
  });
});

it.each([
  ['+84912345678', 'VN', '0912345678'],
  ['+842838221234', 'VN', '02838221234'],
  ['19001234', 'VN', '19001234'],
  ['+14155550123', 'VN', '+14155550123'],
  ['+16502530000', 'US', '6502530000'],
  ['+442079460958', 'GB', '02079460958'],
  ['101', 'VN', '101'],
])('writes %s in %s as a spreadsheet takes it', (number, region, plain) => {
  expect(formatPlain(number, region, fullPlansFor(number))).toBe(plain);
});

describe('formatting with full plans', () => {
  const numbers = fullPlanRegions.flatMap((region) => getExampleNumber(region as CountryCode, examples) ?? []);

  it.each(numbers.map((number) => [number.country as string, number]))(
    'prints a mobile of %s as libphonenumber does',
    (region, number) => {
      const plans = homePlans(region);
      expect(formatNational(number.number, region, plans)).toBe(number.formatNational());
      expect(formatInternational(number.number, plans)).toBe(number.formatInternational().replace(/[-.]/g, ' '));
    },
  );
});

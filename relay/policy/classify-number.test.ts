import { getCountries, getCountryCallingCode, getExampleNumber } from 'libphonenumber-js/max';
import examples from 'libphonenumber-js/mobile/examples';
import { describe, expect, it } from 'vitest';
import type { Policy } from '../contract.ts';
import { classifyNumber, type NumberClass } from './classify-number.ts';
import { defaultPolicy } from './default-policy.ts';
import { type DialPlan, digitsToDial } from './dial-plan.ts';
import { judgeNumber } from './judge-number.ts';

const policy = defaultPolicy({ regions: ['VN'] });
const verdict = (number: string, changed: Partial<Policy> = {}) => {
  const classified = classifyNumber(number);
  return classified ? judgeNumber({ ...policy, ...changed }, number, classified) : 'number_invalid';
};

describe('what kind of number it is', () => {
  it.each<[number: string, kind: NumberClass, refusal: string | null]>([
    ['+84912345678', 'mobile', null],
    ['+84332345678', 'mobile', null],
    ['+842838222222', 'fixed', null],
    ['+842438222222', 'fixed', null],
    ['18001090', 'toll_free', null],
    ['1800599920', 'toll_free', null],
    ['19001234', 'premium', 'number_premium'],
    ['1900545468', 'premium', 'number_premium'],
    ['+84190012345', 'premium', 'number_premium'],
    ['113', 'emergency', 'number_emergency'],
    ['114', 'emergency', 'number_emergency'],
    ['115', 'emergency', 'number_emergency'],
    ['112', 'emergency', 'number_emergency'],
    ['911', 'emergency', 'number_emergency'],
    ['999', 'emergency', 'number_emergency'],
    ['000', 'emergency', 'number_emergency'],
    ['116', 'short', 'number_short'],
    ['1080', 'short', 'number_short'],
    ['9029', 'short', 'number_short'],
    ['101', 'short', 'number_short'],
    ['19001', 'short', 'number_short'],
    ['+881612345678', 'satellite', 'number_satellite'],
    ['+870773111632', 'satellite', 'number_satellite'],
    ['+882161234567', 'satellite', 'number_satellite'],
    ['+883510012345', 'satellite', 'number_satellite'],
    ['+447012345678', 'premium', 'number_premium'],
    ['+449012345678', 'premium', 'number_premium'],
    ['+19002345678', 'premium', 'number_premium'],
    ['+979123456789', 'premium', 'number_premium'],
    ['+80012345678', 'toll_free', 'country_not_allowed'],
    ['+18005550199', 'toll_free', 'country_not_allowed'],
    ['+18095551234', 'mobile', 'country_not_allowed'],
    ['+37127123456', 'mobile', 'country_not_allowed'],
    ['+252712345678', 'mobile', 'country_not_allowed'],
    ['+5351234567', 'mobile', 'country_not_allowed'],
    ['+6591234567', 'mobile', 'country_not_allowed'],
  ])('%s is %s: %s', (number, kind, refusal) => {
    expect(classifyNumber(number)?.class).toBe(kind);
    expect(verdict(number)).toBe(refusal);
  });

  it.each([
    '+84113',
    '+841234',
    '+8491234567',
    '+849123456789',
    '+841693608879',
    '+840912345678',
    '+84 912345678',
    '+84912345678x1',
    '+0912345678',
    '+',
    '',
    '12',
    '1234567',
    '190012345',
    '0912345678',
    '00842838222222',
    '0018095551234',
    '01118095551',
    '17100252712',
  ])('“%s” is none', (number) => {
    expect(classifyNumber(number)).toBeNull();
  });
});

/** Countries whose example number behind +84 is a Vietnamese number, so that such a call goes to Vietnam. */
const readsAsVietnamese = ['AD', 'AW', 'CV', 'ER', 'GM', 'IO', 'KM', 'NF', 'SC', 'ST', 'TK'];

/** Every country's example number, as it is and disguised to evade the rules. */
const corpus = getCountries().flatMap((country) => {
  const number = getExampleNumber(country, examples);
  if (!number) return [];
  const digits = number.number.slice(1);
  const home = country === 'VN';
  return [
    [number.number, home ? null : 'country_not_allowed'],
    [`00${digits}`, 'number_invalid'],
    [`011${digits}`.slice(0, 12), 'number_invalid'],
    [`+00${digits}`, 'number_invalid'],
    ...(home ? [] : [[`+84${digits}`.slice(0, 16), readsAsVietnamese.includes(country) ? null : 'number_invalid']]),
  ] as [string, string | null][];
});

describe('toll fraud', () => {
  it(`${corpus.length} numbers of all countries get through only at home`, () => {
    expect(corpus.length).toBeGreaterThan(1000);
    expect(corpus.filter(([number, expected]) => verdict(number) !== expected)).toEqual([]);
    const open = corpus.filter(([number]) => verdict(number) === null).map(([number]) => number);
    expect(open.filter((number) => !number.startsWith('+84'))).toEqual([]);
  });

  it.each(getCountries().filter((country) => country !== 'VN'))('opening %s opens no other country', (country) => {
    const open = corpus.filter(
      ([number, expected]) => expected === 'country_not_allowed' && verdict(number, { countries: ['VN', country] }) === null,
    );
    const code = `+${getCountryCallingCode(country)}`;
    expect(open.filter(([number]) => classifyNumber(number)?.country !== country || !number.startsWith(code))).toEqual([]);
  });

  it.each<[number: string, opened: Partial<Policy>, refusal: string | null]>([
    ['19001234', { openClasses: ['premium'] }, null],
    ['+84190012345', { openClasses: ['premium'] }, null],
    ['+447012345678', { openClasses: ['premium'] }, 'country_not_allowed'],
    ['+447012345678', { openClasses: ['premium'], countries: ['VN', 'GB'] }, null],
    ['+979123456789', { openClasses: ['premium'] }, 'country_not_allowed'],
    ['+881612345678', { openClasses: ['satellite'] }, null],
    ['101', { openClasses: ['short'] }, null],
    ['113', { openClasses: ['short'] }, 'number_emergency'],
    ['18001090', { openClasses: [] }, 'number_class_closed'],
    ['+84912345678', { countries: ['SG'] }, 'country_not_allowed'],
  ])('%s with %j: %s', (number, opened, refusal) => {
    expect(verdict(number, opened)).toBe(refusal);
  });
});

describe('the dial plan', () => {
  const plan: DialPlan = { homeRegion: 'VN', homeFormat: 'national', internationalPrefix: '00', dialPrefix: '' };

  it.each([
    ['VN', '00', '+84912345678', '0912345678'],
    ['VN', '00', '+842873019555', '02873019555'],
    ['VN', '00', '+6591234567', '006591234567'],
    ['VN', '171', '+12025550123', '17112025550123'],
    ['VN', '00', '19001234', '19001234'],
    ['VN', '00', '113', '113'],
    ['SG', '00', '+6591234567', '91234567'],
    ['SG', '00', '+84912345678', '0084912345678'],
    ['US', '011', '+12025550123', '2025550123'],
    ['US', '011', '+16042345678', '01116042345678'],
    ['IT', '00', '+390612345678', '0612345678'],
  ])('of %s with %s: %s goes out as %s', (homeRegion, internationalPrefix, number, digits) => {
    expect(digitsToDial({ ...plan, homeRegion, internationalPrefix }, number)).toBe(digits);
  });

  it.each([
    [{ homeFormat: 'country-code' }, '+84912345678', '84912345678'],
    [{ homeFormat: 'e164' }, '+84912345678', '+84912345678'],
    [{ homeFormat: 'country-code' }, '+6591234567', '006591234567'],
    [{ homeFormat: 'country-code' }, '19001234', '19001234'],
    [{ homeFormat: 'country-code', internationalPrefix: '' }, '+6591234567', '6591234567'],
    [{ dialPrefix: '9' }, '+84912345678', '90912345678'],
    [{ dialPrefix: '9' }, '+6591234567', '9006591234567'],
    [{ dialPrefix: '9' }, '19001234', '919001234'],
    [{ dialPrefix: '9', homeFormat: 'country-code' }, '+84912345678', '984912345678'],
  ] as const)('with %j: %s goes out as %s', (changed, number, digits) => {
    expect(digitsToDial({ ...plan, ...changed }, number)).toBe(digits);
  });

  it('dials nothing that is no number', () => {
    expect(digitsToDial(plan, '+8491')).toBeNull();
  });
});

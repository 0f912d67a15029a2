import { expect, it } from 'vitest';
import { countryNames } from './country-names.ts';

it.each([
  ['Singapore', 'SG'],
  ['sg', 'SG'],
  ['Hoa Kỳ', 'US'],
  ['Mỹ', 'US'],
  ['United States', 'US'],
  ['Deutschland', 'DE'],
  ['Đức', 'DE'],
  ['日本', 'JP'],
  ['Việt Nam', 'VN'],
  ['Pháp', undefined],
])('%s is %s', (name, region) => {
  expect(countryNames('VN', ['SG', 'US', 'DE', 'JP'])[name.toLowerCase()]).toBe(region);
});

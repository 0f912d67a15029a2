import { expect, it } from 'vitest';
import { nearestFirst } from './page-finder.ts';

it.each([
  ['fr-FR', ['FR', 'VN', 'US', 'SG']],
  ['fr', ['FR', 'VN', 'US', 'SG']],
  ['en-SG', ['SG', 'VN', 'US', 'FR']],
  ['ja', ['VN', 'US', 'FR', 'SG']],
  ['', ['VN', 'US', 'FR', 'SG']],
  ['no language', ['VN', 'US', 'FR', 'SG']],
])('on a page in "%s"', (lang, expected) => {
  expect(nearestFirst(['VN', 'US', 'FR', 'SG'], lang)).toEqual(expected);
});

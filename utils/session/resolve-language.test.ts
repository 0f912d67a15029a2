import { beforeEach, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { languageItem } from '../storage.ts';
import { resolveLanguage } from './resolve-language.ts';

beforeEach(() => fakeBrowser.reset());

it.each([
  ['browser', 'vi', 'vi'],
  ['browser', 'vi-VN', 'vi'],
  ['browser', 'en-US', 'en'],
  ['browser', 'vie', 'en'],
  ['browser', 'de', 'en'],
  ['en', 'vi-VN', 'en'],
  ['vi', 'en-US', 'vi'],
] as const)('%s in a browser that speaks %s → %s', async (chosen, spoken, expected) => {
  await languageItem.setValue(chosen);
  expect(await resolveLanguage(() => spoken)).toBe(expected);
});

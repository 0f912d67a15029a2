import { beforeEach, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { languageItem } from '../storage.ts';
import { menuTexts, menuWords } from './menu-words.ts';

beforeEach(() => fakeBrowser.reset());

it.each([
  { language: 'en', title: 'Call “%s”', known: 'offline' },
  { language: 'vi', title: 'Gọi “%s”', known: expect.stringMatching(/[àáạảãâăđêôơư]/) },
] as const)('speaks $language', async ({ language, title, known }) => {
  await languageItem.setValue(language);
  const { say, explain } = await menuWords();
  expect(say('title')).toBe(title);
  expect(explain({ code: 'device_offline', message: 'offline' })).toEqual(known);
  expect(explain({ code: 'newer_than_us', message: 'as the relay says' })).toBe('as the relay says');
});

it('does not say that a device rings when it was only asked to', () => {
  expect(menuTexts.en.accepted).not.toMatch(/ringing/);
  expect(menuTexts.vi.accepted).not.toMatch(/đang đổ chuông/);
});

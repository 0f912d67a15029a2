import { beforeEach, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { fail } from '../reply.ts';
import { languageItem } from '../storage.ts';
import { menuTexts, menuWords } from './menu-words.ts';

beforeEach(() => fakeBrowser.reset());

it.each([
  { language: 'en', title: 'Call “%s”', known: /your softphone/ },
  { language: 'vi', title: 'Gọi “%s”', known: /[àáạảãâăđêôơư]/ },
] as const)('speaks $language', async ({ language, title, known }) => {
  await languageItem.setValue(language);
  const { say, explain } = await menuWords();
  expect(say('title')).toBe(title);
  expect(explain(fail('device_offline').error)).toMatch(known);
  expect(explain(fail('outcome_unknown').error)).toMatch(/\p{L} \p{L}.+[.!?]$/u);
  expect(explain({ code: 'newer_than_us', message: 'as the relay says' })).toBe('as the relay says');
});

it('does not say that a device rings when it was only asked to', () => {
  expect(menuTexts.en.accepted).not.toMatch(/ringing/);
  expect(menuTexts.vi.accepted).not.toMatch(/đang đổ chuông/);
});

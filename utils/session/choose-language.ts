import type { Language } from '../messages.ts';

/** The language set in the options; `browser`: not set. */
export type LanguageSetting = Language | 'browser';

/** The language to use: the one set, else the browser's own from `spoken` if supported, else English. */
export function chooseLanguage(setting: LanguageSetting, spoken: () => string): Language {
  if (setting !== 'browser') return setting;
  return /^vi\b/i.test(spoken()) ? 'vi' : 'en';
}

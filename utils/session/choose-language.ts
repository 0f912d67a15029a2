import type { Language } from '../messages.ts';

/** What is set in the options; `browser`: nothing. */
export type LanguageSetting = Language | 'browser';

/** The language to speak: the one set, else the browser's own, which is `spoken`, where we speak it, else English. */
export function chooseLanguage(setting: LanguageSetting, spoken: () => string): Language {
  if (setting !== 'browser') return setting;
  return /^vi\b/i.test(spoken()) ? 'vi' : 'en';
}

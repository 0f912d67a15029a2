import type { Language } from '../../utils/messages.ts';

/** The language to speak: the one set, else the browser's own where we speak it, else English. */
export function chooseLanguage(setting: Language | 'browser', browserLanguage: string): Language {
  if (setting !== 'browser') return setting;
  return /^vi\b/i.test(browserLanguage) ? 'vi' : 'en';
}

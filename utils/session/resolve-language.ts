import { browser } from 'wxt/browser';
import type { Language } from '../messages.ts';
import { languageItem } from '../storage.ts';

/** The language chosen in the options, else Vietnamese where the browser speaks it, else English. */
export async function resolveLanguage(browserLanguage: () => string = () => browser.i18n.getUILanguage()): Promise<Language> {
  const chosen = await languageItem.getValue();
  if (chosen !== 'browser') return chosen;
  return /^vi\b/i.test(browserLanguage()) ? 'vi' : 'en';
}

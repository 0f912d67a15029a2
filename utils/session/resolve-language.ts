import { browser } from 'wxt/browser';
import type { Language } from '../messages.ts';
import { languageItem } from '../storage.ts';
import { chooseLanguage } from './choose-language.ts';

/** The language chosen in the options, else the browser's own. */
export async function resolveLanguage(spoken: () => string = () => browser.i18n.getUILanguage()): Promise<Language> {
  return chooseLanguage(await languageItem.getValue(), spoken);
}

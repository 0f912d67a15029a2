import { browser } from '@wxt-dev/browser';
import type { Language } from '../../utils/messages.ts';
import { chooseLanguage } from '../../utils/session/choose-language.ts';
import { languageItem } from '../../utils/storage.ts';
import { loadWords } from './load-words.ts';
import { type Remembered, readRemembered } from './read-remembered.ts';

/** The data that the first render of the calls needs. */
export interface Start {
  language: Language;
  remembered: Remembered | null;
}

export async function readStart(): Promise<Start> {
  const spoken = () => browser.i18n.getUILanguage();
  // Most people keep the browser's language, so its words are loaded before the setting is known.
  void loadWords(chooseLanguage('browser', spoken));
  const [setting, remembered] = await Promise.all([languageItem.getValue(), readRemembered()]);
  return { language: chooseLanguage(setting, spoken), remembered };
}

/** Read as soon as this file is loaded, which is a script of its own in the popup and the side panel (scripts/view-pages.ts). */
export const atStart = readStart();

import { browser } from '@wxt-dev/browser';
import type { Language } from '../../utils/messages.ts';
import { chooseLanguage } from '../../utils/session/choose-language.ts';
import { languageItem } from '../../utils/storage.ts';
import { loadWords } from './load-words.ts';
import { type Remembered, readRemembered } from './read-remembered.ts';

/** What the first drawing of the calls needs besides their program. */
export interface Start {
  language: Language;
  remembered: Remembered | null;
}

export async function readStart(): Promise<Start> {
  const spoken = () => browser.i18n.getUILanguage();
  // Most people leave the browser's language, so its words are on their way before the setting is known.
  void loadWords(chooseLanguage('browser', spoken));
  const [setting, remembered] = await Promise.all([languageItem.getValue(), readRemembered()]);
  return { language: chooseLanguage(setting, spoken), remembered };
}

/** Asked for as soon as this file has come: it is a script of its own in the popup and the side panel (scripts/view-pages.ts). */
export const atStart = readStart();

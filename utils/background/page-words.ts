import pageEn from '../i18n/page-en.ts';
import pageVi from '../i18n/page-vi.ts';
import { createTranslate } from '../i18n/translate.ts';
import type { Language } from '../messages.ts';
import type { PageMessages } from '../page/messages.ts';
import { resolveLanguage } from '../session/resolve-language.ts';

/** All texts shown on web pages. */
export function pageWords(language: Language): PageMessages {
  return language === 'vi' ? pageVi : pageEn;
}

/** The agent's language, and the translate function for texts on web pages. */
export async function pageLanguage() {
  const language = await resolveLanguage();
  return { language, say: createTranslate(pageWords(language)) };
}

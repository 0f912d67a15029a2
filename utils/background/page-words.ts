import pageEn from '../i18n/page-en.ts';
import pageVi from '../i18n/page-vi.ts';
import type { Language } from '../messages.ts';
import type { PageMessages } from '../page/messages.ts';

/** Everything that is said on a web page. */
export function pageWords(language: Language): PageMessages {
  return language === 'vi' ? pageVi : pageEn;
}

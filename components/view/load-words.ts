import type { Dictionary } from '../../utils/i18n/translate.ts';
import type { Language } from '../../utils/messages.ts';

/** The words of the views in one language; the other one is not loaded. */
export async function loadWords(language: Language): Promise<Dictionary> {
  return language === 'vi' ? (await import('../../utils/i18n/vi.ts')).vi : (await import('../../utils/i18n/en.ts')).en;
}

import { useMemo } from 'preact/hooks';
import { firstEn } from '../../utils/i18n/first-en.ts';
import { firstVi } from '../../utils/i18n/first-vi.ts';
import { createTranslate } from '../../utils/i18n/translate.ts';
import { useView } from '../view/view.ts';

/** Both languages come with what shows them, which few openings of a view need. */
export function useFirstWords() {
  const { language } = useView();
  return useMemo(() => createTranslate(language === 'vi' ? firstVi : firstEn), [language]);
}

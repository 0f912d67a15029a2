import { en as shared } from '../../utils/i18n/en.ts';
import { optionsEn } from '../../utils/i18n/options-en.ts';

/** All English words of the views. */
export const en = { ...shared, ...optionsEn };

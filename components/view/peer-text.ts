import type { TextKey } from '../../utils/i18n/en.ts';
import type { Translate } from '../../utils/i18n/translate.ts';
import { isWithheld } from '../../utils/live/is-withheld.ts';
import { formatNational } from '../../utils/phone/format-number.ts';

/** The other party of a call as shown: the number in its local format, or that the caller withheld it. */
export function peerText(number: string, region: string, t: Translate<TextKey>): string {
  return isWithheld(number) ? t('number_withheld') : formatNational(number, region);
}

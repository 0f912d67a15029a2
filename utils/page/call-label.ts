import type { Translate } from '../i18n/translate.ts';
import type { Mark } from './mark.ts';
import type { PageMessage } from './messages.ts';

/** What the button of a number is called while no call with it is on. */
export function callLabel({ text, extension }: Mark, translate: Translate<PageMessage>): string {
  return extension ? translate('callExtension', { number: text, extension }) : translate('call', { number: text });
}

import type { Translate } from '../i18n/translate.ts';
import { type Mark, writtenAs } from './mark.ts';
import type { PageMessage } from './messages.ts';

/** The accessible label of a number's button while no call with the number is going on. */
export function callLabel(mark: Mark, translate: Translate<PageMessage>): string {
  const { extension } = mark;
  const number = writtenAs(mark);
  return extension ? translate('callExtension', { number, extension }) : translate('call', { number });
}

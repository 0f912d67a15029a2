import type { Call } from '../../relay/contract.ts';
import type { TextKey } from '../../utils/i18n/en.ts';
import type { Translate } from '../../utils/i18n/translate.ts';
import { failureText } from '../view/failure-text.ts';

/** A device rings well under this long; later "it is ringing" would not be true. */
const ringingMs = 45_000;

export interface PlacedWords {
  text: string;
  tone: 'busy' | 'good' | 'warn' | 'bad';
}

/** What became of a click, in words. */
export function placedWords(call: Pick<Call, 'state' | 'reason' | 'settledAt'>, t: Translate<TextKey>, now: number): PlacedWords {
  switch (call.state) {
    case 'dispatching':
      return { text: t('placed_dispatching'), tone: 'busy' };
    case 'accepted':
      return call.settledAt !== null && now - call.settledAt > ringingMs
        ? { text: t('placed_waiting'), tone: 'good' }
        : { text: t('placed_ringing'), tone: 'good' };
    case 'unknown':
      return { text: t('failure_outcome_unknown'), tone: 'warn' };
    case 'rejected':
    case 'not_sent':
      return { text: call.reason === null ? t('placed_failed') : failureText(t, call.reason), tone: 'bad' };
  }
}

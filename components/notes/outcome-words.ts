import type { Outcome } from '../../relay/contract.ts';
import type { TextKey } from '../../utils/i18n/en.ts';

/** What came of a call, in the order an agent looks for it. */
export const outcomeWords: Record<Outcome, TextKey> = {
  reached: 'noted_reached',
  call_later: 'noted_call_later',
  no_answer: 'noted_no_answer',
  wrong_number: 'noted_wrong_number',
  not_interested: 'noted_not_interested',
  done: 'noted_done',
};
export const outcomes = Object.keys(outcomeWords) as Outcome[];

import type { Outcome } from '../../relay/contract.ts';
import type { TextKey } from '../../utils/i18n/en.ts';

/** What came of a call, in the order an agent looks for it. */
export const outcomes: Outcome[] = [
  'reached',
  'call_later',
  'no_answer',
  'wrong_number',
  'not_interested',
  'do_not_call',
  'done',
];
export const outcomeWords = Object.fromEntries(outcomes.map((one) => [one, `noted_${one}`])) as Record<Outcome, TextKey>;

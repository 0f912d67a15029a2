import type { HistoryCall } from '../../relay/contract.ts';
import type { TextKey } from '../../utils/i18n/en.ts';
import type { Translate } from '../../utils/i18n/translate.ts';
import type { IconName } from '../ui/icon.tsx';

/** How a finished call is drawn and said. */
export interface CallWords {
  icon: IconName;
  /** Direction, for screen readers. */
  direction: TextKey;
  /** What became of it; null where AntBuddy's own word says more than we know. */
  outcome: TextKey | null;
  tone: 'plain' | 'bad';
}

const outcomes: Record<HistoryCall['disposition'], TextKey | null> = {
  answered: 'outcome_answered',
  cancelled: 'outcome_cancelled',
  busy: 'outcome_busy',
  ivr: 'outcome_ivr',
  missed: 'outcome_missed',
  failed: 'outcome_failed',
  other: null,
};

export function callWords({ direction, disposition }: Pick<HistoryCall, 'direction' | 'disposition'>): CallWords {
  // The relay says it only of whoever was called, by a customer or a colleague.
  const missed = disposition === 'missed';
  return {
    icon: missed ? 'missed' : direction,
    direction: `direction_${direction}`,
    outcome: outcomes[disposition],
    tone: missed || disposition === 'failed' ? 'bad' : 'plain',
  };
}

/** What became of a call, in words, AntBuddy's own where it says more than we know. */
export function outcomeText(call: HistoryCall, t: Translate<TextKey>): string {
  const { outcome } = callWords(call);
  if (outcome) return t(outcome);
  return call.status || t(isUnlisted(call) ? 'outcome_untold' : 'outcome_unsaid');
}

/** Whether the history does not tell of it, or not yet: found by its note, it stands there by its key. */
function isUnlisted({ id, direction }: HistoryCall): boolean {
  return direction === 'outbound' && id.includes('-');
}

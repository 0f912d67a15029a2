import type { HistoryCall } from '../../relay/contract.ts';
import type { TextKey } from '../../utils/i18n/en.ts';
import type { Translate } from '../../utils/i18n/translate.ts';
import type { IconName } from '../ui/icon.tsx';

/** The icon, texts and tone of a finished call. */
interface CallWords {
  icon: IconName;
  /** Direction, for screen readers. */
  direction: TextKey;
  /** The outcome; null where AntBuddy's own status is more specific than ours. */
  outcome: TextKey | null;
  tone: 'plain' | 'bad';
}

export function callWords({ direction, disposition }: Pick<HistoryCall, 'direction' | 'disposition'>): CallWords {
  // The relay sets it only for the person who was called, by a customer or a colleague.
  const missed = disposition === 'missed';
  return {
    icon: missed ? 'missed' : direction,
    direction: `direction_${direction}`,
    outcome: disposition === 'other' ? null : `outcome_${disposition}`,
    tone: missed || disposition === 'failed' ? 'bad' : 'plain',
  };
}

/** The outcome of a call in words; AntBuddy's own status where it is more specific than ours. */
export function outcomeText(call: HistoryCall, t: Translate<TextKey>): string {
  const { outcome } = callWords(call);
  if (outcome) return t(outcome);
  return call.status || t(isUnlisted(call) ? 'outcome_untold' : 'outcome_unsaid');
}

/** Whether the history does not list the call (yet): a call found by its note has its key, with dashes, as its id. */
function isUnlisted({ id, direction }: HistoryCall): boolean {
  return direction === 'outbound' && id.includes('-');
}

import type { TextKey } from '../../utils/i18n/en.ts';
import type { CallListState } from './call-list-store.ts';
import { isEverything } from './list-query.ts';

/** The text to show when no call is listed. */
export function emptyWords(state: CallListState): TextKey {
  const isWholeQueue = state.filter === 'todo' && isEverything({ ...state, filter: 'all' });
  if (isWholeQueue) return state.busy ? 'calls_loading' : 'queue_empty';
  return isEverything(state) ? 'calls_empty' : 'calls_none_match';
}

import type { HistoryCall, PlacedCall } from '../../relay/contract.ts';
import type { NotedCall } from '../../utils/note-drafts.ts';

/** What a note remembers of its call. */
export function notedCall(call: HistoryCall | PlacedCall): NotedCall {
  return 'key' in call
    ? { peer: { number: call.number, name: null }, startedAt: call.createdAt }
    : { peer: call.peer, startedAt: call.startedAt };
}

import type { HistoryCall, HistoryQuery, PlacedCall } from '../../relay/contract.ts';
import { type Reply, succeed } from '../../utils/reply.ts';
import type { Send } from '../view/view.ts';

const pageSize = '100';

/**
 * Reads all calls that match a query, page after page, newest first, with those just placed; null when aborted.
 * @param onProgress receives the number of calls read so far
 */
export async function collectCalls(
  send: Send,
  query: HistoryQuery,
  signal: AbortSignal,
  onProgress: (count: number) => void,
): Promise<Reply<HistoryCall[]> | null> {
  const calls = new Map<string, HistoryCall>();
  let cursor: string | null | undefined;
  while (cursor !== null) {
    const reply: Awaited<ReturnType<typeof send<'listHistory'>>> = await send('listHistory', {
      ...query,
      limit: pageSize,
      ...(cursor && { cursor }),
    });
    if (signal.aborted) return null;
    if (!reply.ok) return reply;
    for (const call of [...reply.value.placed.map(asListed), ...reply.value.calls]) calls.set(call.id, call);
    cursor = reply.value.nextCursor;
    onProgress(calls.size);
  }
  return succeed([...calls.values()].sort((a, b) => b.startedAt - a.startedAt));
}

/** A call that the history does not list yet, in the history's format; what is not known yet stays empty. */
function asListed({ key, number, state, createdAt, note }: PlacedCall): HistoryCall {
  return {
    id: key,
    startedAt: createdAt,
    direction: 'outbound',
    disposition: state === 'rejected' || state === 'not_sent' ? 'failed' : 'other',
    status: '',
    peer: { number, name: null },
    durationSeconds: 0,
    talkSeconds: 0,
    hasRecording: false,
    note,
  };
}

import type { HistoryCall, HistoryQuery } from '../../relay/contract.ts';
import { type Reply, succeed } from '../../utils/reply.ts';
import type { Send } from '../view/view.ts';

const pageSize = '100';

/**
 * Reads all calls that match a query, page after page; null when aborted.
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
    for (const call of reply.value.calls) calls.set(call.id, call);
    cursor = reply.value.nextCursor;
    onProgress(calls.size);
  }
  return succeed([...calls.values()]);
}

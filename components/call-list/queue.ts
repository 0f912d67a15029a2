import type { HistoryCall } from '../../relay/contract.ts';
import { type Reply, succeed } from '../../utils/reply.ts';
import type { Send } from '../view/view.ts';
import { historyQuery, type Wanted } from './list-query.ts';

export interface Queue {
  /** Missed calls since the last contact, by the id of the call shown. */
  times: ReadonlyMap<string, number>;
  /** A call missed before it is not in the queue. */
  lookedBackTo: number;
  /** Numbers waiting that are asked for; of very many the relay names only the newest. */
  count: number;
}

interface QueueAnswer extends Queue {
  calls: HistoryCall[];
  completeTo: number | null;
}

/** Who is to be called back, as the relay knows it, of the days, with the text and the outcome wanted. */
export async function readQueue(send: Send, wanted: Wanted, now: number): Promise<Reply<QueueAnswer>> {
  const reply = await send('getMissed', historyQuery({ ...wanted, filter: 'all' }, now));
  if (!reply.ok) return reply;
  const { calls, completeTo, from: lookedBackTo, count } = reply.value;
  return succeed({
    calls: calls.map(({ call }) => call),
    times: new Map(calls.map(({ call, times }) => [call.id, times])),
    lookedBackTo,
    count,
    completeTo,
  });
}

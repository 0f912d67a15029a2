import type { HistoryCall, Missed } from '../../relay/contract.ts';
import { type Reply, succeed } from '../../utils/reply.ts';
import type { Send } from '../view/view.ts';
import { historyQuery, type Wanted } from './list-query.ts';

export interface Queue {
  /** Missed calls since the last contact, by the id of the listed call; 0 for a number that asked to be called later. */
  times: ReadonlyMap<string, number>;
  /** Calls missed before this time are not in the queue. */
  lookedBackTo: number;
  /** When the first of it was requested, on the relay's clock. */
  askedAt: number;
  /** How many waiting numbers match. */
  count: number;
  /** Whether some of them are not read yet. */
  hasMore: boolean;
}

export interface QueueAnswer extends Queue {
  calls: HistoryCall[];
  completeTo: number | null;
}

/** Options of a read. */
interface Reading {
  /** Reads until it has this many; the relay returns a hundred at a time. */
  atLeast?: number;
  /** Continues after this answer. */
  after?: QueueAnswer;
  signal?: AbortSignal;
  onProgress?(count: number): void;
}

/** The numbers to call back according to the relay, restricted to the wanted days, text and outcome. */
export async function readQueue(send: Send, wanted: Wanted, now: number, reading: Reading = {}): Promise<Reply<QueueAnswer>> {
  const { atLeast = 1, after, signal, onProgress } = reading;
  const query = historyQuery({ ...wanted, filter: 'all' }, now);
  let read = after;
  do {
    const oldest = read?.calls.at(-1)?.startedAt;
    const reply = await send('getMissed', {
      ...query,
      // Several calls may share the oldest moment: requests it again and drops known ids.
      ...(read && oldest !== undefined && { to: String(oldest + 1) }),
    });
    if (!reply.ok) return reply;
    const { from, count } = reply.value;
    read = join(read ?? { calls: [], times: new Map(), lookedBackTo: from, askedAt: now, count }, reply.value);
    onProgress?.(read.calls.length);
  } while (read.hasMore && read.calls.length < atLeast && !signal?.aborted);
  return succeed(read);
}

function join(
  { calls, times, lookedBackTo, askedAt, count }: Omit<QueueAnswer, 'hasMore' | 'completeTo'>,
  { calls: next, completeTo }: Missed,
): QueueAnswer {
  const fresh = next.filter(({ call }) => !times.has(call.id));
  const all = [...calls, ...fresh.map(({ call }) => call)];
  return {
    calls: all,
    times: new Map([...times, ...fresh.map(({ call, times }) => [call.id, times] as const)]),
    lookedBackTo,
    askedAt,
    count,
    hasMore: fresh.length > 0 && all.length < count,
    completeTo,
  };
}

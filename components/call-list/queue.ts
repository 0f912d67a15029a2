import type { HistoryCall } from '../../relay/contract.ts';
import { formatNational } from '../../utils/phone/format-number.ts';
import { type Reply, succeed } from '../../utils/reply.ts';
import { plainText } from '../view/plain-text.ts';
import type { Send } from '../view/view.ts';
import { limitsOf } from './date-range.ts';
import type { Wanted } from './list-query.ts';

export interface Queue {
  /** Missed calls since the last contact, by the id of the call shown. */
  times: ReadonlyMap<string, number>;
  /** A call missed before it is not in the queue. */
  lookedBackTo: number;
  /** Numbers waiting; of very many the relay names only the newest. */
  count: number;
}

interface QueueAnswer extends Queue {
  calls: HistoryCall[];
  completeTo: number | null;
}

/** Who is to be called back, as the relay knows it; days, text and outcome wanted are looked for among them. */
export async function readQueue(send: Send, { range, text, outcome }: Wanted, now: number): Promise<Reply<QueueAnswer>> {
  const { from, to = Number.POSITIVE_INFINITY } = limitsOf(range, now);
  const reply = await send('getMissed', from === undefined ? {} : { from });
  if (!reply.ok) return reply;
  const { calls, completeTo, from: lookedBackTo, count } = reply.value;
  const shown = calls.filter(
    ({ call }) => call.startedAt < to && hasText(call, text) && (outcome === null || call.note?.outcome === outcome),
  );
  return succeed({
    calls: shown.map(({ call }) => call),
    times: new Map(shown.map(({ call, times }) => [call.id, times])),
    lookedBackTo,
    count: shown.length === calls.length ? count : shown.length,
    completeTo,
  });
}

function hasText({ peer, note }: HistoryCall, text: string): boolean {
  const wanted = plainText(text);
  const digits = text.replace(/\D/g, '');
  if (digits && digits === wanted.replace(/[\s.+()-]/g, '')) {
    const numbers = [peer.number, formatNational(peer.number, 'VN')];
    if (numbers.some((number) => number.replace(/\D/g, '').includes(digits))) return true;
  }
  return [peer.name ?? peer.number, note?.text ?? ''].some((words) => plainText(words).includes(wanted));
}

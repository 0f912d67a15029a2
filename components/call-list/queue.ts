import type { HistoryCall, HistoryPage, PlacedCall } from '../../relay/contract.ts';
import { formatNational } from '../../utils/phone/format-number.ts';
import { type Reply, succeed } from '../../utils/reply.ts';
import type { Send } from '../view/view.ts';
import { daysBack, limitsOf } from './date-range.ts';
import type { Wanted } from './list-query.ts';
import { mergeFirstPage } from './merge-first-page.ts';
import { toCallBack } from './to-call-back.ts';

const usualDays = 7;
const pageSize = '100';
/** 3,000 calls, a month of a busy agent; one look at the queue reads no more. */
const mostPages = 30;

export interface Queue {
  /** Missed calls since the last contact, by the id of the call shown. */
  times: ReadonlyMap<string, number>;
  /** Calls from then on were read; a missed call before it is not in the queue. */
  lookedBackTo: number;
}

interface QueueStep extends Queue {
  calls: HistoryCall[];
  placed: PlacedCall[];
  completeTo: number | null;
  isWhole: boolean;
}

/**
 * Finds who is to be called back among all calls of the days wanted (a week, where no days are chosen). What was read once is
 * kept, so that a refresh reads one page.
 */
export function createQueue(send: Send, now: () => number) {
  let read: { calls: HistoryCall[]; nextCursor: string | null } = { calls: [], nextCursor: null };

  async function* steps({ range, text }: Wanted): AsyncGenerator<Reply<QueueStep>> {
    const { from = daysBack(usualDays, now()), to = Number.POSITIVE_INFINITY } = limitsOf(range, now());
    const first = await send('listHistory', { limit: pageSize });
    if (!first.ok) return yield first;
    read = mergeFirstPage(read, first.value);
    for (let pages = 1; ; pages += 1) {
      const oldest = read.calls.at(-1)?.startedAt ?? from;
      const isWhole = read.nextCursor === null || oldest < from || pages === mostPages;
      const lookedBackTo = read.nextCursor === null || oldest < from ? from : oldest;
      yield succeed({ ...found(read.calls, first.value, { from, to, text }), lookedBackTo, isWhole });
      if (isWhole || read.nextCursor === null) return;
      const next = await send('listHistory', { limit: pageSize, cursor: read.nextCursor });
      if (!next.ok) return yield next;
      read = { calls: [...read.calls, ...next.value.calls], nextCursor: next.value.nextCursor };
    }
  }
  return { read: steps };
}

function found(calls: HistoryCall[], { placed, completeTo }: HistoryPage, shown: { from: number; to: number; text: string }) {
  const waiting = toCallBack(calls, placed).filter(
    ({ call }) => call.startedAt >= shown.from && call.startedAt < shown.to && hasText(call, shown.text),
  );
  return {
    calls: waiting.map(({ call }) => call),
    times: new Map(waiting.map(({ call, times }) => [call.id, times])),
    placed,
    completeTo,
  };
}

function hasText({ peer }: HistoryCall, text: string): boolean {
  const wanted = plain(text);
  const digits = text.replace(/\D/g, '');
  if (digits && digits === wanted.replace(/[\s.+()-]/g, ''))
    return [peer.number, formatNational(peer.number, 'VN')].some((number) => number.replace(/\D/g, '').includes(digits));
  return plain(peer.name ?? peer.number).includes(wanted);
}

const plain = (text: string) => text.trim().normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/gi, 'd').toLowerCase();

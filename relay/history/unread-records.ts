import type { Logger } from 'pino';
import { RelayError } from '../http/relay-error.ts';
import { fingerprint } from './known-records.ts';
import type { Span } from './mirror-status.ts';

/** In a row and nothing else: more are no strange calls but records of another shape. */
const mostStrange = 2;
const rememberedRecords = 1_000;

export interface UnreadRecord {
  record: unknown;
  /** Why: what stands in it is told to nobody. */
  field: string;
}

export interface UnreadRecords {
  /**
   * To be called with what could not be read of each page of a window. Throws `upstream_malformed` when no record of it could, and
   * none since the last two: a few strange records must not keep others from the agents, but calls that are not shown must not be
   * told as read. Once records of a later window could be read, the shape is known, and earlier strange ones are passed over.
   */
  note(unread: readonly UnreadRecord[], isAnyRead: boolean, window: Span): void;
  /** One line for all that were new since the last one: sweeps overlap, and bring each many times. */
  tell(log: Pick<Logger, 'warn'>): void;
}

export function createUnreadRecords(): UnreadRecords {
  const known = new Set<string>();
  const inRow = new Set<string>();
  let count = 0;
  let lastField = '';
  /** Start of the latest window of which a record could be read. */
  let readableFrom = Number.NEGATIVE_INFINITY;
  return {
    note(unread, isAnyRead, { from, to }) {
      if (isAnyRead) {
        inRow.clear();
        readableFrom = Math.max(readableFrom, from);
      }
      const isPassedOver = to <= readableFrom;
      for (const { record, field } of unread) {
        const print = fingerprint(record);
        if (!isAnyRead && !isPassedOver && inRow.size <= mostStrange) inRow.add(print);
        if (known.has(print)) continue;
        if (known.size >= rememberedRecords) known.clear();
        known.add(print);
        count += 1;
        lastField = field;
      }
      const [first] = unread;
      if (first && !isPassedOver && inRow.size > mostStrange)
        throw new RelayError('upstream_malformed', { cause: `no record can be read: unreadable ${first.field}` });
    },
    tell(log) {
      if (count > 0) log.warn({ count, field: lastField }, 'records of the histories could not be read');
      count = 0;
    },
  };
}

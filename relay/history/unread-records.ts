import type { Logger } from 'pino';
import { RelayError } from '../http/relay-error.ts';
import { fingerprint } from './known-records.ts';
import type { Span } from './mirror-status.ts';

/** More unreadable records than this in a row mean another format. */
const mostStrange = 2;
const rememberedRecords = 1_000;

export interface UnreadRecord {
  record: unknown;
  /** The unreadable field; its value is never logged. */
  field: string;
}

export interface UnreadRecords {
  /**
   * Call it with the unreadable records of each page of a window. Throws `upstream_malformed` when more than two in a row were
   * unreadable and nothing else was read: a few odd records must not hide the others from the agents, but calls that are not shown
   * must not count as read. Once records of a later window were readable, the format is known, and earlier odd ones are skipped.
   */
  note(unread: readonly UnreadRecord[], isAnyRead: boolean, window: Span): void;
  /** Logs one line for all that are new since the last one, because overlapping sweeps return each record many times. */
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

import type { Logger } from 'pino';
import { RelayError } from '../http/relay-error.ts';
import { fingerprint } from './known-records.ts';

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
   * To be called with what could not be read of each page. Throws `upstream_malformed` when no record of it could, and none since the
   * last two: a few strange records must not keep others from the agents, but calls that are not shown must not be told as read.
   */
  note(unread: readonly UnreadRecord[], isAnyRead: boolean): void;
  /** One line for all that were new since the last one: sweeps overlap, and bring each many times. */
  tell(log: Pick<Logger, 'warn'>): void;
}

export function createUnreadRecords(): UnreadRecords {
  const known = new Set<string>();
  const inRow = new Set<string>();
  let count = 0;
  let lastField = '';
  return {
    note(unread, isAnyRead) {
      if (isAnyRead) inRow.clear();
      for (const { record, field } of unread) {
        const print = fingerprint(record);
        if (!isAnyRead && inRow.size <= mostStrange) inRow.add(print);
        if (known.has(print)) continue;
        if (known.size >= rememberedRecords) known.clear();
        known.add(print);
        count += 1;
        lastField = field;
      }
      const [first] = unread;
      if (first && inRow.size > mostStrange)
        throw new RelayError('upstream_malformed', { cause: `no record can be read: unreadable ${first.field}` });
    },
    tell(log) {
      if (count > 0) log.warn({ count, field: lastField }, 'records of the histories could not be read');
      count = 0;
    },
  };
}

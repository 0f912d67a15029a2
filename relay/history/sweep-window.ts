import { setImmediate as giveWay } from 'node:timers/promises';
import { readCallRecord } from '../antbuddy/call-record.ts';
import type { Deps } from '../deps.ts';
import { RelayError } from '../http/relay-error.ts';
import { createKnownRecords, type KnownRecords } from './known-records.ts';
import { type MirroredCall, mirroredCall } from './mirrored-call.ts';
import type { UnreadRecord, UnreadRecords } from './unread-records.ts';
import { writeCalls } from './write-calls.ts';

/** Maximum of section 1.2. */
const pageSize = 100;
/** A million calls in one window; an upstream that sends more never ends. */
const maxPages = 10_000;
/** Records parsed before yielding to other work, such as a call that is being placed. */
const readAtOnce = 10;

export type MirrorDeps = Pick<Deps, 'store' | 'antbuddy' | 'config' | 'log' | 'now'>;

/** A window of the histories (epoch milliseconds) and the progress of reading it. */
export interface Reading {
  from: number;
  to: number;
  /** The next page to read. */
  page: number;
  seen: Set<string>;
}

interface SweepOptions {
  beforePage: (() => Promise<void>) | undefined;
  known: KnownRecords | undefined;
  unread: UnreadRecords;
  mayGoOn: (() => boolean) | undefined;
}

export function readingOf(from: number, to: number): Reading {
  return { from, to, page: 1, seen: new Set() };
}

/**
 * Reads all pages of a window into the store, until a page is short or `mayGoOn` returns false; returns whether the end of the
 * window was reached. The window's end is fixed while pages are read, so new calls do not shift the pages, and an interrupted
 * reading resumes at its page. Throws the upstream's errors, and `upstream_malformed` if too many records cannot be read or if
 * pages repeat or never end; what was read until then is kept.
 */
export async function sweepWindow(
  deps: MirrorDeps,
  reading: Reading,
  signal: AbortSignal,
  { beforePage, known = createKnownRecords(), unread, mayGoOn = () => true }: SweepOptions,
): Promise<boolean> {
  const { from, to, seen } = reading;
  while (reading.page <= maxPages) {
    signal.throwIfAborted();
    await beforePage?.();
    const { page } = reading;
    const records = await deps.antbuddy.listHistories({ from, to, limit: pageSize, page });
    const before = seen.size;
    const copies: { record: unknown; id: string; call: MirroredCall | null }[] = [];
    const strange: UnreadRecord[] = [];
    for (const record of records) {
      const id = known.idOf(record);
      const call = id === undefined ? readRecord(deps, record, strange) : null;
      // An unreadable record counts as new too.
      copies.push({ record, id: id ?? call?.call.id ?? JSON.stringify(record), call });
      if (copies.length % readAtOnce === 0) await giveWay();
    }
    unread.note(strange, strange.length < records.length, reading);
    const news = copies.flatMap(({ call }) => call ?? []);
    await writeCalls(deps.store, news);
    const written = new Set(news.map(({ call }) => call.id));
    known.keep(copies.filter(({ id }) => written.has(id)));
    // After writing: if the store fails, the page is read again.
    for (const { id } of copies) seen.add(id);
    if (records.length < pageSize) return true;
    if (page > 1 && seen.size === before)
      throw new RelayError('upstream_malformed', { cause: `page ${page} repeats earlier ones` });
    reading.page += 1;
    if (!mayGoOn()) return false;
  }
  throw new RelayError('upstream_malformed', { cause: `more than ${maxPages} pages` });
}

function readRecord(deps: MirrorDeps, record: unknown, strange: UnreadRecord[]): MirroredCall | null {
  const { call, field } = readCallRecord(record);
  if (call) return mirroredCall(call, deps.config.homeRegion, deps.now(), deps.config);
  strange.push({ record, field });
  return null;
}

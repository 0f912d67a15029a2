import { setImmediate as giveWay } from 'node:timers/promises';
import * as v from 'valibot';
import { CallRecordSchema } from '../antbuddy/call-record.ts';
import type { Deps } from '../deps.ts';
import { RelayError } from '../http/relay-error.ts';
import { createKnownRecords, type KnownRecords } from './known-records.ts';
import { type MirroredCall, mirroredCall } from './mirrored-call.ts';
import { createUnreadRecords, type UnreadRecord, type UnreadRecords } from './unread-records.ts';
import { writeCalls } from './write-calls.ts';

/** The most that section 1.2 allows. */
const pageSize = 100;
/** A million calls in one window; more is an upstream that never ends. */
const maxPages = 10_000;
/** Records that are read before whoever places a call meanwhile has a turn. */
const readAtOnce = 10;

export type MirrorDeps = Pick<Deps, 'store' | 'antbuddy' | 'config' | 'log' | 'now'>;

/** A window of the histories (epoch milliseconds) and how far it is read. */
export interface Reading {
  from: number;
  to: number;
  /** The next page. */
  page: number;
  seen: Set<string>;
}

export interface SweepOptions {
  beforePage?: (() => Promise<void>) | undefined;
  known?: KnownRecords | undefined;
  unread?: UnreadRecords | undefined;
  mayGoOn?: (() => boolean) | undefined;
}

export function readingOf(from: number, to: number): Reading {
  return { from, to, page: 1, seen: new Set() };
}

/**
 * Reads every page of the calls of a window into the store, until a page is short or `mayGoOn` says no: whether it is read to its
 * end. Its end stays what it is while pages are read, so calls that come in meanwhile do not enter, and one that broke off goes on
 * at the page where it did. Throws what the upstream throws, and `upstream_malformed` on records of another shape; what was read by
 * then is kept.
 */
export async function sweepWindow(
  deps: MirrorDeps,
  reading: Reading,
  signal: AbortSignal,
  { beforePage, known = createKnownRecords(), unread = createUnreadRecords(), mayGoOn = () => true }: SweepOptions = {},
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
      // One that cannot be read is new all the same.
      copies.push({ record, id: id ?? call?.call.id ?? JSON.stringify(record), call });
      if (copies.length % readAtOnce === 0) await giveWay();
    }
    unread.note(strange, strange.length < records.length);
    const news = copies.flatMap(({ call }) => call ?? []);
    await writeCalls(deps.store, news);
    const written = new Set(news.map(({ call }) => call.id));
    known.keep(copies.filter(({ id }) => written.has(id)));
    // Once it is written: a page that the store did not take comes again.
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
  const result = v.safeParse(CallRecordSchema, record, { abortEarly: true });
  if (result.success) return mirroredCall(result.output, deps.config.homeRegion, deps.now(), deps.config);
  strange.push({ record, field: v.getDotPath(result.issues[0]) ?? 'record' });
  return null;
}

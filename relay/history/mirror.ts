import { RelayError } from '../http/relay-error.ts';
import { isDue } from '../is-due.ts';
import { keepHole, readHoles } from './holes.ts';
import { createKnownRecords, type KnownRecords } from './known-records.ts';
import { findAwaited, linkCalls, lookBackMs } from './link-calls.ts';
import { backfillDays, changeProgress, dayMs, oldestMs, readProgress, writeProgress } from './mirror-status.ts';
import { isOfPage, readStretch, type Stretch, type StretchReader, stretchOf } from './read-stretch.ts';
import { type MirrorDeps, type Reading, readingOf, sweepWindow } from './sweep-window.ts';
import { createUnreadRecords } from './unread-records.ts';

const minuteMs = 60_000;
/** How far back sweeps reach again, and how often: records arrive when their call ends and may change later. */
const overlaps = [
  { everyMs: 0, reachMs: 15 * minuteMs },
  { everyMs: 10 * minuteMs, reachMs: 2 * 60 * minuteMs },
  { everyMs: 6 * 60 * minuteMs, reachMs: 2 * dayMs },
];
/** A record arrives when its call ends: for unlinked calls the minutes after the click are read again, a few at a time. */
const awaited = { everyMs: 2 * minuteMs, longestMs: 4 * 60 * minuteMs, most: 5 };
/** Windows that show whether AntBuddy returns anything at all: the calls asked for most, or at least the newest minute. */
const newestMs = [15 * minuteMs, minuteMs];
/** How often holes are requested again. */
const holesEveryMs = 6 * 60 * minuteMs;
/** A sweep interrupted longer ago than this starts anew. */
const longestBreakMs = 60 * minuteMs;

export interface HistoryMirror {
  /** Reads new calls and the overlap with the last sweep; resumes an interrupted sweep. Returns the time up to which it read. */
  sweep(signal: AbortSignal): Promise<number>;
  /** Reads one more day of the first 31, or as much of it as `mayGoOn` permits. False when nothing is left. */
  backfillDay(signal: AbortSignal, mayGoOn?: () => boolean): Promise<boolean>;
  /** Whether old histories were read whose placed calls have not been linked since. */
  hasUnlinkedDay(): boolean;
  /** Links the placed calls of one such day. */
  linkDay(): Promise<void>;
}

interface Sweep {
  to: number;
  due: boolean[];
  stretch: Stretch;
}

/** Reads the histories into the store. `beforePage` may throw to abort the work. */
export function createHistoryMirror(deps: MirrorDeps, beforePage?: () => Promise<void>): HistoryMirror {
  const known = createKnownRecords();
  const unread = createUnreadRecords();
  const sweptAt = overlaps.map(() => Number.NEGATIVE_INFINITY);
  let awaitedAt = Number.NEGATIVE_INFINITY;
  let holesAt = Number.NEGATIVE_INFINITY;
  let broken: Sweep | null = null;
  let day: Stretch | null = null;
  /** Old ranges that were read but whose placed calls were not linked since. At first all: another relay may have read them. */
  const unlinked = [{ from: deps.now() - oldestMs, to: deps.now() - lookBackMs }];
  const isTooOld = ({ at }: Stretch) => at < deps.now() - backfillDays * dayMs;

  const reads = (signal: AbortSignal, records?: KnownRecords, mayGoOn?: () => boolean) => async (reading: Reading) => {
    const isWhole = await sweepWindow(deps, reading, signal, { beforePage, known: records, unread, mayGoOn });
    const { from, to } = reading;
    const isKept = unlinked.some((span) => span.from <= from && to <= span.to);
    if (isWhole && from < deps.now() - lookBackMs && !isKept) unlinked.push({ from, to });
    return isWhole;
  };

  async function begin(): Promise<Sweep> {
    const progress = await readProgress(deps.store);
    const to = deps.now();
    const due = overlaps.map(({ everyMs }, tier) => isDue(to, sweptAt[tier] as number, everyMs));
    const reach = Math.max(...overlaps.map(({ reachMs }, tier) => (due[tier] ? reachMs : 0)));
    const since =
      progress.completeTo === null ? (progress.backfillFrom ?? to - dayMs) : Math.min(progress.completeTo, to) - reach;
    const from = Math.max(since, to - oldestMs);
    if (progress.backfillFrom === null) await writeProgress(deps.store, { ...progress, backfillFrom: from });
    return { to, due, stretch: stretchOf(from, to) };
  }

  const readerOf = (signal: AbortSignal): StretchReader => {
    const read = reads(signal, known);
    return {
      read,
      async readNewest() {
        const now = deps.now();
        const failures: unknown[] = [];
        for (const reachMs of newestMs) {
          try {
            await read(readingOf(now - reachMs, now));
            return;
          } catch (error) {
            if (!isOfPage(error)) throw error;
            failures.push(error);
          }
        }
        throw failures[0];
      },
      holes: async () => (await readProgress(deps.store)).holes,
      onHole: (hole) => keepHole(deps, hole),
    };
  };

  async function readSweep({ to, stretch }: Sweep, signal: AbortSignal): Promise<void> {
    const onRead = (end: number) =>
      changeProgress(deps.store, ({ completeTo }) => ({ completeTo: Math.max(Math.min(completeTo ?? 0, to), end) }));
    await readStretch(stretch, { ...readerOf(signal), onRead });
  }

  async function readAwaited(now: number, before: number, signal: AbortSignal): Promise<void> {
    if (!isDue(now, awaitedAt, awaited.everyMs)) return;
    try {
      for (const { from, to } of await findAwaited(deps.store, now - awaited.longestMs, before, awaited.most))
        await readStretch(stretchOf(from, to), readerOf(signal));
    } catch (error) {
      // Ignored here: a sweep that reaches this far finds out which part AntBuddy fails to return.
      if (!isOfPage(error)) throw error;
    }
    awaitedAt = now;
  }

  return {
    async sweep(signal) {
      const goesOn = broken && !isDue(deps.now(), broken.to, longestBreakMs) && !isTooOld(broken.stretch);
      const sweep = goesOn && broken ? broken : await begin();
      broken = sweep;
      const { at: from } = sweep.stretch;
      try {
        await readSweep(sweep, signal);
        broken = null;
        sweep.due.forEach((wasDue, tier) => {
          if (wasDue) sweptAt[tier] = sweep.to;
        });
        await readAwaited(sweep.to, from, signal);
        if (isDue(sweep.to, holesAt, holesEveryMs)) {
          holesAt = sweep.to;
          await readHoles(deps, sweep.to - oldestMs, readerOf(signal).read);
        }
      } catch (error) {
        // The newest calls are read first, including those placed since the sweep began: link them now rather than after the
        // oldest are read.
        if (error instanceof RelayError && error.code !== 'store_unavailable') await linkCalls(deps, deps.now());
        throw error;
      } finally {
        unread.tell(deps.log);
      }
      await linkCalls(deps, sweep.to);
      return sweep.to;
    },

    hasUnlinkedDay: () => unlinked.length > 0,

    async linkDay() {
      const [span] = unlinked;
      if (!span) return;
      const from = Math.max(span.from, span.to - dayMs);
      await linkCalls(deps, span.to, from);
      if (from > span.from) span.to = from;
      else unlinked.shift();
    },

    async backfillDay(signal, mayGoOn) {
      const { backfillFrom, backfilledDays } = await readProgress(deps.store);
      if (backfillFrom === null || backfilledDays >= backfillDays) return backfillFrom === null;
      const to = backfillFrom - backfilledDays * dayMs;
      if (day?.to !== to || isTooOld(day)) day = stretchOf(Math.max(to - dayMs, deps.now() - oldestMs), to);
      const isInReach = to > deps.now() - oldestMs;
      const read = reads(signal, undefined, mayGoOn);
      const reader = { ...readerOf(signal), read, mayGoOn };
      if (isInReach && !(await readStretch(day, reader).finally(() => unread.tell(deps.log)))) return true;
      const days = isInReach ? backfilledDays + 1 : backfillDays;
      await changeProgress(deps.store, () => ({ backfilledDays: days }));
      deps.log.info({ days, of: backfillDays }, 'history backfill');
      return days < backfillDays;
    },
  };
}

import { RelayError } from '../http/relay-error.ts';
import { isDue } from '../is-due.ts';
import { keepHole, readHoles } from './holes.ts';
import { createKnownRecords, type KnownRecords } from './known-records.ts';
import { findAwaited, linkCalls, lookBackMs } from './link-calls.ts';
import { backfillDays, changeProgress, dayMs, readProgress, writeProgress } from './mirror-status.ts';
import { isOfPage, readStretch, type Stretch, type StretchReader, stretchOf } from './read-stretch.ts';
import { type MirrorDeps, type Reading, readingOf, sweepWindow } from './sweep-window.ts';
import { createUnreadRecords } from './unread-records.ts';

const minuteMs = 60_000;
/** How far back sweeps reach again, and how often that far: records arrive when their call ends, and may change later. */
const overlaps = [
  { everyMs: 0, reachMs: 15 * minuteMs },
  { everyMs: 10 * minuteMs, reachMs: 2 * 60 * minuteMs },
  { everyMs: 6 * 60 * minuteMs, reachMs: 2 * dayMs },
];
/** A record comes when its call ends: for long ones the minutes of their clicks are read again, few of them and not every time. */
const awaited = { everyMs: 2 * minuteMs, longestMs: 4 * 60 * minuteMs, most: 5 };
/** What AntBuddy gives where it gives anything: the calls that are looked for most, or else at least those of now. */
const newestMs = [15 * minuteMs, minuteMs];
/** How often what AntBuddy did not give is asked for again. */
const holesEveryMs = 6 * 60 * minuteMs;
/** 31 days (section 1.2), less a little for a clock that differs. */
const oldestMs = backfillDays * dayMs - 10 * minuteMs;
/** What broke off longer ago is begun anew. */
const longestBreakMs = 60 * minuteMs;

export interface HistoryMirror {
  /** Reads what is new since the last time, and what overlaps with it; goes on with what broke off. Gives up to when it read. */
  sweep(signal: AbortSignal): Promise<number>;
  /** Reads one more day of the first 31, or what of it `mayGoOn` leaves time for. False when nothing is left. */
  backfillDay(signal: AbortSignal, mayGoOn?: () => boolean): Promise<boolean>;
}

interface Sweep {
  to: number;
  due: boolean[];
  stretch: Stretch;
}

/** Reads the histories into the store. `beforePage` may throw to give the work up. */
export function createHistoryMirror(deps: MirrorDeps, beforePage?: () => Promise<void>): HistoryMirror {
  const known = createKnownRecords();
  const unread = createUnreadRecords();
  const sweptAt = overlaps.map(() => Number.NEGATIVE_INFINITY);
  let awaitedAt = Number.NEGATIVE_INFINITY;
  let holesAt = Number.NEGATIVE_INFINITY;
  let broken: Sweep | null = null;
  let day: Stretch | null = null;
  /** Old times whose histories were read and whose placed calls were not looked for since; at first whatever another relay read. */
  const unlinked = [{ from: deps.now() - oldestMs, to: deps.now() - lookBackMs }];
  const isTooOld = ({ at }: Stretch) => at < deps.now() - backfillDays * dayMs;

  const reads = (signal: AbortSignal, records?: KnownRecords, mayGoOn?: () => boolean) => async (reading: Reading) => {
    const isWhole = await sweepWindow(deps, reading, signal, { beforePage, known: records, unread, mayGoOn });
    const { from, to } = reading;
    if (isWhole && from < deps.now() - lookBackMs) unlinked.push({ from, to });
    return isWhole;
  };

  async function linkOld(signal: AbortSignal): Promise<void> {
    for (let span = unlinked[0]; span && !signal.aborted; span = unlinked[0]) {
      const from = Math.max(span.from, span.to - dayMs);
      await linkCalls(deps, span.to, from);
      if (from > span.from) span.to = from;
      else unlinked.shift();
    }
  }

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
      // A sweep that reaches as far finds out which part of it is not given.
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
        // The newest calls come first, and whoever placed them should not wait for the oldest.
        if (error instanceof RelayError && error.code !== 'store_unavailable') await linkCalls(deps, sweep.to);
        throw error;
      } finally {
        unread.tell(deps.log);
      }
      await linkCalls(deps, sweep.to);
      await linkOld(signal);
      return sweep.to;
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

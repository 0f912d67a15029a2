import type { Deps } from '../deps.ts';
import { createKnownRecords } from './known-records.ts';
import { findAwaited, linkCalls } from './link-calls.ts';
import { backfillDays, dayMs, type MirrorProgress, readProgress, writeProgress } from './mirror-status.ts';
import { type MirrorDeps, sweepWindow } from './sweep-window.ts';

const minuteMs = 60_000;
/** How far back sweeps reach again, and how often that far: records arrive when their call ends, and may change later. */
const overlaps = [
  { everyMs: 0, reachMs: 15 * minuteMs },
  { everyMs: 10 * minuteMs, reachMs: 2 * 60 * minuteMs },
  { everyMs: 6 * 60 * minuteMs, reachMs: 2 * dayMs },
];
/** A record comes when its call ends: for long ones the minutes of their clicks are read again, few of them and not every time. */
const awaited = { everyMs: 2 * minuteMs, longestMs: 4 * 60 * minuteMs, most: 5 };
/** 31 days (section 1.2), less a little for a clock that differs. */
const oldestMs = backfillDays * dayMs - 10 * minuteMs;
export interface HistoryMirror {
  /** Reads what is new since the last time, and what overlaps with it. */
  sweep(signal: AbortSignal): Promise<void>;
  /** Reads one more day of the first 31. False when nothing is left. */
  backfillDay(signal: AbortSignal): Promise<boolean>;
}

/** Reads the histories into the store. `beforePage` may throw to give the work up. */
export function createHistoryMirror(deps: MirrorDeps, beforePage?: () => Promise<void>): HistoryMirror {
  const known = createKnownRecords();
  const sweptAt = overlaps.map(() => Number.NEGATIVE_INFINITY);
  let awaitedAt = Number.NEGATIVE_INFINITY;

  return {
    async sweep(signal) {
      const progress = await readProgress(deps.store);
      const to = deps.now();
      const isDue = (lastAt: number, everyMs: number) => {
        const elapsed = to - lastAt;
        // Below zero: the clock was set back.
        return elapsed < 0 || elapsed >= everyMs;
      };
      const due = overlaps.map(({ everyMs }, tier) => isDue(sweptAt[tier] as number, everyMs));
      const reach = Math.max(...overlaps.map(({ reachMs }, tier) => (due[tier] ? reachMs : 0)));
      const since =
        progress.completeTo === null ? (progress.backfillFrom ?? to - dayMs) : Math.min(progress.completeTo, to) - reach;
      const from = Math.max(since, to - oldestMs);
      if (progress.backfillFrom === null) await writeProgress(deps.store, { ...progress, backfillFrom: from });
      // After a long stop the gap is closed a day at a time, so that a break in it costs a day at most.
      for (let start = from; start < to; start += dayMs) {
        const end = Math.min(start + dayMs, to);
        await sweepWindow(deps, { from: start, to: end }, signal, beforePage, known);
        await change(deps, ({ completeTo }) => ({ completeTo: Math.max(Math.min(completeTo ?? 0, to), end) }));
      }
      due.forEach((wasDue, tier) => {
        if (wasDue) sweptAt[tier] = to;
      });
      if (isDue(awaitedAt, awaited.everyMs)) {
        for (const window of await findAwaited(deps.store, to - awaited.longestMs, from, awaited.most))
          await sweepWindow(deps, window, signal, beforePage, known);
        awaitedAt = to;
      }
      await linkCalls(deps, to);
    },

    async backfillDay(signal) {
      const { backfillFrom, backfilledDays } = await readProgress(deps.store);
      if (backfillFrom === null || backfilledDays >= backfillDays) return backfillFrom === null;
      const to = backfillFrom - backfilledDays * dayMs;
      const from = Math.max(to - dayMs, deps.now() - oldestMs);
      if (from < to) await sweepWindow(deps, { from, to }, signal, beforePage);
      const days = from < to ? backfilledDays + 1 : backfillDays;
      await change(deps, () => ({ backfilledDays: days }));
      deps.log.info({ days, of: backfillDays }, 'history backfill');
      return days < backfillDays;
    },
  };
}

async function change(
  { store }: Pick<Deps, 'store'>,
  next: (progress: MirrorProgress) => Partial<MirrorProgress>,
): Promise<void> {
  const progress = await readProgress(store);
  await writeProgress(store, { ...progress, ...next(progress) });
}

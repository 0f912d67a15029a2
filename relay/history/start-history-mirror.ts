import type { Deps } from '../deps.ts';
import { RelayError } from '../http/relay-error.ts';
import { StoreError } from '../store/store-error.ts';
import { backfillAgain } from './backfill-again.ts';
import { onCallNews } from './call-news.ts';
import { createLease } from './lease.ts';
import { createHistoryMirror, type HistoryMirror } from './mirror.ts';
import { shareBackOff } from './share-back-off.ts';
import { createSweepSchedule } from './sweep-schedule.ts';

/**
 * Lease duration. The lease is renewed before every page, which takes AntBuddy 10 s at most and may wait 8 s for its rate limit,
 * and twice per lease while idle or sent away: without a renewal for longer the sweeping relay is gone.
 */
const longestBreakMs = 20_000;
const longestRetryMs = 60_000;
/** The longest a page of the histories, or linking a day's calls, waits for calls in flight. */
const callsPassMs = 200;

/**
 * Keeps the mirror up to date until the signal aborts: a sweep every `sweepSeconds`, sooner after an accepted call, with the
 * backfill in between. Failures of AntBuddy or the store are logged and retried. Of several relays on one database one sweeps,
 * and another takes over when that one has not renewed its lease for `leaseMs`.
 */
export async function startHistoryMirror(deps: Deps, signal: AbortSignal, leaseMs = longestBreakMs): Promise<void> {
  const everyMs = deps.config.sweepSeconds * 1000;
  const schedule = createSweepSchedule(everyMs, deps.now());
  const lease = createLease(deps.store, 'history-mirror', leaseMs, deps.now);
  /** Null without the lease: another relay reads meanwhile, so the remembered records would be out of date. */
  let held: HistoryMirror | null = null;
  const take = async (): Promise<HistoryMirror | null> => {
    held = (await lease.take()) ? (held ?? createHistoryMirror(deps, beforePage)) : null;
    await shareBackOff(deps);
    return held;
  };
  const beforePage = async () => {
    await pause(deps.antbuddy.readPauseMs(), signal);
    signal.throwIfAborted();
    await deps.calls.letPass(callsPassMs);
    if (!(await take())) throw new RelayError('store_unavailable', { cause: 'another relay took over the mirror' });
  };
  let backfilling = true;
  let failures = 0;
  let wake = () => {};
  const undo = onCallNews(deps, () => {
    schedule.nudge(deps.now());
    wake();
  });

  /** Does what is due and returns the milliseconds to wait. */
  const step = async (): Promise<number> => {
    const mirror = await take();
    if (!mirror) return leaseMs;
    const at = deps.now();
    const awayMs = deps.antbuddy.backOff().until - at;
    if (awayMs > 0) return Math.min(awayMs, leaseMs / 2);
    if (at >= schedule.next(at)) {
      schedule.swept(await mirror.sweep(signal), deps.now());
    } else if (mirror.hasUnlinkedDay()) {
      await deps.calls.letPass(callsPassMs);
      await mirror.linkDay();
    } else if (backfilling || (await backfillAgain(deps))) {
      backfilling = await mirror.backfillDay(signal, () => deps.now() < schedule.next(deps.now()));
    }
    failures = 0;
    const now = deps.now();
    return backfilling || mirror.hasUnlinkedDay() ? 0 : Math.min(schedule.next(now) - now, leaseMs / 2);
  };

  const afterFailure = (error: unknown): number => {
    if (!(error instanceof RelayError || error instanceof StoreError)) throw error;
    failures += 1;
    // A database that took over may lack the last calls, so what was remembered as written is not skipped any more.
    if (error instanceof StoreError) held = null;
    const isBusy = error instanceof RelayError && error.code === 'upstream_busy';
    // Work interrupted by the rate limit resumes as soon as the limit permits.
    const backOffMs = isBusy ? 1000 : Math.min(longestRetryMs, 1000 * 2 ** failures);
    const waitMs = Math.max(deps.antbuddy.backOff().until - deps.now(), backOffMs);
    const cause =
      error instanceof RelayError
        ? { code: error.code, cause: error.cause }
        : { code: 'store_unavailable', cause: error.message };
    deps.log.warn({ ...cause, waitMs }, 'history sweep failed');
    // Another relay that took over the lease meanwhile would start anew and ask for more than is left here.
    return isBusy ? Math.min(waitMs, leaseMs / 2) : waitMs;
  };

  try {
    while (!signal.aborted) {
      const waitMs = await step().catch((error: unknown) => (signal.aborted ? 0 : afterFailure(error)));
      await pause(waitMs, signal, (resume) => {
        // A nudge may shorten the wait for the next sweep, never a back-off.
        wake = failures > 0 ? () => {} : resume;
      });
    }
  } finally {
    undo();
  }
  await lease
    .release()
    .catch((error: unknown) => deps.log.warn({ err: error }, 'the lease of the history mirror runs out by itself'));
}

function pause(ms: number, signal: AbortSignal, onWaker: (wake: () => void) => void = () => {}): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, Math.max(0, ms));
  const stop = () => resolve();
  signal.addEventListener('abort', stop, { once: true });
  onWaker(stop);
  if (signal.aborted) stop();
  return promise.finally(() => {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
  });
}

/** After an accepted call: once its device has rung, and once a short call has ended. */
const nudgeAfterMs = [5_000, 30_000];
/** Between two sweeps, however many calls are accepted. */
const shortestPauseMs = 4_000;
/** Where many calls are placed a sweep has much to read again, which calls that are placed meanwhile should not feel. */
const pauseOfSweep = 10;

/** When the next sweep is due: regularly, and sooner after accepted calls. Times are epoch milliseconds. */
export function createSweepSchedule(everyMs: number, start: number) {
  let regular = start;
  let earliest = start;
  let lastEnded = start;
  let nudges: number[] = [];
  return {
    /** At once where `now` is before the last sweep: the clock was set back, and what was reckoned by it may be far away. */
    next: (now = lastEnded): number => (now < lastEnded ? now : Math.max(earliest, Math.min(regular, ...nudges))),
    nudge(now: number): void {
      // More than a few waiting nudges say nothing that the first ones do not.
      if (nudges.length < 20) nudges.push(...nudgeAfterMs.map((ms) => now + ms));
    },
    /** A sweep of what stood in the histories `at` some time has ended. */
    swept(at: number, endedAt = at): void {
      lastEnded = endedAt;
      regular = Math.min(at, endedAt) + everyMs;
      earliest = endedAt + Math.min(everyMs, Math.max(shortestPauseMs, (endedAt - at) * pauseOfSweep));
      nudges = nudges.filter((nudge) => nudge > at);
    },
  };
}

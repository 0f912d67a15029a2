/** Delays of the sweeps after an accepted call: when its device has rung, and when a short call has ended. */
const nudgeAfterMs = [5_000, 30_000];
/** Shortest pause between two sweeps, however many calls are accepted. */
const shortestPauseMs = 4_000;
/** Pause after a sweep, as a multiple of its duration: a long sweep with many calls must not slow those placed meanwhile. */
const pauseOfSweep = 10;

/** When the next sweep is due: regularly, and sooner after accepted calls. Times are epoch milliseconds. */
export function createSweepSchedule(everyMs: number, start: number) {
  let regular = start;
  let earliest = start;
  let lastEnded = start;
  let nudges: number[] = [];
  return {
    /** Due at once if `now` is before the last sweep: the clock was set back, and times computed before may lie far ahead. */
    next: (now = lastEnded): number => (now < lastEnded ? now : Math.max(earliest, Math.min(regular, ...nudges))),
    nudge(now: number): void {
      // Further pending nudges would not bring a sweep sooner.
      if (nudges.length < 20) nudges.push(...nudgeAfterMs.map((ms) => now + ms));
    },
    /** Records that a sweep has ended which read the histories as of `at`. */
    swept(at: number, endedAt = at): void {
      lastEnded = endedAt;
      regular = Math.min(at, endedAt) + everyMs;
      earliest = endedAt + Math.min(everyMs, Math.max(shortestPauseMs, (endedAt - at) * pauseOfSweep));
      nudges = nudges.filter((nudge) => nudge > at);
    },
  };
}

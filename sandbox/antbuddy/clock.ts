/** Time as the stand-in sees it: epoch milliseconds and cancellable timers. */
export interface Clock {
  now(): number;
  /** Runs `run` once after `ms`; the returned function cancels it. */
  after(ms: number, run: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

interface ManualClock extends Clock {
  /** Advances the time, running due timers in order of their times, including timers that those start. */
  advance(ms: number): void;
}

export function createManualClock(start = Date.UTC(2026, 2, 10, 3)): ManualClock {
  let now = start;
  const timers = new Set<{ at: number; run: () => void }>();
  return {
    now: () => now,
    after(ms, run) {
      const timer = { at: now + Math.max(0, ms), run };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    advance(ms) {
      const end = now + ms;
      for (let next = earliest(timers, end); next; next = earliest(timers, end)) {
        timers.delete(next);
        now = Math.max(now, next.at);
        next.run();
      }
      now = end;
    },
  };
}

interface ScopedClock extends Clock {
  cancelAll(): void;
}

/** A view of a clock whose timers can all be cancelled together. */
export function scopeClock(clock: Clock): ScopedClock {
  const pending = new Set<() => void>();
  return {
    now: clock.now,
    after(ms, run) {
      const cancel = clock.after(ms, () => {
        pending.delete(undo);
        run();
      });
      const undo = () => {
        pending.delete(undo);
        cancel();
      };
      pending.add(undo);
      return undo;
    },
    cancelAll() {
      for (const undo of [...pending]) undo();
    },
  };
}

function earliest(timers: Set<{ at: number; run: () => void }>, end: number) {
  return [...timers].filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)[0];
}

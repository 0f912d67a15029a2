import { RelayError } from '../http/relay-error.ts';

const firstWaitMs = 5_000;
const longestWaitMs = 300_000;

/**
 * The back-off that all reads share: after AntBuddy reported its rate limit (503), reads fail at once until the wait is over.
 * Waits double up to five minutes and are forgotten with the first good answer to a read that began since. Calls never pass through
 * here.
 */
export function createReadGate(now: () => number, random: () => number = Math.random) {
  let closedUntil = 0;
  let waitMs = 0;
  let closings = 0;
  return {
    /** Epoch milliseconds until which reads are refused. */
    get closedUntil() {
      return closedUntil;
    },
    /** Gives what a good answer opens the gate with. */
    pass(): number {
      if (now() < closedUntil) throw new RelayError('upstream_busy');
      return closings;
    },
    close(): void {
      closings += 1;
      waitMs = Math.min(longestWaitMs, waitMs === 0 ? firstWaitMs : waitMs * 2);
      // Jitter, so that several relays do not return in step.
      closedUntil = now() + Math.round(waitMs * (0.75 + 0.5 * random()));
    },
    open(passed: number): void {
      if (passed !== closings) return;
      closedUntil = 0;
      waitMs = 0;
    },
  };
}

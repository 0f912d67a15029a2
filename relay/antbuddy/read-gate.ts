import { RelayError } from '../http/relay-error.ts';

const firstWaitMs = 5_000;
const longestWaitMs = 300_000;
/** Upper factor of the random jitter on a wait, so that several relays do not retry in step. */
const longestJitter = 1.25;
const firstPaceMs = 1_000;
/** A page request may take another 10 s, and the mirror's lease lasts 20 s. */
const longestPaceMs = 8_000;
/**
 * Decay of the pace per good answer. Slow, so that reads use most of AntBuddy's limit per minute before they hit it again, and
 * calls still fit below it.
 */
const paceKept = 0.998;

/** How long reads stay away: to what time (epoch milliseconds), and the wait that the next one doubles. */
export interface BackOff {
  until: number;
  waitMs: number;
}

/**
 * The back-off shared by all reads: after AntBuddy reports its rate limit (503), reads fail at once until the wait is over. Waits
 * double up to five minutes and reset with the first good answer to a read that began after the last closing. The gate also keeps
 * a pace, the time between reads that avoids the limit: it doubles each time the limit is hit and shrinks a little with each good
 * answer. Calls never wait here.
 */
export function createReadGate(now: () => number, random: () => number = Math.random) {
  let closedUntil = 0;
  let waitMs = 0;
  let closings = 0;
  let paceMs = 0;
  let passedAt = Number.NEGATIVE_INFINITY;
  /** Zero if the end is further away than the wait can be: the clock was set back since. */
  const until = () => (closedUntil - now() > waitMs * longestJitter ? 0 : closedUntil);
  return {
    get backOff(): BackOff {
      return { until: until(), waitMs };
    },
    /** Milliseconds that a read should wait if it is not urgent. */
    get pauseMs() {
      return Math.max(0, Math.min(paceMs, passedAt + paceMs - now()));
    },
    /**
     * Number of closings so far. Pass it back with the outcome, for calls too: a request sent before the last closing does not
     * close the gate again.
     */
    get closings() {
      return closings;
    },
    pass(): number {
      if (now() < until()) throw new RelayError('upstream_busy');
      passedAt = now();
      return closings;
    },
    close(passed: number): void {
      if (passed !== closings || now() < until()) return;
      closings += 1;
      if (waitMs === 0) paceMs = Math.min(longestPaceMs, Math.max(firstPaceMs, paceMs * 2));
      waitMs = Math.min(longestWaitMs, waitMs === 0 ? firstWaitMs : waitMs * 2);
      closedUntil = now() + Math.round(waitMs * (longestJitter - 0.5 * random()));
    },
    /** Stays away with another relay that AntBuddy told so, if that is for longer. */
    join(other: BackOff): void {
      if (other.until <= Math.max(now(), until()) || other.until - now() > other.waitMs * longestJitter) return;
      closings += 1;
      closedUntil = other.until;
      waitMs = Math.min(longestWaitMs, other.waitMs);
    },
    open(passed: number): void {
      if (passed !== closings) return;
      closedUntil = 0;
      waitMs = 0;
      paceMs = paceMs * paceKept < firstPaceMs / 4 ? 0 : paceMs * paceKept;
    },
  };
}

import { RelayError } from '../http/relay-error.ts';

const firstWaitMs = 5_000;
const longestWaitMs = 300_000;
/** Of a wait, so that several relays do not return in step. */
const longestJitter = 1.25;
const firstPaceMs = 1_000;
/** A page may take 10 s besides, and the mirror's lease lasts for 20 s. */
const longestPaceMs = 8_000;
/** Slow, so that most of what AntBuddy allows in a minute is read before the limit is met again, and calls find room below it. */
const paceKept = 0.998;

/**
 * The back-off that all reads share: after AntBuddy reported its rate limit (503), reads fail at once until the wait is over.
 * Waits double up to five minutes and are forgotten with the first good answer to a read that began since. What is remembered is
 * how far apart reads should be for the limit not to be met: twice as far each time it was, and with each good answer a little less.
 * Calls never wait here.
 */
export function createReadGate(now: () => number, random: () => number = Math.random) {
  let closedUntil = 0;
  let waitMs = 0;
  let closings = 0;
  let paceMs = 0;
  let passedAt = Number.NEGATIVE_INFINITY;
  /** Past, where it is further away than it was set: by a clock that was set back since. */
  const until = () => (closedUntil - now() > waitMs * longestJitter ? 0 : closedUntil);
  return {
    /** Epoch milliseconds until which reads are refused. */
    get closedUntil() {
      return until();
    },
    /** Milliseconds that a read which can wait should wait. */
    get pauseMs() {
      return Math.max(0, Math.min(paceMs, passedAt + paceMs - now()));
    },
    /** To be given back with what the answer says, by a call too: what was under way when the gate closed does not close it again. */
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
    open(passed: number): void {
      if (passed !== closings) return;
      closedUntil = 0;
      waitMs = 0;
      paceMs = paceMs * paceKept < firstPaceMs / 4 ? 0 : paceMs * paceKept;
    },
  };
}

/** Greatest difference expected between the clocks of relays on one database. */
export const clocksDifferMs = 60_000;

/**
 * Whether something that lasts `livesMs` and ends at `until` has not ended. An end further ahead than that was computed before
 * the clock was set back and does not count: it would prolong the validity by as much as the clock was ahead.
 */
export function isOngoing(until: number, livesMs: number, now: number): boolean {
  return now < until && until <= now + livesMs + clocksDifferMs;
}

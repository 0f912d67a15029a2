/** Relays on one database may differ by so much. */
export const clocksDifferMs = 60_000;

/**
 * Whether what lasts `livesMs` and ends at `until` has not ended. What ends later than it can was reckoned by a clock that was set
 * back since, and would last for as long as that was ahead.
 */
export function isOngoing(until: number, livesMs: number, now: number): boolean {
  return now < until && until <= now + livesMs + clocksDifferMs;
}

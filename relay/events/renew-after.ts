/** Less than the margin in which voice-tokens.ts already requests a new token. */
const renewBeforeMs = 25_000;
const firstPauseMs = 1_000;
const longestPauseMs = 60_000;
/** setTimeout fires at once for more than 2^31 ms, as with a token that lasts for months. */
const longestMs = 86_400_000;

/** Whether a token ends too soon to be renewed ahead of its end, or its end was misread. */
export const isShort = (lifeMs: number): boolean => lifeMs < 2 * renewBeforeMs;

/** Milliseconds until a token with `lifeMs` left is renewed; grows with `shortOnes`, the number of short tokens in a row. */
export function renewAfter(lifeMs: number, shortOnes: number): number {
  const lastsMs = Math.max(lifeMs - renewBeforeMs, lifeMs / 2);
  const pauseMs = Math.min(longestPauseMs, firstPauseMs * 2 ** shortOnes);
  return Math.min(longestMs, Math.max(lastsMs, pauseMs));
}

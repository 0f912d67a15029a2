/** Inside the time in which voice-tokens.ts has a fresh one. */
const renewBeforeMs = 25_000;
const firstPauseMs = 1_000;
const longestPauseMs = 60_000;
/** A timer of more than 2^31 ms, for a token that lasts for months, would end at once. */
const longestMs = 86_400_000;

/** Whether a token lasts too short to be renewed some time before its end, or its end was misread. */
export const isShort = (lifeMs: number): boolean => lifeMs < 2 * renewBeforeMs;

/** Milliseconds until a token that lasts for `lifeMs` is renewed: less and less often after each short one, `shortOnes` in a row. */
export function renewAfter(lifeMs: number, shortOnes: number): number {
  const lastsMs = Math.max(lifeMs - renewBeforeMs, lifeMs / 2);
  const pauseMs = Math.min(longestPauseMs, firstPauseMs * 2 ** shortOnes);
  return Math.min(longestMs, Math.max(lastsMs, pauseMs));
}

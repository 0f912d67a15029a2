/** Whether it was so long ago, or later than now: the clock was set back. */
export function isDue(now: number, lastAt: number, everyMs: number): boolean {
  const elapsed = now - lastAt;
  return elapsed < 0 || elapsed >= everyMs;
}

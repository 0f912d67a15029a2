/** Whether `everyMs` have passed since `lastAt`, or `lastAt` lies in the future because the clock was set back. */
export function isDue(now: number, lastAt: number, everyMs: number): boolean {
  const elapsed = now - lastAt;
  return elapsed < 0 || elapsed >= everyMs;
}

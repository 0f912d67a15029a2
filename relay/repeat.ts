import { setTimeout as wait } from 'node:timers/promises';

/** Does the work, and again `everyMs` after it ended, until the signal aborts. What `onFailure` throws ends it. */
export async function repeat(
  everyMs: number,
  signal: AbortSignal,
  work: () => Promise<unknown>,
  onFailure: (error: unknown) => void,
): Promise<void> {
  while (!signal.aborted) {
    await work().catch(onFailure);
    await wait(everyMs, undefined, { signal }).catch(() => undefined);
  }
}

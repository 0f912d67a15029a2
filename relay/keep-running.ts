import { setTimeout as wait } from 'node:timers/promises';
import type { Logger } from 'pino';

const restartMs = 30_000;

/** Runs background work until the signal aborts; work that ends or fails before is started again. Resolves when it has ended. */
export async function keepRunning(name: string, work: () => Promise<void>, log: Logger, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      await work();
    } catch (error) {
      log.error({ err: error, name }, 'background work failed and starts again in 30 s');
    }
    await wait(restartMs, undefined, { signal }).catch(() => undefined);
  }
}

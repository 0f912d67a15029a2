import { setTimeout as wait } from 'node:timers/promises';
import { forgetNumbers } from '../calls/forget-numbers.ts';
import type { Deps } from '../deps.ts';
import { isDue } from '../is-due.ts';
import { StoreError } from '../store/store-error.ts';
import { createLease } from './lease.ts';
import { dayMs } from './mirror-status.ts';
import { purgeHistory, purgeParties } from './purge-history.ts';
import { trustedNow } from './trusted-now.ts';

const everyMs = 3_600_000;
const afterFailureMs = 15_000;

/**
 * Purges what is older than the retention, at the start and then every hour, until the signal aborts. Separate from housekeeping:
 * a first purge of a large store takes minutes, during which housekeeping must settle the calls of relays that died.
 */
export async function startPurge(deps: Deps, signal: AbortSignal): Promise<void> {
  const purge = createPurge(deps);
  try {
    while (!signal.aborted) {
      const waitMs = await purge.step(signal).then(
        () => everyMs,
        (error: unknown) => {
          if (!(error instanceof StoreError)) throw error;
          deps.log.error({ err: error }, 'forgetting old calls waits for the store');
          return afterFailureMs;
        },
      );
      await wait(waitMs, undefined, { signal }).catch(() => undefined);
    }
  } finally {
    await purge.end().catch((error: unknown) => deps.log.error({ err: error }, 'another relay forgets old calls an hour later'));
  }
}

/** Only one relay at a time purges. The step that scans all parties runs once a day. */
export function createPurge(deps: Pick<Deps, 'store' | 'config' | 'now' | 'log'>) {
  let thoroughAt = Number.NEGATIVE_INFINITY;
  const lease = createLease(deps.store, 'purge', everyMs, deps.now);
  return {
    async step(signal: AbortSignal): Promise<void> {
      if (!(await lease.take())) return;
      const now = await trustedNow(deps);
      await purgeHistory(deps, now, signal);
      await forgetNumbers(deps, now, signal);
      if (!isDue(deps.now(), thoroughAt, dayMs)) return;
      await purgeParties(deps, now, signal);
      if (!signal.aborted) thoroughAt = deps.now();
    },
    end: () => lease.release(),
  };
}

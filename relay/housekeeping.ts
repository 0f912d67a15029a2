import { sweepAbandonedCalls } from './calls/settle-call.ts';
import type { Deps } from './deps.ts';
import { purgeUsedProofs } from './http/used-proofs.ts';
import { repeat } from './repeat.ts';
import { purgeCounters } from './store/counters.ts';
import { StoreError } from './store/store-error.ts';

const everyMs = 15_000;
const day = 86_400_000;

/** Settles calls of relays that died and deletes expired rows, at the start and then every 15 s, until the signal aborts. */
export async function startHousekeeping(deps: Deps, signal: AbortSignal): Promise<void> {
  await repeat(
    everyMs,
    signal,
    () => keepHouse(deps),
    (error) => {
      if (!(error instanceof StoreError)) throw error;
      deps.log.error({ err: error }, 'housekeeping waits for the store');
    },
  );
}

async function keepHouse(deps: Deps): Promise<void> {
  const { store, now } = deps;
  await sweepAbandonedCalls(deps);
  await purgeCounters(store, now());
  await purgeUsedProofs(deps);
  await store
    .deleteFrom('enrolments')
    .where('expires_at', '<', now() - day)
    .execute();
}

import type { CallState, ErrorCode } from '../contract.ts';
import type { Deps } from '../deps.ts';
import { RelayError } from '../http/relay-error.ts';
import { StoreError } from '../store/store-error.ts';
import type { CallRow } from './call-answer.ts';
import { trackCall } from './calls-in-flight.ts';
import { findOwnCall, settleCall } from './ledger.ts';

const retryMs = [100, 300, 1_000];
/** The database may still be at the disk with a commit that nobody waits for any more. */
const takeBackRetryMs = [300, 1_000, 3_000];

/** The outcome must be on record before it is told: an answer that the ledger would not repeat is worse than a doubt. */
export async function recordOutcome(
  deps: Deps,
  row: CallRow,
  outcome: { state: CallState; code: ErrorCode | null },
): Promise<CallRow> {
  const settled = await untilDone(
    retryMs,
    () => settleCall(deps.store, row, outcome, deps.now()),
    (err) => deps.log.error({ err, key: row.key, state: outcome.state }, 'the outcome of a call could not be recorded'),
  );
  return settled ?? Promise.reject(new RelayError('outcome_unknown'));
}

/**
 * A commit may have come about although its answer was lost, or may come about yet. Nobody dials that row, and it must not keep the
 * agent from calling until its time is up. One that is not seen to in time ends as every call of a relay that died. Never rejects.
 */
export async function takeBack(deps: Deps, draft: CallRow): Promise<void> {
  const outcome = { state: 'not_sent', code: 'store_unavailable' } as const;
  const work = untilDone(
    takeBackRetryMs,
    async () => (await findOwnCall(deps.store, draft.device_id, draft.key)) && settleCall(deps.store, draft, outcome, deps.now()),
    (err) => deps.log.warn({ err, key: draft.key }, 'a call was not placed, and may be on record as under way'),
  );
  await trackCall(deps, work).catch(() => undefined);
}

/** Tries again, later each time, while the store is away or there is nothing; gives what there is at last. */
async function untilDone<Value>(
  waitsMs: readonly number[],
  work: () => Promise<Value | undefined>,
  onFailure: (error: StoreError) => void,
): Promise<Value | undefined> {
  for (const waitMs of [...waitsMs, null]) {
    try {
      const done = await work();
      if (done !== undefined) return done;
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      onFailure(error);
    }
    if (waitMs !== null) await new Promise((resolve) => setTimeout(resolve, waitMs));
  }
  return undefined;
}

import type { CallState, ErrorCode } from '../contract.ts';
import type { Deps } from '../deps.ts';
import { RelayError } from '../http/relay-error.ts';
import { StoreError } from '../store/store-error.ts';
import type { CallRow } from './call-answer.ts';
import { findOwnCall } from './ledger.ts';
import { settleCall } from './settle-call.ts';

const retryMs = [100, 300, 1_000];
/** The database may still be flushing a commit that no request waits for any more. */
const takeBackRetryMs = [300, 1_000, 3_000];

/** Records the outcome before the client hears it: reporting no outcome beats an answer that the ledger could not repeat. */
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
 * Settles a draft whose commit failed without a clear answer: it may have been committed, or may be yet. Nobody dials that row,
 * and it must not block the agent's calls until its deadline. If the retries miss it, the sweep settles it like the calls of a
 * relay that died. Never rejects.
 */
export async function takeBack(deps: Deps, draft: CallRow): Promise<void> {
  const outcome = { state: 'not_sent', code: 'store_unavailable' } as const;
  const work = untilDone(
    takeBackRetryMs,
    async () => (await findOwnCall(deps.store, draft.device_id, draft.key)) && settleCall(deps.store, draft, outcome, deps.now()),
    (err) => deps.log.warn({ err, key: draft.key }, 'a call was not placed, and may be on record as under way'),
  );
  await deps.calls.track(work).catch(() => undefined);
}

/** Retries with growing waits while the store is unavailable or `work` gives undefined. Returns the last result. */
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

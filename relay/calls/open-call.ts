import type { ErrorCode } from '../contract.ts';
import type { Deps } from '../deps.ts';
import { CountAgain } from '../store/counters.ts';
import type { Store } from '../store/open-store.ts';
import { type CallRow, refusalAnswer } from './call-answer.ts';
import { type draftCall, findOwnCall, insertUnlessTaken } from './ledger.ts';
import { settledIfAbandoned } from './settle-call.ts';

/** A second click on the same number within this time counts as the same call. */
export const sameCallMs = 5_000;

/**
 * Commits the row of a new call. `fresh` is true for exactly one request per key, and only that request may dial; every other
 * gets the row that answers it. `judge` runs inside the transaction, after the row is inserted.
 */
export async function openCall(
  deps: Pick<Deps, 'store' | 'now'>,
  draft: ReturnType<typeof draftCall>,
  judge: Judge,
): Promise<{ row: CallRow; fresh: boolean }> {
  for (let exactly = false; ; ) {
    try {
      const opened = await deps.store
        .transaction()
        .execute((transaction) => tryToOpen({ ...deps, transaction }, draft, (store, row) => judge(store, row, exactly)));
      if (opened) return opened;
    } catch (error) {
      if (exactly || !(error instanceof CountAgain)) throw error;
      exactly = true;
    }
  }
}

/** The key of the earlier call that the new one repeats, or the code to refuse it with; null when it may be placed. */
type Verdict = { sameAs: string } | { code: ErrorCode } | null;
/** Throws CountAgain to be called again in a new transaction with `exactly` set. */
type Judge = (transaction: Store, row: CallRow, exactly: boolean) => Promise<Verdict>;

async function tryToOpen(
  deps: Pick<Deps, 'store' | 'now'> & { transaction: Store },
  draft: ReturnType<typeof draftCall>,
  judge: (transaction: Store, row: CallRow) => Promise<Verdict>,
) {
  const { transaction: store, now } = deps;
  // Two unique indexes can refuse the row: the key is used, or another dial of this agent is under way. PostgreSQL also waits
  // here for any transaction that holds either, so the reads below see its result.
  if (await insertUnlessTaken(store, draft)) {
    const verdict = await judge(store, draft);
    if (!verdict) return { row: draft, fresh: true };
    const aside = 'sameAs' in verdict ? foldedInto(verdict.sameAs, now()) : refusedFor(verdict.code, now());
    return { row: await change(store, draft, aside), fresh: false };
  }
  const own = await findOwnCall(store, draft.device_id, draft.key);
  if (own) return { row: own, fresh: false };
  const dial = await findDial(store, draft.agent_id);
  if (!dial) return null;
  if ((await settledIfAbandoned(deps, dial, store)) !== dial) return null;
  const aside = isSameCall(dial, draft, now()) ? foldedInto(dial.key, now()) : refusedFor('agent_already_dialling', now());
  const row = { ...draft, ...aside };
  return (await insertUnlessTaken(store, row)) ? { row, fresh: false } : null;
}

/** Commits a refusal that was decided without the ledger. Returns the row that answers the key. */
export async function recordRefusal(
  store: Store,
  draft: ReturnType<typeof draftCall>,
  code: ErrorCode,
  now: number,
): Promise<CallRow> {
  const row = { ...draft, ...refusedFor(code, now) };
  if (await insertUnlessTaken(store, row)) return row;
  const own = await findOwnCall(store, draft.device_id, draft.key);
  return own ?? Promise.reject(new Error('The key is taken by no row.'));
}

async function change(store: Store, row: CallRow, values: Partial<CallRow>): Promise<CallRow> {
  return store
    .updateTable('calls')
    .set(values)
    .where('device_id', '=', row.device_id)
    .where('key', '=', row.key)
    .returningAll()
    .executeTakeFirstOrThrow();
}

function foldedInto(earlier: string, now: number) {
  return { state: 'folded' as const, same_as: earlier, settled_at: now };
}

function refusedFor(code: ErrorCode, now: number) {
  const { status, body } = refusalAnswer(code);
  return { state: 'refused' as const, reason_code: code, settled_at: now, answer_status: status, answer_body: body };
}

function findDial(store: Store, agentId: string): Promise<CallRow | undefined> {
  return store
    .selectFrom('calls')
    .selectAll()
    .where('agent_id', '=', agentId)
    .where('state', '=', 'dispatching')
    .executeTakeFirst();
}

/** Compares arrival times and click times: a click delayed on its way is still a double click. */
function isSameCall(earlier: CallRow, { number, clicked_at }: Pick<CallRow, 'number' | 'clicked_at'>, now: number): boolean {
  const isWithin = (ms: number) => Math.abs(ms) <= sameCallMs;
  return earlier.number === number && (isWithin(now - earlier.created_at) || isWithin(clicked_at - earlier.clicked_at));
}

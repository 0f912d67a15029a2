import type { CallState, ErrorCode } from '../contract.ts';
import type { Deps } from '../deps.ts';
import { membershipOf } from '../store/membership.ts';
import type { Store } from '../store/open-store.ts';
import { prepare } from '../store/prepare.ts';
import { answerOf, type CallRow } from './call-answer.ts';
import { findOwnCall, insertUnlessTaken } from './ledger.ts';

/** How far another relay's clock may lag behind ours. A longer allowance would keep the agent of a relay that died waiting. */
const clocksApartMs = 15_000;

/**
 * Writes the outcome and the answer of a dispatching call once. A row settled meanwhile keeps its outcome, and a row that another
 * request with the same key has made is a different call and left alone (see holdMoment). A row that is gone is written again: a
 * database that took over from another may lack its last commits. Returns the row as stored.
 */
export async function settleCall(
  store: Store,
  row: CallRow,
  outcome: { state: CallState; code: ErrorCode | null },
  now: number,
): Promise<CallRow> {
  const told: CallRow = { ...row, state: outcome.state, reason_code: outcome.code, settled_at: now };
  const { status, body } = answerOf(told);
  const settled: CallRow = { ...told, answer_status: status, answer_body: body };
  const { numAffectedRows } = await writeOutcome(store, {
    device_id: row.device_id,
    key: row.key,
    created_at: row.created_at,
    owner: row.owner ?? '',
    state: outcome.state,
    reason_code: outcome.code,
    settled_at: now,
    answer_status: status,
    answer_body: body,
  });
  if (numAffectedRows === 1n || (await insertUnlessTaken(store, settled))) return settled;
  return (await findOwnCall(store, row.device_id, row.key)) ?? settled;
}

type Outcome = Pick<
  CallRow,
  'device_id' | 'key' | 'created_at' | 'state' | 'reason_code' | 'settled_at' | 'answer_status' | 'answer_body'
> & { owner: string };

const writeOutcome = prepare((store, { device_id, key, created_at, owner, ...outcome }: Outcome) =>
  store
    .updateTable('calls')
    .set(outcome)
    .where('device_id', '=', device_id)
    .where('key', '=', key)
    .where('created_at', '=', created_at)
    .where(({ eb, fn, val }) => eb(fn.coalesce('owner', val('')), '=', owner))
    .where('state', '=', 'dispatching'),
);

/** The row, settled as `unknown` if its relay died between the commit and the outcome. `store`: the transaction to settle it in. */
export async function settledIfAbandoned(
  deps: Pick<Deps, 'store' | 'now'>,
  row: CallRow,
  store: Store = deps.store,
): Promise<CallRow> {
  if (!(await isAbandoned(deps, row))) return row;
  return settleCall(store, row, { state: 'unknown', code: 'outcome_unknown' }, deps.now());
}

/** Settles as `unknown` every call whose relay died between the commit and the outcome, and logs how many. */
export async function sweepAbandonedCalls(deps: Pick<Deps, 'store' | 'log' | 'now'>): Promise<number> {
  const rows = await deps.store.selectFrom('calls').selectAll().where('state', '=', 'dispatching').limit(1000).execute();
  let settled = 0;
  for (const row of rows) if ((await settledIfAbandoned(deps, row)) !== row) settled += 1;
  if (settled > 0) deps.log.warn({ abandoned: settled }, 'calls of a relay that died were settled as unknown');
  return settled;
}

/** True for a call whose relay died or that took longer than any call can; never for one that a living relay is placing. */
async function isAbandoned({ store, now }: Pick<Deps, 'store' | 'now'>, row: CallRow): Promise<boolean> {
  if (row.state !== 'dispatching') return false;
  const relay = membershipOf(store);
  // The deadline was computed with the clock of the relay that places the call.
  const spareMs = relay && row.owner !== relay.id ? clocksApartMs : 0;
  if (row.deadline_at + spareMs < now()) return true;
  return row.owner !== null && ((await relay?.isGone(row.owner)) ?? false);
}

import { createHash } from 'node:crypto';
import type { CallRequest, CallState, ErrorCode } from '../contract.ts';
import type { Deps } from '../deps.ts';
import { CountAgain } from '../store/counters.ts';
import { membershipOf } from '../store/membership.ts';
import type { Store } from '../store/open-store.ts';
import { prepare } from '../store/prepare.ts';
import { answerOf, type CallRow, refusalAnswer } from './call-answer.ts';

/** A second click on the same number within this time counts as the same call. */
export const sameCallMs = 5_000;
/** Sending starts within 4 s and AntBuddy gets 10 s: a row `dispatching` for longer belongs to a relay that died or hangs. */
const deadlineMs = 15_000;
/** How far another relay's clock may lag behind ours. A longer allowance would keep the agent of a relay that died waiting. */
const clocksApartMs = 15_000;

export interface Click extends CallRequest {
  deviceId: string;
  agentId: string;
  key: string;
}

/** The row of a call, not yet committed. `target` is null for a call refused before the device and the digits were known. */
export function draftCall(
  store: Store,
  click: Click,
  target: { dialled: string; sipUser: string } | null,
  now: number,
): CallRow & { state: CallState } {
  const { deviceId, agentId, key, number, clickedAt, surface, site } = click;
  return {
    device_id: deviceId,
    key,
    agent_id: agentId,
    payload_hash: hashPayload(click),
    number,
    dialled: target?.dialled ?? null,
    surface,
    site: site ?? null,
    state: 'dispatching',
    reason_code: null,
    answer_status: null,
    answer_body: null,
    clicked_at: clickedAt,
    created_at: now,
    deadline_at: now + deadlineMs,
    settled_at: null,
    same_as: null,
    history_id: null,
    owner: ownerOn(store),
    sip_user: target?.sipUser ?? null,
  };
}

/** Null while the other relays cannot see this one: they would take it for gone and settle its calls while it places them. */
function ownerOn(store: Store): string | null {
  const relay = membershipOf(store);
  return relay?.isSeen() ? relay.id : null;
}

/** Equal for two requests with one key that are the same call. Without `clickedAt`: a resending client may have set its clock. */
export function hashPayload({ number, surface, site, overrideReason, sipDevice }: CallRequest): string {
  const named = sipDevice === undefined ? [] : [sipDevice];
  return createHash('sha256')
    .update(JSON.stringify([number, surface, site ?? null, overrideReason ?? null, ...named]))
    .digest('hex');
}

export function findOwnCall(store: Store, deviceId: string, key: string): Promise<CallRow | undefined> {
  return store.selectFrom('calls').selectAll().where('device_id', '=', deviceId).where('key', '=', key).executeTakeFirst();
}

/** A call of the agent from any of its devices; the asking device's own call is preferred. */
export async function findAgentCall(
  store: Store,
  click: Pick<Click, 'deviceId' | 'agentId' | 'key'>,
): Promise<CallRow | undefined> {
  const rows = await store
    .selectFrom('calls')
    .selectAll()
    .where('agent_id', '=', click.agentId)
    .where('key', '=', click.key)
    .execute();
  return rows.find((row) => row.device_id === click.deviceId) ?? rows[0];
}

/** The call that a folded click repeats. Leaves out folded and refused rows, as another browser may have used the same key. */
export async function findRepeated(store: Store, { agent_id, same_as }: CallRow): Promise<CallRow | undefined> {
  if (same_as === null) return undefined;
  return store
    .selectFrom('calls')
    .selectAll()
    .where('agent_id', '=', agent_id)
    .where('key', '=', same_as)
    .where('state', 'not in', ['folded', 'refused'])
    .orderBy('created_at', 'desc')
    .executeTakeFirst();
}

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
export type Verdict = { sameAs: string } | { code: ErrorCode } | null;
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
  if (await isAbandoned(deps, dial)) {
    await settleCall(store, dial, { state: 'unknown', code: 'outcome_unknown' }, now());
    return null;
  }
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

/**
 * Writes the outcome and the answer of a dispatching call once. A row settled meanwhile keeps its outcome, and a row that another
 * request with the same key has made is a different call and left alone (see holdMoment). Returns the row as stored.
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
  if (numAffectedRows === 1n) return settled;
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

/** True for a call whose relay died or that took longer than any call can; never for one that a living relay is placing. */
export async function isAbandoned({ store, now }: Pick<Deps, 'store' | 'now'>, row: CallRow): Promise<boolean> {
  if (row.state !== 'dispatching') return false;
  const relay = membershipOf(store);
  // The deadline was computed with the clock of the relay that places the call.
  const spareMs = relay && row.owner !== relay.id ? clocksApartMs : 0;
  if (row.deadline_at + spareMs < now()) return true;
  return row.owner !== null && ((await relay?.isGone(row.owner)) ?? false);
}

/** Settles as `unknown` every call whose relay died between the commit and the outcome, and logs how many. */
export async function sweepAbandonedCalls(deps: Pick<Deps, 'store' | 'log' | 'now'>): Promise<number> {
  const { store, now } = deps;
  const rows = await store.selectFrom('calls').selectAll().where('state', '=', 'dispatching').limit(1000).execute();
  let settled = 0;
  for (const row of rows) {
    if (!(await isAbandoned(deps, row))) continue;
    await settleCall(store, row, { state: 'unknown', code: 'outcome_unknown' }, now());
    settled += 1;
  }
  if (settled > 0) deps.log.warn({ abandoned: settled }, 'calls of a relay that died were settled as unknown');
  return settled;
}

const insertCall = prepare((store, row: CallRow) =>
  store
    .insertInto('calls')
    .values(row)
    .onConflict((c) => c.doNothing()),
);

/** False, with nothing written, when the key is used or another dial of the agent is under way. */
async function insertUnlessTaken(store: Store, row: CallRow): Promise<boolean> {
  return (await insertCall(store, row)).numAffectedRows === 1n;
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

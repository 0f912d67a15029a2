import { createHash } from 'node:crypto';
import type { Insertable } from 'kysely';
import type { CallRequest, CallState, ErrorCode } from '../contract.ts';
import type { Deps } from '../deps.ts';
import { CountAgain } from '../store/counters.ts';
import { membershipOf } from '../store/membership.ts';
import type { Store } from '../store/open-store.ts';
import type { CallsTable } from '../store/tables.ts';
import { answerOf, type CallRow, refusalAnswer } from './call-answer.ts';

/** The same number again within this time is the same call. */
const sameCallMs = 5_000;
/** Clicks arrive at most 15 s late; a call of the same number may have been clicked that long before it arrived. */
const sameCallLookBackMs = 20_000;
/** Upstream gets 10 s and sending starts within 4 s: a row `dispatching` for longer belongs to a relay that died or hangs. */
const deadlineMs = 15_000;
const outcomeKeptStates: CallState[] = ['dispatching', 'accepted', 'unknown'];

export interface Click extends CallRequest {
  deviceId: string;
  agentId: string;
  key: string;
}

/** A row as it would be committed; without what is dialled and rung for one that is refused before there was either. */
export function draftCall(
  click: Click,
  target: { dialled: string; sipUser: string } | null,
  now: number,
): Insertable<CallsTable> & { state: CallState } {
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
    owner: null,
    sip_user: target?.sipUser ?? null,
  };
}

/** What makes two requests with one key the same call. Not `clickedAt`: a client that resends may meanwhile have set its clock right. */
export function hashPayload({ number, surface, site, overrideReason, sipDevice }: CallRequest): string {
  const named = sipDevice === undefined ? [] : [sipDevice];
  return createHash('sha256')
    .update(JSON.stringify([number, surface, site ?? null, overrideReason ?? null, ...named]))
    .digest('hex');
}

export function findOwnCall(store: Store, deviceId: string, key: string): Promise<CallRow | undefined> {
  return store.selectFrom('calls').selectAll().where('device_id', '=', deviceId).where('key', '=', key).executeTakeFirst();
}

/** A call of the agent from any of its devices, its own first. */
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

/**
 * Commits the row of a new call. `fresh` is true for exactly one request of a key, which alone may then dial; every other
 * gets the row that answers it. `check` is asked inside the transaction, once, and its code refuses the call.
 */
export async function openCall(
  deps: Pick<Deps, 'store' | 'now'>,
  draft: ReturnType<typeof draftCall>,
  check: Check,
): Promise<{ row: CallRow; fresh: boolean }> {
  const owned = { ...draft, owner: membershipOf(deps.store)?.id ?? null };
  for (let exactly = false; ; ) {
    try {
      const opened = await deps.store
        .transaction()
        .execute((transaction) => tryToOpen({ ...deps, transaction }, owned, (store) => check(store, exactly)));
      if (opened) return opened;
    } catch (error) {
      if (exactly || !(error instanceof CountAgain)) throw error;
      exactly = true;
    }
  }
}

/** May refuse a call; throws CountAgain to be asked in another transaction, `exactly`. */
type Check = (transaction: Store, exactly: boolean) => Promise<ErrorCode | null>;

async function tryToOpen(
  deps: Pick<Deps, 'store' | 'now'> & { transaction: Store },
  draft: ReturnType<typeof draftCall>,
  check: (transaction: Store) => Promise<ErrorCode | null>,
) {
  const { transaction: store, now } = deps;
  // Two indexes can say no: the key was used, or another dial of this agent is under way. In PostgreSQL this also waits for
  // whoever holds either, so that what is read next is settled.
  const row = await insertUnlessTaken(store, draft);
  if (row) {
    const earlier = await findSameNumber(store, row, now());
    if (earlier) return { row: await change(store, row, foldedInto(earlier, now())), fresh: false };
    const code = await check(store);
    return code ? { row: await change(store, row, refusedFor(code, now())), fresh: false } : { row, fresh: true };
  }
  const own = await findOwnCall(store, draft.device_id, draft.key);
  if (own) return { row: own, fresh: false };
  const dial = await findDial(store, draft.agent_id);
  if (!dial) return null;
  if (await isAbandoned(deps, dial)) {
    await settleCall(store, dial, { state: 'unknown', code: 'outcome_unknown' }, now());
    return null;
  }
  const aside = isSameCall(dial, draft, now()) ? foldedInto(dial, now()) : refusedFor('agent_already_dialling', now());
  const kept = await insertUnlessTaken(store, { ...draft, ...aside });
  return kept && { row: kept, fresh: false };
}

/** Commits a refusal that was decided before the ledger was asked. Gives the row that answers the key. */
export async function recordRefusal(
  store: Store,
  draft: ReturnType<typeof draftCall>,
  code: ErrorCode,
  now: number,
): Promise<CallRow> {
  const row = await insertUnlessTaken(store, { ...draft, ...refusedFor(code, now) });
  return (
    row ?? (await findOwnCall(store, draft.device_id, draft.key)) ?? Promise.reject(new Error('The key is taken by no row.'))
  );
}

/**
 * Writes the outcome and the answer of a dispatching call, once: a row that was settled meanwhile keeps its outcome. Gives
 * the row as it stands then.
 */
export async function settleCall(
  store: Store,
  row: CallRow,
  outcome: { state: CallState; code: ErrorCode | null },
  now: number,
): Promise<CallRow> {
  const settled: CallRow = { ...row, state: outcome.state, reason_code: outcome.code, settled_at: now };
  const answer = answerOf(settled);
  const written = await store
    .updateTable('calls')
    .set({
      state: settled.state,
      reason_code: settled.reason_code,
      settled_at: now,
      answer_status: answer.status,
      answer_body: answer.body,
    })
    .where('device_id', '=', row.device_id)
    .where('key', '=', row.key)
    .where('state', '=', 'dispatching')
    .returningAll()
    .executeTakeFirst();
  return written ?? (await findOwnCall(store, row.device_id, row.key)) ?? settled;
}

/** True for a call whose relay died, or that took longer than any can. Never for one that a living relay is placing. */
export async function isAbandoned({ store, now }: Pick<Deps, 'store' | 'now'>, row: CallRow): Promise<boolean> {
  if (row.state !== 'dispatching') return false;
  if (row.deadline_at < now()) return true;
  return row.owner !== null && ((await membershipOf(store)?.isGone(row.owner)) ?? false);
}

/** Settles as `unknown` every call whose relay died between the commit and the outcome. Gives how many. */
export async function sweepAbandonedCalls(deps: Pick<Deps, 'store' | 'now'>): Promise<number> {
  const { store, now } = deps;
  const rows = await store.selectFrom('calls').selectAll().where('state', '=', 'dispatching').limit(1000).execute();
  let settled = 0;
  for (const row of rows) {
    if (!(await isAbandoned(deps, row))) continue;
    await settleCall(store, row, { state: 'unknown', code: 'outcome_unknown' }, now());
    settled += 1;
  }
  return settled;
}

function insertUnlessTaken(store: Store, row: Insertable<CallsTable>): Promise<CallRow | undefined> {
  return store
    .insertInto('calls')
    .values(row)
    .onConflict((c) => c.doNothing())
    .returningAll()
    .executeTakeFirst();
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

function foldedInto(earlier: CallRow, now: number) {
  return { state: 'folded' as const, same_as: earlier.key, settled_at: now };
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

async function findSameNumber(store: Store, row: CallRow, now: number): Promise<CallRow | undefined> {
  const recent = await store
    .selectFrom('calls')
    .selectAll()
    .where('agent_id', '=', row.agent_id)
    .where('created_at', '>=', now - sameCallLookBackMs)
    .where('number', '=', row.number)
    .where('state', 'in', outcomeKeptStates)
    .orderBy('created_at', 'desc')
    .execute();
  return recent.find(
    (earlier) => !(earlier.key === row.key && earlier.device_id === row.device_id) && isSameCall(earlier, row, now),
  );
}

/** By when they arrived or by when they were clicked: a click that was held up on its way is still a double click. */
function isSameCall(earlier: CallRow, { number, clicked_at }: Pick<CallRow, 'number' | 'clicked_at'>, now: number): boolean {
  const arrived = now - earlier.created_at <= sameCallMs;
  return earlier.number === number && (arrived || Math.abs(clicked_at - earlier.clicked_at) <= sameCallMs);
}

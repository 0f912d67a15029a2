import { createHash } from 'node:crypto';
import type { CallRequest, CallState } from '../contract.ts';
import { membershipOf } from '../store/membership.ts';
import type { Store } from '../store/open-store.ts';
import { prepare } from '../store/prepare.ts';
import type { CallRow } from './call-answer.ts';

/** Sending starts within 4 s and AntBuddy gets 10 s: a row `dispatching` for longer belongs to a relay that died or hangs. */
const deadlineMs = 15_000;

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

const insertCall = prepare((store, row: CallRow) =>
  store
    .insertInto('calls')
    .values(row)
    .onConflict((c) => c.doNothing()),
);

/** False, with nothing written, when the key is used or another dial of the agent is under way. */
export async function insertUnlessTaken(store: Store, row: CallRow): Promise<boolean> {
  return (await insertCall(store, row)).numAffectedRows === 1n;
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

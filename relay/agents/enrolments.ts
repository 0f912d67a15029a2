import { randomUUID } from 'node:crypto';
import { recordAudit } from '../audit/record-audit.ts';
import { codeLivesMs, type RedeemResponse } from '../contract.ts';
import type { StoreDeps } from '../deps.ts';
import { RelayError } from '../http/relay-error.ts';
import { isOngoing } from '../is-ongoing.ts';
import type { Store } from '../store/open-store.ts';
import { hashToken, mintToken } from './device-token.ts';
import { hashCode, mintCode } from './enrolment-code.ts';
import { hashPassphrase, isPassphrase } from './passphrase.ts';
import { SpentCode } from './tries.ts';

/** Creates a one-time code for an active agent's next device. Only its keyed hash is stored. Throws `not_found`. */
export async function createEnrolment(
  deps: StoreDeps,
  agentId: string,
  actor: string,
): Promise<{ code: string; expiresAt: number }> {
  const code = mintCode();
  const createdAt = deps.now();
  const expiresAt = createdAt + codeLivesMs;
  await deps.store.transaction().execute(async (store) => {
    await recordAudit({ ...deps, store }, { actor, action: 'enrolment.create', subject: `agent:${agentId}` });
    const agent = await store
      .selectFrom('agents')
      .select('id')
      .where('id', '=', agentId)
      .where('active', '=', 1)
      .executeTakeFirst();
    if (!agent) throw new RelayError('not_found');
    await store
      .insertInto('enrolments')
      .values({
        id: randomUUID(),
        agent_id: agentId,
        code_hash: hashCode(deps.config.relayKey, code) ?? '',
        created_at: createdAt,
        expires_at: expiresAt,
        redeemed_at: null,
      })
      .execute();
  });
  return { code, expiresAt };
}

interface Redemption {
  code: string;
  passphrase?: string | undefined;
  deviceName?: string | undefined;
  /** RFC 7638 thumbprint of the key that signed the request; the device is bound to that key. */
  thumbprint: string;
}

/**
 * Exchanges a code for a device token, once. A browser that has not used its token yet gets a new one for the same code. Throws
 * `code_invalid`, and for an admin's code `passphrase_required` or `passphrase_wrong`, which leave the code usable.
 */
export async function redeemEnrolment(
  deps: StoreDeps,
  { code, passphrase, deviceName = 'Browser', thumbprint }: Redemption,
): Promise<RedeemResponse> {
  const enrolment = await findEnrolment(deps, code, thumbprint);
  const isAdmin = enrolment.role === 'admin';
  if (isAdmin && !passphrase) throw new RelayError('passphrase_required');
  const known = enrolment.passphrase_hash;
  if (isAdmin && known && !(await isPassphrase(passphrase ?? '', known))) throw new RelayError('passphrase_wrong');
  const chosen = isAdmin && !known && passphrase ? await hashPassphrase(passphrase) : null;

  const token = mintToken();
  const deviceId = enrolment.device_id ?? randomUUID();
  await deps.store.transaction().execute(async (store) => {
    // The audit line first, as in all admin writes: taking the locks in another order could deadlock.
    const detail = { deviceName, ...(chosen ? { passphrase: 'set' } : {}) };
    await recordAudit(
      { ...deps, store },
      { actor: `agent:${enrolment.agent_id}`, action: 'device.enrol', subject: `device:${deviceId}`, detail },
    );
    if (enrolment.device_id) return renewToken(store, deviceId, token);
    // Checked again under the lock: the code may have been revoked meanwhile.
    const at = deps.now();
    const used = await store
      .updateTable('enrolments')
      .set({ redeemed_at: at })
      .where('id', '=', enrolment.id)
      .where('redeemed_at', 'is', null)
      .where('expires_at', '>', at)
      .executeTakeFirst();
    if (used.numUpdatedRows !== 1n) throw new SpentCode();
    if (chosen) await setFirstPassphrase(store, enrolment.agent_id, chosen);
    await store
      .insertInto('devices')
      .values({
        id: deviceId,
        agent_id: enrolment.agent_id,
        name: deviceName,
        token_hash: hashToken(token),
        key_thumbprint: thumbprint,
        created_at: at,
        last_seen_at: null,
        revoked_at: null,
        step_up_until: null,
      })
      .execute();
  });
  return { token, deviceId, agent: { id: enrolment.agent_id, name: enrolment.name, role: enrolment.role } };
}

/** Throws if another code of the same admin has set a passphrase meanwhile. */
async function setFirstPassphrase(store: Store, agentId: string, passphrase_hash: string): Promise<void> {
  const { numUpdatedRows } = await store
    .updateTable('agents')
    .set({ passphrase_hash })
    .where('id', '=', agentId)
    .where('passphrase_hash', 'is', null)
    .executeTakeFirst();
  if (numUpdatedRows !== 1n) throw new RelayError('passphrase_wrong');
}

/** The response with the token was lost: the token was never used, and the browser asks again. */
async function renewToken(store: Store, deviceId: string, token: string): Promise<void> {
  const renewed = await store
    .updateTable('devices')
    .set({ token_hash: hashToken(token) })
    .where('id', '=', deviceId)
    .where('last_seen_at', 'is', null)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  if (renewed.numUpdatedRows !== 1n) throw new SpentCode();
}

/** Finds an enrolment not redeemed yet, or one redeemed with this key whose device (`device_id`) has made no request yet. */
async function findEnrolment({ store, config, now }: StoreDeps, code: string, thumbprint: string) {
  const codeHash = hashCode(config.relayKey, code);
  const row =
    codeHash &&
    (await store
      .selectFrom('enrolments')
      .innerJoin('agents', 'agents.id', 'enrolments.agent_id')
      .leftJoin('devices', (join) =>
        join
          .onRef('devices.agent_id', '=', 'enrolments.agent_id')
          .onRef('devices.created_at', '=', 'enrolments.redeemed_at')
          .on('devices.key_thumbprint', '=', thumbprint)
          .on('devices.last_seen_at', 'is', null)
          .on('devices.revoked_at', 'is', null),
      )
      .select([
        'enrolments.id',
        'enrolments.agent_id',
        'agents.name',
        'agents.role',
        'agents.passphrase_hash',
        'agents.active',
        'enrolments.expires_at',
        'enrolments.redeemed_at',
      ])
      .select('devices.id as device_id')
      .where('code_hash', '=', codeHash)
      .executeTakeFirst());
  if (!row) throw new RelayError('code_invalid');
  const isTaken = row.redeemed_at !== null && row.device_id === null;
  if (isTaken || row.active !== 1 || !isOngoing(row.expires_at, codeLivesMs, now())) throw new SpentCode();
  return row;
}

import { randomUUID } from 'node:crypto';
import { recordAudit } from '../audit/record-audit.ts';
import type { RedeemResponse } from '../contract.ts';
import type { Deps } from '../deps.ts';
import { RelayError } from '../http/relay-error.ts';
import { hashToken, mintToken } from './device-token.ts';
import { hashCode, mintCode } from './enrolment-code.ts';
import { hashPassphrase, isPassphrase } from './passphrase.ts';

type Base = Pick<Deps, 'store' | 'config' | 'now'>;

export const codeLivesMs = 10 * 60_000;

/** A one-time code for an active agent's next device. Only its keyed hash is kept. Throws `not_found`. */
export async function createEnrolment(deps: Base, agentId: string, actor: string): Promise<{ code: string; expiresAt: number }> {
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

export interface Redemption {
  code: string;
  passphrase?: string | undefined;
  deviceName?: string | undefined;
  /** Of the key that signed the request; the device is bound to it. */
  thumbprint: string;
}

/**
 * Swaps a code for a device token, once. Throws `code_invalid`; for an admin's code `passphrase_required` or
 * `passphrase_wrong`, which leave the code usable.
 */
export async function redeemEnrolment(
  deps: Base,
  { code, passphrase, deviceName = 'Browser', thumbprint }: Redemption,
): Promise<RedeemResponse> {
  const enrolment = await findEnrolment(deps, code);
  const isAdmin = enrolment.role === 'admin';
  if (isAdmin && !passphrase) throw new RelayError('passphrase_required');
  const known = enrolment.passphrase_hash;
  if (isAdmin && known && !(await isPassphrase(passphrase ?? '', known))) throw new RelayError('passphrase_wrong');
  const chosen = isAdmin && !known && passphrase ? await hashPassphrase(passphrase) : null;

  const token = mintToken();
  const deviceId = randomUUID();
  await deps.store.transaction().execute(async (store) => {
    const used = await store
      .updateTable('enrolments')
      .set({ redeemed_at: deps.now() })
      .where('id', '=', enrolment.id)
      .where('redeemed_at', 'is', null)
      .where('expires_at', '>', deps.now())
      .executeTakeFirst();
    if (used.numUpdatedRows !== 1n) throw new RelayError('code_invalid');
    if (chosen) await store.updateTable('agents').set({ passphrase_hash: chosen }).where('id', '=', enrolment.agent_id).execute();
    await store
      .insertInto('devices')
      .values({
        id: deviceId,
        agent_id: enrolment.agent_id,
        name: deviceName,
        token_hash: hashToken(token),
        key_thumbprint: thumbprint,
        created_at: deps.now(),
        last_seen_at: null,
        revoked_at: null,
        step_up_until: null,
      })
      .execute();
    const detail = { deviceName, ...(chosen ? { passphrase: 'set' } : {}) };
    await recordAudit(
      { ...deps, store },
      { actor: `agent:${enrolment.agent_id}`, action: 'device.enrol', subject: `device:${deviceId}`, detail },
    );
  });
  return { token, deviceId, agent: { id: enrolment.agent_id, name: enrolment.name, role: enrolment.role } };
}

async function findEnrolment({ store, config, now }: Base, code: string) {
  const codeHash = hashCode(config.relayKey, code);
  const row =
    codeHash &&
    (await store
      .selectFrom('enrolments')
      .innerJoin('agents', 'agents.id', 'enrolments.agent_id')
      .select(['enrolments.id', 'enrolments.agent_id', 'agents.name', 'agents.role', 'agents.passphrase_hash'])
      .where('code_hash', '=', codeHash)
      .where('redeemed_at', 'is', null)
      .where('expires_at', '>', now())
      .where('agents.active', '=', 1)
      .executeTakeFirst());
  if (!row) throw new RelayError('code_invalid');
  return row;
}

import { randomUUID } from 'node:crypto';
import type { InferOutput } from 'valibot';
import { recordAudit } from '../audit/record-audit.ts';
import type { AgentChangeSchema, AgentCreateSchema, AgentRecord } from '../contract.ts';
import type { StoreDeps } from '../deps.ts';
import { RelayError } from '../http/relay-error.ts';
import type { Store } from '../store/open-store.ts';
import { isUniqueViolation } from '../store/store-error.ts';
import { releaseName, takeName } from './name-holders.ts';
import { listSipDevices, putSipDevices, wishedDevices, withoutPasswords } from './sip-devices.ts';

type NewAgent = InferOutput<typeof AgentCreateSchema>;
type Change = InferOutput<typeof AgentChangeSchema>;

/** All agents by name, or the one with `id`, each with its enrolled browsers. */
export async function listAgents(store: Store, id?: string): Promise<AgentRecord[]> {
  let agents = store.selectFrom('agents').selectAll().orderBy('name');
  let devices = store.selectFrom('devices').selectAll().where('revoked_at', 'is', null).orderBy('created_at');
  if (id !== undefined) {
    agents = agents.where('id', '=', id);
    devices = devices.where('agent_id', '=', id);
  }
  const byAgent = Map.groupBy(await devices.execute(), (device) => device.agent_id);
  const sipDevicesOf = await listSipDevices(store, id);
  return (await agents.execute()).map((agent) => ({
    id: agent.id,
    name: agent.name,
    role: agent.role,
    username: agent.username,
    sipUser: sipDevicesOf.get(agent.id)?.[0]?.sipUser ?? null,
    hasSipPassword: sipDevicesOf.get(agent.id)?.[0]?.hasSipPassword ?? false,
    sipDevices: sipDevicesOf.get(agent.id) ?? [],
    active: agent.active === 1,
    version: agent.version,
    devices: (byAgent.get(agent.id) ?? []).map((device) => ({
      id: device.id,
      name: device.name,
      createdAt: device.created_at,
      lastSeenAt: device.last_seen_at,
    })),
  }));
}

/** Throws `agent_exists` when the name, user name or SIP user is taken. */
export async function createAgent(
  deps: StoreDeps,
  { name, role, username, ...wish }: NewAgent,
  actor: string,
): Promise<AgentRecord> {
  const id = randomUUID();
  const at = deps.now();
  const sipDevices = wishedDevices(wish);
  return audited(
    deps,
    {
      actor,
      action: 'agent.create',
      subject: `agent:${id}`,
      detail: withoutPasswords({ name, role, username, ...wish }),
    },
    async (store) => {
      const row = {
        id,
        name,
        role,
        username,
        passphrase_hash: null,
        active: 1,
        version: 1,
        created_at: at,
        updated_at: at,
      } as const;
      await keepUserName(store, id, username);
      await store.insertInto('agents').values(row).execute();
      await changeUserName({ ...deps, store }, id, null, username);
      if (sipDevices) await putSipDevices({ ...deps, store }, id, sipDevices);
      return onlyAgent(store, id);
    },
  );
}

/** Throws `not_found`, `version_conflict`, `agent_exists`, `last_admin`. */
export async function changeAgent(
  deps: StoreDeps,
  id: string,
  version: number,
  change: Change,
  actor: string,
): Promise<AgentRecord> {
  const { name, role, username, active, ...wish } = change;
  return audited(
    deps,
    { actor, action: 'agent.change', subject: `agent:${id}`, detail: withoutPasswords(change) },
    async (store) => {
      const before = await onlyAgent(store, id);
      if (before.version !== version) throw new RelayError('version_conflict');
      await keepUserName(store, id, username);
      const changed = await store
        .updateTable('agents')
        .set({
          // What is undefined stays as it is.
          name,
          role,
          username,
          active: active === undefined ? undefined : active ? 1 : 0,
          // The passphrase is deleted with the admin role: if the agent becomes an admin again, it must choose a new one.
          passphrase_hash: role === 'agent' ? null : undefined,
          version: version + 1,
          updated_at: deps.now(),
        })
        .where('id', '=', id)
        .where('version', '=', version)
        .executeTakeFirst();
      if (changed.numUpdatedRows !== 1n) throw new RelayError('version_conflict');
      if (username !== undefined) await changeUserName({ ...deps, store }, id, before.username, username);
      const sipDevices = wishedDevices(wish, before.sipDevices);
      if (sipDevices) await putSipDevices({ ...deps, store }, id, sipDevices);
      if (role === 'agent') await endStepUps(store, id);
      if (active === false) await cutOff(store, id, deps.now());
      if (before.role === 'admin' && before.active) await keepAnAdmin(store);
      return onlyAgent(store, id);
    },
  );
}

/** Ends a device's access from its next request on. Throws `not_found` when the device does not exist or has no access. */
export async function revokeDevice(deps: StoreDeps, id: string, actor: string): Promise<void> {
  const device = await deps.store.selectFrom('devices').select(['name', 'agent_id']).where('id', '=', id).executeTakeFirst();
  if (!device) throw new RelayError('not_found');
  const detail = { deviceName: device.name, agent: `agent:${device.agent_id}` };
  await audited(deps, { actor, action: 'device.revoke', subject: `device:${id}`, detail }, async (store) => {
    const revoked = await store
      .updateTable('devices')
      .set({ revoked_at: deps.now() })
      .where('id', '=', id)
      .where('revoked_at', 'is', null)
      .executeTakeFirst();
    if (revoked.numUpdatedRows !== 1n) throw new RelayError('not_found');
  });
}

/**
 * Writes a change and its audit line in one transaction. The line comes first: it takes the lock that serialises admin writes
 * across relays, so that what the change reads (such as the last admin) cannot change meanwhile.
 */
async function audited<Value>(
  deps: StoreDeps,
  entry: Parameters<typeof recordAudit>[1],
  write: (store: Store) => Promise<Value>,
): Promise<Value> {
  try {
    return await deps.store.transaction().execute(async (store) => {
      await recordAudit({ ...deps, store }, entry);
      return write(store);
    });
  } catch (error) {
    if (isUniqueViolation(error)) throw new RelayError('agent_exists', { cause: error });
    throw error;
  }
}

async function onlyAgent(store: Store, id: string): Promise<AgentRecord> {
  const [agent] = await listAgents(store, id);
  if (!agent) throw new RelayError('not_found');
  return agent;
}

/** The unique index distinguishes `An` and `an`; the histories do not (party-key.ts). Throws `agent_exists`. */
async function keepUserName(store: Store, id: string, username: string | null | undefined): Promise<void> {
  if (!username) return;
  const others = await store.selectFrom('agents').select('username').where('id', '!=', id).execute();
  if (others.some((other) => other.username?.toLowerCase() === username.toLowerCase())) throw new RelayError('agent_exists');
}

async function changeUserName(deps: StoreDeps, id: string, before: string | null, username: string | null): Promise<void> {
  if (before?.toLowerCase() === username?.toLowerCase()) return;
  if (before) await releaseName(deps, id, { username: before });
  if (username) await takeName(deps, id, { username });
}

async function endStepUps(store: Store, agentId: string): Promise<void> {
  await store.updateTable('devices').set({ step_up_until: null }).where('agent_id', '=', agentId).execute();
}

async function cutOff(store: Store, agentId: string, now: number): Promise<void> {
  await store
    .updateTable('devices')
    .set({ revoked_at: now })
    .where('agent_id', '=', agentId)
    .where('revoked_at', 'is', null)
    .execute();
  await store
    .updateTable('enrolments')
    .set({ expires_at: now })
    .where('agent_id', '=', agentId)
    .where('redeemed_at', 'is', null)
    .execute();
}

async function keepAnAdmin(store: Store): Promise<void> {
  const admin = await store
    .selectFrom('agents')
    .select('id')
    .where('role', '=', 'admin')
    .where('active', '=', 1)
    .limit(1)
    .executeTakeFirst();
  if (!admin) throw new RelayError('last_admin');
}

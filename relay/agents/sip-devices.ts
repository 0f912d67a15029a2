import { randomUUID } from 'node:crypto';
import type { InferOutput } from 'valibot';
import type { AuditDetail, SipDevice, SipDeviceChangeSchema } from '../contract.ts';
import type { StoreDeps } from '../deps.ts';
import { RelayError } from '../http/relay-error.ts';
import type { Store } from '../store/open-store.ts';
import { keyOf, type Name, releaseName, takeName } from './name-holders.ts';
import { seal } from './seal.ts';
import { sipPasswordPlace } from './sip-credentials.ts';

type SipDeviceChange = InferOutput<typeof SipDeviceChangeSchema>;

/** The part of a request to create or change an agent that concerns its devices; see AgentChangeSchema. */
interface DeviceWish {
  sipUser?: string | null | undefined;
  sipPassword?: string | undefined;
  sipDevices?: SipDeviceChange[] | undefined;
}

/** SIP devices of one agent, or of all, grouped by agent and in order. */
export async function listSipDevices(store: Store, agentId?: string): Promise<Map<string, SipDevice[]>> {
  const rows = await store
    .selectFrom('sip_devices')
    .selectAll()
    .$if(agentId !== undefined, (qb) => qb.where('agent_id', '=', agentId ?? ''))
    .orderBy('position')
    .execute();
  const byAgent = Map.groupBy(rows, (row) => row.agent_id);
  const device = ({ id, name, sip_user, sip_password }: (typeof rows)[number]): SipDevice => ({
    id,
    name,
    sipUser: sip_user,
    hasSipPassword: sip_password !== null,
  });
  return new Map([...byAgent].map(([id, own]) => [id, own.map(device)]));
}

/**
 * The complete device list that a wish results in; undefined if it leaves the devices alone. Throws `sip_user_missing` for a
 * password without a device, `bad_request` if it changes the first device and the whole list at once.
 */
export function wishedDevices(
  { sipUser, sipPassword, sipDevices }: DeviceWish,
  before: readonly SipDevice[] = [],
): SipDeviceChange[] | undefined {
  const isAboutFirst = sipUser != null || sipPassword !== undefined;
  if (sipDevices && isAboutFirst) throw new RelayError('bad_request');
  if (sipDevices || (sipUser === undefined && sipPassword === undefined)) return sipDevices;
  const [first, ...others] = before.map(({ id, name, sipUser }): SipDeviceChange => ({ id, name, sipUser }));
  const rung = sipUser === undefined ? first?.sipUser : sipUser;
  if (rung) return [{ name: '', ...first, sipUser: rung, sipPassword }, ...others];
  if (sipPassword !== undefined) throw new RelayError('sip_user_missing');
  return others;
}

/**
 * Replaces the agent's devices with these, within a transaction. A device that stays keeps its password unless another is given.
 * Throws `version_conflict` for a device id that is not the agent's, `agent_exists` for another agent's SIP user.
 */
export async function putSipDevices(deps: StoreDeps, agentId: string, devices: readonly SipDeviceChange[]): Promise<void> {
  const { store, config, now } = deps;
  const known = await store.selectFrom('sip_devices').selectAll().where('agent_id', '=', agentId).execute();
  const byId = new Map(known.map((row) => [row.id, row]));
  const namesOf = (sipUsers: string[]) =>
    new Map(sipUsers.map((sipUser): [string, Name] => [keyOf(deps, { sipUser }), { sipUser }]));
  const had = namesOf(known.map((row) => row.sip_user));
  const wanted = namesOf(devices.map((device) => device.sipUser));
  for (const [key, name] of had) if (!wanted.has(key)) await releaseName(deps, agentId, name);
  for (const [key, name] of wanted) if (!had.has(key)) await takeName(deps, agentId, name);
  const rows = devices.map(({ id: given, name, sipUser, sipPassword }, position) => {
    const before = given === undefined ? undefined : byId.get(given);
    if (given !== undefined && !byId.delete(given)) throw new RelayError('version_conflict');
    const id = given ?? randomUUID();
    return {
      id,
      agent_id: agentId,
      position,
      name,
      sip_user: sipUser,
      sip_password:
        sipPassword === undefined ? (before?.sip_password ?? null) : seal(config.relayKey, sipPasswordPlace(id), sipPassword),
      created_at: before?.created_at ?? now(),
    };
  });
  await keepSipUsers(deps, agentId, new Set(wanted.keys()));
  // Deleted and inserted again: two devices may swap their SIP users, which the unique index forbids in any order of updates.
  await store.deleteFrom('sip_devices').where('agent_id', '=', agentId).execute();
  if (rows.length > 0) await store.insertInto('sip_devices').values(rows).execute();
}

/** The unique index distinguishes `101` and `101@pbx`; the histories do not. */
async function keepSipUsers(deps: StoreDeps, agentId: string, wanted: ReadonlySet<string>) {
  if (wanted.size === 0) return;
  const others = await deps.store.selectFrom('sip_devices').select('sip_user').where('agent_id', '!=', agentId).execute();
  if (others.some(({ sip_user }) => wanted.has(keyOf(deps, { sipUser: sip_user })))) throw new RelayError('agent_exists');
}

/** The wish as the audit records it: passwords are only reported as set. */
export function withoutPasswords<Wish extends DeviceWish>(wish: Wish): Partial<Record<AuditDetail, unknown>> {
  const hide = <Holder extends { sipPassword?: string | undefined }>({ sipPassword, ...open }: Holder) => ({
    ...open,
    ...(sipPassword === undefined ? {} : { sipPassword: 'set' }),
  });
  return { ...hide(wish), ...(wish.sipDevices && { sipDevices: wish.sipDevices.map(hide) }) };
}

import { sql } from 'kysely';
import type { Deps } from '../deps.ts';
import type { Store } from '../store/open-store.ts';
import { prepare } from '../store/prepare.ts';
import { type SealedPlace, unseal } from './seal.ts';

/** The credentials for click-to-call and auth_token (sections 3.2 and 3.4), and the name that selects the agent's histories. */
export interface SipCredentials {
  sipUser: string;
  sipPassword: string;
  /** AntBuddy user name; null when the admin gave none. */
  username: string | null;
}

/** The same with the password sealed, as stored. */
export interface SealedSip {
  id: string;
  sip_user: string;
  sip_password: string;
  username: string | null;
}

/** Still names the column of the time when an agent had one device: values sealed then must open. */
export const sipPasswordPlace = (sipDeviceId: string): SealedPlace => ({
  table: 'agents',
  column: 'sip_password',
  row: sipDeviceId,
});

/**
 * Credentials of the agent's device with that id, or else of its first device with a password. Null if there is none, or the
 * agent is unknown or inactive; callers then answer `sip_device_unknown` or `agent_not_mapped`.
 */
export async function sipCredentialsOf(
  deps: Pick<Deps, 'store' | 'config'>,
  agentId: string,
  sipDevice?: string,
): Promise<SipCredentials | null> {
  const { rows } =
    sipDevice === undefined ? await findFirst(deps.store, { agentId }) : await findNamed(deps.store, { agentId, sipDevice });
  return openIfAny(deps, rows[0]);
}

/** Credentials of the active agent that was created first. Null when no agent has a device. */
export async function firstSipCredentials(deps: Pick<Deps, 'store' | 'config'>): Promise<SipCredentials | null> {
  const first = mappedDevices(deps.store).orderBy('agents.created_at').orderBy('position').limit(1);
  return openIfAny(deps, await first.executeTakeFirst());
}

export function openSip({ config }: Pick<Deps, 'config'>, sealed: SealedSip): SipCredentials {
  const sipPassword = unseal(config.relayKey, sipPasswordPlace(sealed.id), sealed.sip_password);
  return { sipUser: sealed.sip_user, sipPassword, username: sealed.username };
}

function openIfAny(deps: Pick<Deps, 'config'>, row?: Omit<SealedSip, 'sip_password'> & { sip_password: string | null }) {
  return row?.sip_password ? openSip(deps, { ...row, sip_password: row.sip_password }) : null;
}

const findFirst = prepare((store, { agentId }: { agentId: string }) =>
  // A literal, not a parameter: SQLite would plan the statement anew each time.
  mappedDevices(store).where('agents.id', '=', agentId).orderBy('position').limit(sql.lit(1)),
);
const findNamed = prepare((store, { agentId, sipDevice }: { agentId: string; sipDevice: string }) =>
  mappedDevices(store).where('agents.id', '=', agentId).where('sip_devices.id', '=', sipDevice),
);

/** The devices with a password, of active agents. */
function mappedDevices(store: Store) {
  return store
    .selectFrom('agents')
    .innerJoin('sip_devices', 'sip_devices.agent_id', 'agents.id')
    .select(['sip_devices.id', 'sip_devices.sip_user', 'sip_devices.sip_password', 'agents.username'])
    .where('active', '=', 1)
    .where('sip_devices.sip_password', 'is not', null);
}

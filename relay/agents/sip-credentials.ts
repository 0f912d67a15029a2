import type { Deps } from '../deps.ts';
import { type SealedPlace, unseal } from './seal.ts';

/** What click-to-call and auth_token need (sections 3.2 and 3.4) and what selects the agent's histories. */
export interface SipCredentials {
  sipUser: string;
  sipPassword: string;
  /** AntBuddy user name; null when the admin gave none. */
  username: string | null;
}

export const sipPasswordPlace = (agentId: string): SealedPlace => ({ table: 'agents', column: 'sip_password', row: agentId });

/** Null when the agent is unknown, inactive, or has no SIP user or password yet: `agent_not_mapped`. */
export async function sipCredentialsOf(deps: Pick<Deps, 'store' | 'config'>, agentId: string): Promise<SipCredentials | null> {
  const row = await deps.store
    .selectFrom('agents')
    .select(['sip_user', 'sip_password', 'username'])
    .where('id', '=', agentId)
    .where('active', '=', 1)
    .executeTakeFirst();
  if (!row?.sip_user || !row.sip_password) return null;
  const sipPassword = unseal(deps.config.relayKey, sipPasswordPlace(agentId), row.sip_password);
  return { sipUser: row.sip_user, sipPassword, username: row.username };
}

import type { Deps } from '../deps.ts';
import { parseProgress, progressName } from './mirror-status.ts';
import { agentPartyKeys } from './party-key.ts';

/** Who the agent is in the histories, and up to when these are complete. */
export async function findAgentParties(
  { store, config }: Pick<Deps, 'store' | 'config'>,
  agentId: string,
): Promise<{ parties: string[]; completeTo: number | null }> {
  const agent = await store
    .selectFrom('agents')
    .leftJoin('state', (join) => join.on('state.name', '=', progressName))
    .select(['username', 'sip_user', 'state.value as progress'])
    .where('id', '=', agentId)
    .executeTakeFirstOrThrow();
  return {
    parties: agentPartyKeys({ username: agent.username, sipUser: agent.sip_user }, config.homeRegion),
    completeTo: parseProgress(agent.progress).completeTo,
  };
}

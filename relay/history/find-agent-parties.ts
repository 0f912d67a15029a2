import type { Deps } from '../deps.ts';
import { prepare } from '../store/prepare.ts';
import { parseProgress, progressName } from './mirror-status.ts';
import { agentNames, agentPartyKeys } from './party-key.ts';

/** Who the agent is in the histories, and up to when these are complete. */
export async function findAgentParties(
  { store, config }: Pick<Deps, 'store' | 'config'>,
  agentId: string,
): Promise<{ parties: string[]; completeTo: number | null }> {
  const { rows } = await findNames(store, { agentId });
  return {
    parties: agentPartyKeys(agentNames(rows), config.homeRegion),
    completeTo: parseProgress(rows[0]?.progress ?? null).completeTo,
  };
}

const findNames = prepare((store, { agentId }: { agentId: string }) =>
  store
    .selectFrom('agents')
    .leftJoin('sip_devices', 'sip_devices.agent_id', 'agents.id')
    .leftJoin('state', (join) => join.on('state.name', '=', progressName))
    .select(['agents.username', 'sip_devices.sip_user', 'state.value as progress'])
    .where('agents.id', '=', agentId),
);

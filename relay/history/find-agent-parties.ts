import type { Deps } from '../deps.ts';
import { prepare } from '../store/prepare.ts';
import { parseProgress, progressName } from './mirror-status.ts';
import type { OwnParties } from './own-rows.ts';
import { agentNames, agentPartyKeys } from './party-key.ts';

/** Who the agent is in the histories, and up to when these are complete. */
export async function findAgentParties(
  { store, config }: Pick<Deps, 'store' | 'config'>,
  agentId: string,
): Promise<OwnParties & { completeTo: number | null }> {
  const { rows } = await findNames(store, { agentId });
  return {
    parties: agentPartyKeys(agentNames(rows), config.homeRegion),
    since: Object.fromEntries(rows.flatMap(({ name, calls_since }) => (name && calls_since ? [[name, calls_since]] : []))),
    completeTo: parseProgress(rows[0]?.progress ?? null).completeTo,
  };
}

const findNames = prepare((store, { agentId }: { agentId: string }) =>
  store
    .selectFrom('agents')
    .leftJoin('sip_devices', 'sip_devices.agent_id', 'agents.id')
    .leftJoin('name_holders as bounded', (join) =>
      join.onRef('bounded.agent_id', '=', 'agents.id').on('bounded.released_at', 'is', null).on('bounded.calls_since', '>', 0),
    )
    .leftJoin('state', (join) => join.on('state.name', '=', progressName))
    .select(['agents.username', 'sip_devices.sip_user', 'bounded.name', 'bounded.calls_since', 'state.value as progress'])
    .where('agents.id', '=', agentId),
);

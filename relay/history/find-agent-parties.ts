import type { Deps } from '../deps.ts';
import { prepare } from '../store/prepare.ts';
import { completeToOf, parseProgress, progressName, type Span } from './mirror-status.ts';
import type { OwnParties, OwnRange } from './own-rows.ts';
import { agentNames, agentPartyKeys } from './party-key.ts';

/**
 * The agent's parties, and the times to which the histories are complete (`completeTo`) or read except for `holes` (`readTo`).
 */
export async function findAgentParties(
  { store, config }: Pick<Deps, 'store' | 'config'>,
  agentId: string,
): Promise<OwnParties & { completeTo: number | null; readTo: number | null; holes: Span[] }> {
  const { rows } = await findNames(store, { agentId });
  const progress = parseProgress(rows[0]?.progress ?? null);
  return {
    parties: agentPartyKeys(agentNames(rows), config.homeRegion),
    ...boundsOf(rows),
    completeTo: completeToOf(progress),
    readTo: progress.completeTo,
    holes: progress.holes,
  };
}

type Bound = { name: string | null; calls_since: number | null; released_at: number | null };

/** An agent with several devices has each bound once per device. */
function boundsOf(rows: readonly Bound[]): Pick<OwnParties, 'since' | 'earlier'> {
  const ranges = new Map<string, OwnRange>();
  const since: OwnParties['since'] = {};
  for (const { name, calls_since, released_at } of rows) {
    if (name === null || calls_since === null) continue;
    if (released_at === null) since[name] = calls_since;
    else ranges.set(`${name} ${calls_since}`, [name, calls_since, released_at]);
  }
  // A party without a lower bound is the agent's at all times, so its earlier ranges are not needed.
  return { since, earlier: [...ranges.values()].filter(([name]) => since[name]) };
}

const findNames = prepare((store, { agentId }: { agentId: string }) =>
  store
    .selectFrom('agents')
    .leftJoin('sip_devices', 'sip_devices.agent_id', 'agents.id')
    .leftJoin('name_holders as bounded', (join) =>
      join
        .onRef('bounded.agent_id', '=', 'agents.id')
        .on((eb) => eb.or([eb('bounded.released_at', 'is not', null), eb('bounded.calls_since', '>', 0)])),
    )
    .leftJoin('state', (join) => join.on('state.name', '=', progressName))
    .select([
      'agents.username',
      'sip_devices.sip_user',
      'bounded.name',
      'bounded.calls_since',
      'bounded.released_at',
      'state.value as progress',
    ])
    .where('agents.id', '=', agentId),
);

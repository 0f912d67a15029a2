import type { Deps } from '../deps.ts';
import { partyKeys } from '../history/party-key.ts';

type Base = Pick<Deps, 'store' | 'config' | 'now'>;
type Name = { username: string } | { sipUser: string };

/** A name that is given back sooner was given by mistake: whoever it is meant for keeps all of its calls. */
const mistakeMs = 3_600_000;

/** Gives an agent a name of the histories, within the transaction that does: calls of whoever had it before do not become theirs. */
export async function takeName(deps: Base, agentId: string, given: Name): Promise<void> {
  const { store, now } = deps;
  const name = keyOf(deps, given);
  const { last } = await store
    .selectFrom('name_holders')
    .select(({ fn }) => fn.max('released_at').as('last'))
    .where('name', '=', name)
    .where('agent_id', '!=', agentId)
    .executeTakeFirstOrThrow();
  const held = { released_at: null, calls_since: Number(last ?? 0) };
  await store
    .insertInto('name_holders')
    .values({ agent_id: agentId, name, taken_at: now(), ...held })
    .onConflict((c) => c.columns(['agent_id', 'name']).doUpdateSet(held))
    .execute();
}

/** Takes a name from an agent, within the transaction that does. */
export async function releaseName(deps: Base, agentId: string, given: Name): Promise<void> {
  const { store, now } = deps;
  const name = keyOf(deps, given);
  const mistaken = await store
    .deleteFrom('name_holders')
    .where('agent_id', '=', agentId)
    .where('name', '=', name)
    .where('taken_at', '>', now() - mistakeMs)
    .executeTakeFirst();
  if (mistaken.numDeletedRows > 0n) return;
  await store
    .insertInto('name_holders')
    .values({ agent_id: agentId, name, taken_at: 0, released_at: now(), calls_since: 0 })
    .onConflict((c) => c.columns(['agent_id', 'name']).doUpdateSet({ released_at: now() }))
    .execute();
}

function keyOf({ config }: Pick<Deps, 'config'>, name: Name): string {
  const party = 'username' in name ? { username: name.username, number: '' } : { username: null, number: name.sipUser };
  return partyKeys(party, config.homeRegion)[0] ?? '';
}

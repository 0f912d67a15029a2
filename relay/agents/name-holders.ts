import type { Deps, StoreDeps } from '../deps.ts';
import { partyKeys } from '../history/party-key.ts';
import type { Store } from '../store/open-store.ts';

export type Name = { username: string } | { sipUser: string };

/** A name released within this time and without a call was assigned by mistake: its proper holder keeps all of its calls. */
const mistakeMs = 3_600_000;

/** Assigns a name of the histories to an agent, within the assigning transaction. Earlier holders keep their calls. */
export async function takeName(deps: StoreDeps, agentId: string, given: Name): Promise<void> {
  const { store, now } = deps;
  const name = keyOf(deps, given);
  const { last } = await store
    .selectFrom('name_holders')
    .select(({ fn }) => fn.max('released_at').as('last'))
    .where('name', '=', name)
    .where('agent_id', '!=', agentId)
    .executeTakeFirstOrThrow();
  const since = Number(last ?? 0);
  const before = await latest(store, agentId, name);
  // Nobody else held it in between: the earlier holding continues.
  const goesOn = before && (before.released_at === null || before.released_at >= since);
  const held = { agent_id: agentId, name, taken_at: now(), released_at: null, calls_since: goesOn ? before.calls_since : since };
  await store
    .insertInto('name_holders')
    .values(held)
    .onConflict((c) => c.columns(['agent_id', 'name', 'calls_since']).doUpdateSet({ released_at: null }))
    .execute();
}

/** Takes a name from an agent, within the transaction that removes it. */
export async function releaseName(deps: StoreDeps, agentId: string, given: Name): Promise<void> {
  const { store, now } = deps;
  const name = keyOf(deps, given);
  const held = await latest(store, agentId, name);
  if (held && held.taken_at > now() - mistakeMs && !(await hasCalled(store, agentId, name, held.taken_at))) {
    await store
      .deleteFrom('name_holders')
      .where('agent_id', '=', agentId)
      .where('name', '=', name)
      .where('calls_since', '=', held.calls_since)
      .execute();
    return;
  }
  const released_at = now();
  await store
    .insertInto('name_holders')
    .values({ agent_id: agentId, name, taken_at: 0, calls_since: held?.calls_since ?? 0, released_at })
    .onConflict((c) => c.columns(['agent_id', 'name', 'calls_since']).doUpdateSet({ released_at }))
    .execute();
}

/** The agent's latest holding of the name. */
function latest(store: Store, agentId: string, name: string) {
  return store
    .selectFrom('name_holders')
    .selectAll()
    .where('agent_id', '=', agentId)
    .where('name', '=', name)
    .orderBy('calls_since', 'desc')
    .executeTakeFirst();
}

async function hasCalled(store: Store, agentId: string, name: string, since: number): Promise<boolean> {
  const placed = await store
    .selectFrom('calls')
    .select('key')
    .where('agent_id', '=', agentId)
    .where('created_at', '>=', since)
    .executeTakeFirst();
  if (placed) return true;
  const listed = await store
    .selectFrom('history_parties')
    .select('party')
    .where('party', '=', name)
    .where('started_at', '>=', since)
    .executeTakeFirst();
  return listed !== undefined;
}

/** The key as in history_parties: all spellings of a name share one. */
export function keyOf({ config }: Pick<Deps, 'config'>, name: Name): string {
  const party = 'username' in name ? { username: name.username, number: '' } : { username: null, number: name.sipUser };
  return partyKeys(party, config.homeRegion)[0] ?? '';
}

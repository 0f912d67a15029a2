import { sql } from 'kysely';
import type { Deps } from '../deps.ts';
import { readPolicy } from '../policy/policies.ts';
import { dayMs } from './mirror-status.ts';
import { partyKeys } from './party-key.ts';

const batch = 200;

/** Deletes mirrored calls past the retention, with their notes, in batches until the signal aborts. Returns how many calls. */
export async function purgeHistory(
  { store, config }: Pick<Deps, 'store' | 'config'>,
  now: number,
  signal?: AbortSignal,
): Promise<number> {
  const before = await keptSince({ store, config }, now);
  await purgeNotes(store, before, signal);
  let purged = 0;
  while (!signal?.aborted) {
    const calls = await store
      .selectFrom('history')
      .selectAll()
      .where('started_at', '<', before)
      .orderBy('started_at')
      .limit(batch)
      .execute();
    const last = calls.at(-1);
    if (!last) break;
    const ids = calls.map(({ id }) => id);
    const sides = calls.flatMap((call) => [
      { number: call.caller_number, username: call.caller_username },
      { number: call.callee_number, username: call.callee_username },
    ]);
    const parties = [...new Set(sides.flatMap((side) => partyKeys(side, config.homeRegion)))];
    await store.transaction().execute(async (transaction) => {
      if (parties.length > 0) {
        await transaction
          .deleteFrom('history_parties')
          .where('party', 'in', parties)
          // Without an end, each batch would read all old calls of its parties.
          .where('started_at', '<=', last.started_at)
          .where('history_id', 'in', ids)
          .execute();
      }
      await transaction.deleteFrom('history').where('id', 'in', ids).execute();
    });
    purged += calls.length;
  }
  return purged;
}

/**
 * Deletes rows of old calls that purgeHistory misses, in batches of parties until the signal aborts: rows written under a user
 * name that AntBuddy has replaced since, or with numbers parsed for another home region. Goes through all parties.
 */
export async function purgeParties(
  { store, config }: Pick<Deps, 'store' | 'config'>,
  now: number,
  signal?: AbortSignal,
): Promise<void> {
  const before = await keptSince({ store, config }, now);
  let last = '';
  while (!signal?.aborted) {
    // Skips from one party to the next in the index: no index tells which calls are old.
    const { rows } = await sql<{ party: string }>`
      with recursive names (party, turn) as (
        select min(party), 1 from history_parties where party > ${last}
        union all
        select (select min(party) from history_parties where party > names.party), turn + 1
        from names where party is not null and turn < ${batch}
      )
      select party from names where party is not null
    `.execute(store);
    const parties = rows.map(({ party }) => party);
    if (parties.length === 0) return;
    await store.deleteFrom('history_parties').where('party', 'in', parties).where('started_at', '<', before).execute();
    last = parties.at(-1) ?? '';
  }
}

/** Epoch milliseconds since which the policy keeps calls. */
export async function keptSince(deps: Pick<Deps, 'store' | 'config'>, now: number): Promise<number> {
  const { policy } = await readPolicy(deps);
  return now - policy.historyDays * dayMs;
}

async function purgeNotes(store: Deps['store'], before: number, signal?: AbortSignal): Promise<void> {
  while (!signal?.aborted) {
    const { rows } = await sql`
      delete from notes where (agent_id, subject) in (select agent_id, subject from notes where called_at < ${before} limit ${batch})
      returning 1
    `.execute(store);
    if (rows.length < batch) return;
  }
}

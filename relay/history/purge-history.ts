import { sql } from 'kysely';
import type { Deps } from '../deps.ts';
import { readPolicy } from '../policy/policies.ts';
import { dayMs } from './mirror-status.ts';
import { partyKeys } from './party-key.ts';

const batch = 200;

/** Forgets mirrored calls older than the policy keeps them, with the notes on them, a few at a time until the signal. Gives how many calls. */
export async function purgeHistory(
  { store, config }: Pick<Deps, 'store' | 'config'>,
  now: number,
  signal?: AbortSignal,
): Promise<number> {
  const { policy } = await readPolicy({ store, config });
  const before = now - policy.historyDays * dayMs;
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
    if (calls.length === 0) break;
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
          .where('started_at', '<', before)
          .where('history_id', 'in', ids)
          .execute();
      }
      await transaction.deleteFrom('history').where('id', 'in', ids).execute();
    });
    purged += calls.length;
  }
  return purged;
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

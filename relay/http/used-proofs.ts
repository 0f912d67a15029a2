import { createHash } from 'node:crypto';
import { PostgresAdapter } from 'kysely';
import type { Deps } from '../deps.ts';

/** Longer than a proof's time stamp is accepted. */
const keptMs = 61_000;

/**
 * True once for each proof, whichever relay on the store asks. A store in a file has one relay, whose own memory (replay-guard.ts)
 * is enough; it is asked first in any case.
 */
export async function isFirstUse({ store, now }: Pick<Deps, 'store' | 'now'>, proof: string): Promise<boolean> {
  if (!(store.getExecutor().adapter instanceof PostgresAdapter)) return true;
  const id = createHash('sha256').update(proof).digest('base64url');
  const taken = await store
    .insertInto('used_proofs')
    .values({ id, expires_at: now() + keptMs })
    .onConflict((c) => c.doNothing())
    .returning('id')
    .executeTakeFirst();
  return taken !== undefined;
}

export async function purgeUsedProofs({ store, now }: Pick<Deps, 'store' | 'now'>): Promise<void> {
  await store.deleteFrom('used_proofs').where('expires_at', '<=', now()).execute();
}

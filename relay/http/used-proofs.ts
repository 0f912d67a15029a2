import { createHash } from 'node:crypto';
import type { Deps } from '../deps.ts';
import { isShared } from '../store/is-shared.ts';
import { prepare } from '../store/prepare.ts';
import type { Tables } from '../store/tables.ts';

/** Longer than a proof's time stamp is accepted. */
const keptMs = 61_000;

/**
 * True once for each proof across all relays on the store. A file store has a single relay, whose own memory (replay-guard.ts) is
 * enough; the caller checks that memory first in any case.
 */
export async function isFirstUse({ store, now }: Pick<Deps, 'store' | 'now'>, proof: string): Promise<boolean> {
  if (!isShared(store)) return true;
  const { numAffectedRows } = await insertProof(store, usedProof({ now }, proof));
  return numAffectedRows === 1n;
}

/** The row that marks a proof as used. */
export function usedProof({ now }: Pick<Deps, 'now'>, proof: string): Tables['used_proofs'] {
  return { id: createHash('sha256').update(proof).digest('base64url'), expires_at: now() + keptMs };
}

const insertProof = prepare((store, proof: Tables['used_proofs']) =>
  store
    .insertInto('used_proofs')
    .values(proof)
    .onConflict((c) => c.doNothing()),
);

export async function purgeUsedProofs({ store, now }: Pick<Deps, 'store' | 'now'>): Promise<void> {
  await store.deleteFrom('used_proofs').where('expires_at', '<=', now()).execute();
}

import { sql } from 'kysely';
import type { Deps } from '../deps.ts';
import { writeState } from './state.ts';

const writeEveryMs = 10_000;

/**
 * Asks the store whether calls can be recorded; what it gives throws a StoreError when they cannot. A full disk and a standby answer
 * every question, so that now and then something is written too, and each time while that fails.
 */
export function createStoreProbe({ store, now }: Pick<Deps, 'store' | 'now'>): () => Promise<void> {
  let writtenAt = Number.NEGATIVE_INFINITY;
  return async () => {
    const at = now();
    if (Math.abs(at - writtenAt) < writeEveryMs) return void (await sql`select 1`.execute(store));
    await writeState(store, 'probe', String(at));
    writtenAt = at;
  };
}

import { sql } from 'kysely';
import type { Deps } from '../deps.ts';
import { isDue } from '../is-due.ts';
import { writeState } from './state.ts';

const writeEveryMs = 10_000;

/**
 * Returns a function that throws a StoreError when calls cannot be recorded. A full disk or a standby still answers queries, so
 * it also writes now and then, and on every check while writing fails.
 */
export function createStoreProbe({ store, now }: Pick<Deps, 'store' | 'now'>): () => Promise<void> {
  let writtenAt = Number.NEGATIVE_INFINITY;
  return async () => {
    const at = now();
    if (!isDue(at, writtenAt, writeEveryMs)) return void (await sql`select 1`.execute(store));
    await writeState(store, 'probe', String(at));
    writtenAt = at;
  };
}

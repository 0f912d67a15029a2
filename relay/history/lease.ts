import { randomUUID } from 'node:crypto';
import { clocksDifferMs } from '../is-ongoing.ts';
import type { Store } from '../store/open-store.ts';

/**
 * The right to do something that one relay at a time should do, kept in the database and running out by itself. `take`
 * also renews; after `forMs` without it any other relay may have it.
 */
export function createLease(store: Store, name: string, forMs: number, now: () => number, owner: string = randomUUID()) {
  const stateName = `lease:${name}`;
  return {
    async take(): Promise<boolean> {
      const at = now();
      const value = `${at + forMs}:${owner}`;
      // Of a relay that died while its clock was ahead.
      const tooLate = String(at + forMs + clocksDifferMs);
      const taken = await store
        .insertInto('state')
        .values({ name: stateName, value })
        .onConflict((c) =>
          c
            .column('name')
            .doUpdateSet({ value })
            // 13 digits first, so text compares as time does.
            .where(({ or, eb }) =>
              or([eb('state.value', '<', String(at)), eb('state.value', '>', tooLate), eb('state.value', 'like', `%:${owner}`)]),
            ),
        )
        .returning('value')
        .executeTakeFirst();
      return taken?.value === value;
    },
    async release(): Promise<void> {
      await store.deleteFrom('state').where('name', '=', stateName).where('value', 'like', `%:${owner}`).execute();
    },
  };
}

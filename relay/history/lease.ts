import { randomUUID } from 'node:crypto';
import { clocksDifferMs } from '../is-ongoing.ts';
import type { Store } from '../store/open-store.ts';

/**
 * A lease that only one relay at a time holds, kept in the database and expiring by itself. `take` also renews; after `forMs`
 * without a renewal any other relay may take it.
 */
export function createLease(store: Store, name: string, forMs: number, now: () => number, owner: string = randomUUID()) {
  const stateName = `lease:${name}`;
  return {
    async take(): Promise<boolean> {
      const at = now();
      const value = `${at + forMs}:${owner}`;
      // A lease that runs longer than this was left by a relay that died while its clock was ahead.
      const tooLate = String(at + forMs + clocksDifferMs);
      const taken = await store
        .insertInto('state')
        .values({ name: stateName, value })
        .onConflict((c) =>
          c
            .column('name')
            .doUpdateSet({ value })
            // The value starts with a 13-digit time, so text order is time order.
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

import type { CompiledQuery } from 'kysely';
import { orStoreError } from './mark-errors.ts';
import type { Store } from './open-store.ts';

/** An adapter whose engine supports runAtOnce. */
export interface RunsAtOnce {
  runAtOnce(queries: readonly CompiledQuery[]): Promise<void>;
}

/**
 * Runs the queries in order as one transaction in a single round trip to the database. Nothing inspects their results in between:
 * a query that must prevent the commit has to fail (StoreError), and then nothing is written.
 */
export async function runAtOnce(store: Store, queries: readonly CompiledQuery[]): Promise<void> {
  const { adapter } = store.getExecutor();
  if (!('runAtOnce' in adapter)) throw new Error('This engine runs no transaction at once.');
  await orStoreError((adapter as RunsAtOnce).runAtOnce(queries));
}

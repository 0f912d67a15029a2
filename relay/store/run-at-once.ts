import type { CompiledQuery } from 'kysely';
import { orStoreError } from './mark-errors.ts';
import type { Store } from './open-store.ts';

/** An adapter of an engine that can do so. */
export interface RunsAtOnce {
  runAtOnce(queries: readonly CompiledQuery[]): Promise<void>;
}

/**
 * Runs the queries in this order as one transaction that takes a single turn to the database and back. Nobody looks at what they
 * give in between: a query that must keep the others from being committed has to fail (StoreError), and then nothing is written.
 */
export async function runAtOnce(store: Store, queries: readonly CompiledQuery[]): Promise<void> {
  const { adapter } = store.getExecutor();
  if (!('runAtOnce' in adapter)) throw new Error('This engine runs no transaction at once.');
  await orStoreError((adapter as RunsAtOnce).runAtOnce(queries));
}

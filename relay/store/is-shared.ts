import { PostgresAdapter } from 'kysely';
import type { Store } from './open-store.ts';

/** Whether other relays may be on the store. Of one in a file a relay's own memory knows all that its requests did. */
export const isShared = (store: Store): boolean => store.getExecutor().adapter instanceof PostgresAdapter;

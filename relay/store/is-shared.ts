import { PostgresAdapter } from 'kysely';
import type { Store } from './open-store.ts';

/** Whether other relays may use the store. On a file store they cannot, so a relay's memory reflects every request. */
export const isShared = (store: Store): boolean => store.getExecutor().adapter instanceof PostgresAdapter;

import type { Store } from './open-store.ts';

/** Reads one of the store's small named values; null if it was never written. */
export async function readState(store: Store, name: string): Promise<string | null> {
  const row = await store.selectFrom('state').select('value').where('name', '=', name).executeTakeFirst();
  return row?.value ?? null;
}

export async function writeState(store: Store, name: string, value: string): Promise<void> {
  await store
    .insertInto('state')
    .values({ name, value })
    .onConflict((c) => c.column('name').doUpdateSet({ value }))
    .execute();
}

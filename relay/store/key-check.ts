import { isSameSecret } from '../is-same-secret.ts';
import { deriveKey } from '../keys.ts';
import { SettingError } from '../settings.ts';
import type { Store } from './open-store.ts';
import { readState, writeState } from './state.ts';

const stateName = 'key-check';

/** Binds an unused store to the key; any other key is then refused with a SettingError. Returns whether it was bound now. */
export async function ensureRelayKey(store: Store, relayKey: Buffer): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await store
    .insertInto('state')
    .values({ name: stateName, value: checkOf(relayKey) })
    .onConflict((c) => c.doNothing())
    .executeTakeFirst();
  await refuseOtherKey(store, relayKey);
  return numInsertedOrUpdatedRows === 1n;
}

/** Throws a SettingError if the store is bound to another RELAY_KEY. Writes nothing. */
export async function refuseOtherKey(store: Store, relayKey: Buffer): Promise<void> {
  if (!(await isOwnKey(store, relayKey)))
    throw new SettingError('RELAY_KEY is not the key that this store was made with; set the key that was used before.');
}

/** True also if the store is bound to no key yet. */
export async function isOwnKey(store: Store, relayKey: Buffer): Promise<boolean> {
  const check = await readState(store, stateName);
  return check === null || isSameSecret(checkOf(relayKey), check);
}

/** For key rotation: binds the store to this key. */
export async function replaceKeyCheck(store: Store, relayKey: Buffer): Promise<void> {
  await writeState(store, stateName, checkOf(relayKey));
}

const checkOf = (relayKey: Buffer) => deriveKey(relayKey, 'key-check').toString('hex');

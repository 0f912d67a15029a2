import { timingSafeEqual } from 'node:crypto';
import { deriveKey } from '../keys.ts';
import { SettingError } from '../settings.ts';
import type { Store } from './open-store.ts';
import { readState, writeState } from './state.ts';

const stateName = 'key-check';

/** Binds a store that was never used to the key, and refuses any other from then on. Gives whether it did. Throws a SettingError. */
export async function ensureRelayKey(store: Store, relayKey: Buffer): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await store
    .insertInto('state')
    .values({ name: stateName, value: checkOf(relayKey) })
    .onConflict((c) => c.doNothing())
    .executeTakeFirst();
  await refuseOtherKey(store, relayKey);
  return numInsertedOrUpdatedRows === 1n;
}

/** Refuses a RELAY_KEY other than the one that the store is bound to, if it is. Writes nothing. Throws a SettingError. */
export async function refuseOtherKey(store: Store, relayKey: Buffer): Promise<void> {
  if (!(await isOwnKey(store, relayKey)))
    throw new SettingError('RELAY_KEY is not the key that this store was made with; set the key that was used before.');
}

/** True also of a store that is bound to no key yet. */
export async function isOwnKey(store: Store, relayKey: Buffer): Promise<boolean> {
  const check = await readState(store, stateName);
  if (check === null) return true;
  const [own, bound] = [Buffer.from(checkOf(relayKey)), Buffer.from(check)];
  return own.length === bound.length && timingSafeEqual(own, bound);
}

/** For key rotation: from now on the store belongs to this key. */
export async function replaceKeyCheck(store: Store, relayKey: Buffer): Promise<void> {
  await writeState(store, stateName, checkOf(relayKey));
}

const checkOf = (relayKey: Buffer) => deriveKey(relayKey, 'key-check').toString('hex');

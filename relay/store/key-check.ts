import { timingSafeEqual } from 'node:crypto';
import { deriveKey } from '../keys.ts';
import { SettingError } from '../settings.ts';
import type { Store } from './open-store.ts';

const stateName = 'key-check';

/** Refuses a RELAY_KEY other than the one that the store was first used with. Throws a SettingError. */
export async function ensureRelayKey(store: Store, relayKey: Buffer): Promise<void> {
  const check = checkOf(relayKey);
  await store
    .insertInto('state')
    .values({ name: stateName, value: check })
    .onConflict((c) => c.doNothing())
    .execute();
  const { value } = await store.selectFrom('state').select('value').where('name', '=', stateName).executeTakeFirstOrThrow();
  const isSame = value.length === check.length && timingSafeEqual(Buffer.from(value), Buffer.from(check));
  if (!isSame)
    throw new SettingError('RELAY_KEY is not the key that this store was made with; set the key that was used before.');
}

/** For key rotation: from now on the store belongs to this key. */
export async function replaceKeyCheck(store: Store, relayKey: Buffer): Promise<void> {
  await store
    .updateTable('state')
    .set({ value: checkOf(relayKey) })
    .where('name', '=', stateName)
    .execute();
}

const checkOf = (relayKey: Buffer) => deriveKey(relayKey, 'key-check').toString('hex');

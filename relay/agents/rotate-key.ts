import { resignHead, verifyAudit } from '../audit/read-audit.ts';
import { recordAudit } from '../audit/record-audit.ts';
import type { StoreDeps } from '../deps.ts';
import { replaceKeyCheck } from '../store/key-check.ts';
import { refuseBesideRelays } from '../store/membership.ts';
import { seal, unseal } from './seal.ts';
import { sipPasswordPlace } from './sip-credentials.ts';

/**
 * Moves everything that depends on RELAY_KEY to another key, all or nothing; returns how many passwords were sealed again.
 * Unredeemed codes and recording links end with the old key. Refuses while a relay runs, because it would go on with the old key.
 */
export async function rotateRelayKey(deps: StoreDeps, newKey: Buffer): Promise<number> {
  const { relayKey, place } = deps.config;
  return deps.store.transaction().execute(async (store) => {
    await refuseBesideRelays(store, place);
    const fault = await verifyAudit(store, relayKey);
    if (fault) throw new Error(`${fault} The key was not changed: signing this log anew would hide it.`);
    await recordAudit({ ...deps, store }, { actor: 'command-line', action: 'key.rotate', subject: 'relay' });

    const rows = await store
      .selectFrom('sip_devices')
      .select(['id', 'sip_password'])
      .where('sip_password', 'is not', null)
      .execute();
    for (const { id, sip_password } of rows) {
      const plain = unseal(relayKey, sipPasswordPlace(id), sip_password ?? '');
      await store
        .updateTable('sip_devices')
        .set({ sip_password: seal(newKey, sipPasswordPlace(id), plain) })
        .where('id', '=', id)
        .execute();
    }
    await store.updateTable('enrolments').set({ expires_at: deps.now() }).where('redeemed_at', 'is', null).execute();
    await resignHead(store, newKey);
    await replaceKeyCheck(store, newKey);
    return rows.length;
  });
}

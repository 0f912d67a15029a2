import { verifyChain } from '../audit/read-audit.ts';
import { recordAudit } from '../audit/record-audit.ts';
import type { StoreDeps } from '../deps.ts';
import { isOwnKey, replaceKeyCheck } from '../store/key-check.ts';
import { refuseBesideRelays } from '../store/membership.ts';

/**
 * Binds the store to the relay's key when the previous key is lost, all or nothing. Returns how many SIP passwords were lost with
 * it; they must be entered again. Agents, browsers, policy, calls and the audit log stay. The audit log records the change.
 */
export async function replaceLostKey(deps: StoreDeps): Promise<number> {
  const { relayKey, place } = deps.config;
  return deps.store.transaction().execute(async (store) => {
    await refuseBesideRelays(store, place);
    if (await isOwnKey(store, relayKey)) throw new Error('RELAY_KEY is the key of this store: it is not lost.');
    const fault = await verifyChain(store);
    if (fault) throw new Error(`${fault} The key was not changed: signing this log anew would hide it.`);
    const { numUpdatedRows } = await store
      .updateTable('sip_devices')
      .set({ sip_password: null })
      .where('sip_password', 'is not', null)
      .executeTakeFirst();
    await store.updateTable('enrolments').set({ expires_at: deps.now() }).where('redeemed_at', 'is', null).execute();
    await replaceKeyCheck(store, relayKey);
    await recordAudit({ ...deps, store }, { actor: 'command-line', action: 'key.lost', subject: 'relay' });
    return Number(numUpdatedRows);
  });
}

import { verifyAudit } from '../audit/read-audit.ts';
import type { RelayConfig } from '../config.ts';
import { refuseOtherKey } from '../store/key-check.ts';
import { openStoreAsIs, type StoreAsIs } from '../store/open-store.ts';
import type { Finding } from './check.ts';

/** Leaves the store as it is, so that a new version can be checked while the old one still runs. */
export async function checkStore(config: RelayConfig): Promise<Finding> {
  const name = 'databaseUrl' in config.place ? 'PostgreSQL' : `SQLite in ${config.place.dataDir}`;
  let opened: StoreAsIs | undefined;
  try {
    opened = await openStoreAsIs(config.place);
    const { store, pending, isEmpty } = opened;
    if (isEmpty) return { ok: true, what: `The store (${name}) opens and is empty; the first start ties it to RELAY_KEY.` };
    await refuseOtherKey(store, config.relayKey);
    const fault = await verifyAudit(store, config.relayKey);
    if (fault) return { ok: false, what: fault };
    const whole = `The store (${name}) opens, RELAY_KEY fits it, and the audit log is whole.`;
    const later = ` ${pending} migrations are pending, which the next start carries out: back up first.`;
    return { ok: true, what: pending > 0 ? whole + later : whole };
  } catch (error) {
    return { ok: false, what: `The store (${name}) does not open: ${error instanceof Error ? error.message : error}` };
  } finally {
    await opened?.store.destroy();
  }
}

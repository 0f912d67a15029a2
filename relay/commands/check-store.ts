import { firstSipCredentials, type SipCredentials } from '../agents/sip-credentials.ts';
import { verifyAudit } from '../audit/read-audit.ts';
import type { RelayConfig } from '../config.ts';
import { refuseOtherKey } from '../store/key-check.ts';
import { describePlace, openStoreAsIs, type StoreAsIs } from '../store/open-store.ts';
import type { Finding } from './check.ts';

interface CheckedStore {
  finding: Finding;
  /** A device to test AntBuddy with; null when there is none or the store cannot be read. */
  device: SipCredentials | null;
}

/** Does not change the store, so that a new version can be checked while the old one still runs. */
export async function checkStore(config: RelayConfig): Promise<CheckedStore> {
  const bad = (what: string) => ({ finding: { ok: false, what }, device: null });
  const good = (what: string, device: SipCredentials | null = null) => ({ finding: { ok: true, what }, device });
  const { name, setting } = describePlace(config.place);
  let opened: StoreAsIs | undefined;
  try {
    opened = await openStoreAsIs(config.place);
    const { store, pending, isEmpty } = opened;
    if (isEmpty)
      return good(
        `The store (${name}) is empty: the first start makes it and ties it to RELAY_KEY. If a relay ran before, ${setting} is not the one it had.`,
      );
    await refuseOtherKey(store, config.relayKey);
    const fault = await verifyAudit(store, config.relayKey);
    if (fault) return bad(fault);
    const whole = `The store (${name}) opens, RELAY_KEY fits it, and the audit log is whole.`;
    const later = ` ${pending} migrations are pending, which the next start carries out: back up first.`;
    // Tables of an older version may store the devices differently.
    return pending > 0 ? good(whole + later) : good(whole, await firstSipCredentials({ store, config }));
  } catch (error) {
    return bad(`The store (${name}) does not open: ${error instanceof Error ? error.message : error}`);
  } finally {
    await opened?.store.destroy();
  }
}

import { verifyAudit } from '../audit/read-audit.ts';
import type { RelayConfig } from '../config.ts';
import { withStore } from './with-store.ts';

/** Says that the log is whole, or fails with the first thing wrong. */
export async function verifyAuditLog(config: RelayConfig): Promise<void> {
  const fault = await withStore(config, ({ store }) => verifyAudit(store, config.relayKey), { readsOlder: true });
  if (fault) throw new Error(fault);
  console.log('The audit log is whole.');
}

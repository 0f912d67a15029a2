import { verifyAudit } from '../audit/read-audit.ts';
import type { RelayConfig } from '../config.ts';
import { withStore } from './with-store.ts';

/** Reports that the log is intact, or fails with the first fault. */
export async function verifyAuditLog(config: RelayConfig): Promise<void> {
  const fault = await withStore(config, ({ store }) => verifyAudit(store, config.relayKey), { readsOlder: true });
  if (fault) throw new Error(fault);
  console.log('The audit log is whole.');
}

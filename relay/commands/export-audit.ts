import { once } from 'node:events';
import { readAuditLines } from '../audit/read-audit.ts';
import type { RelayConfig } from '../config.ts';
import type { Store } from '../store/open-store.ts';
import { withStore } from './with-store.ts';

/** One JSON line for each line of the audit log, oldest first, with the hashes that prove it. */
export async function exportAudit(config: RelayConfig): Promise<void> {
  await withStore(config, ({ store }) => writeLines(store), { readsOlder: true });
}

async function writeLines(store: Store): Promise<void> {
  for await (const line of readAuditLines(store)) {
    // Waits for the reader, who may be slower than the store: the log may be larger than memory.
    if (!process.stdout.write(`${JSON.stringify(line)}\n`)) await once(process.stdout, 'drain');
  }
}

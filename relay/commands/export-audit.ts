import { readAuditLines } from '../audit/read-audit.ts';
import type { RelayConfig } from '../config.ts';
import { withStore } from './with-store.ts';

/** One JSON line for each line of the log, oldest first, with the hashes that prove it. */
export async function exportAudit(config: RelayConfig): Promise<void> {
  await withStore(config, async ({ store }) => {
    for await (const line of readAuditLines(store)) process.stdout.write(`${JSON.stringify(line)}\n`);
  });
}

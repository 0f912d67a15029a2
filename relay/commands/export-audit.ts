import { once } from 'node:events';
import { withCalls } from '../audit/calls-of-lines.ts';
import { readAuditPages } from '../audit/read-audit.ts';
import type { RelayConfig } from '../config.ts';
import { type CommandDeps, withStore } from './with-store.ts';

/**
 * One JSON line for each line of the audit log, oldest first, with the hashes that prove it and the call that it is about. The call
 * is not hashed.
 */
export async function exportAudit(config: RelayConfig): Promise<void> {
  await withStore(config, writeLines, { readsOlder: true });
}

async function writeLines(deps: CommandDeps): Promise<void> {
  for await (const page of readAuditPages(deps.store)) {
    for (const line of await withCalls(deps, page)) {
      // Waits for the reader, who may be slower than the store: the log may be larger than memory.
      if (!process.stdout.write(`${JSON.stringify(line)}\n`)) await once(process.stdout, 'drain');
    }
  }
}

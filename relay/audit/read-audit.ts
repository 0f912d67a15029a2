import { timingSafeEqual } from 'node:crypto';
import { deriveKey } from '../keys.ts';
import type { Store } from '../store/open-store.ts';
import { type AuditLine, hashOf, noHash, signHead } from './chain.ts';
import { headName } from './record-audit.ts';

/** Lines below `before` (all when absent), newest first. */
export function readAuditPage(
  store: Store,
  { before, limit }: { before?: number | undefined; limit: number },
): Promise<AuditLine[]> {
  let query = store.selectFrom('audit').selectAll().orderBy('seq', 'desc').limit(limit);
  if (before !== undefined) query = query.where('seq', '<', before);
  return query.execute();
}

/** All lines from the first, read in pages so that a long log fits in memory. */
export async function* readAuditLines(store: Store, pageSize = 1000): AsyncGenerator<AuditLine> {
  for (let after = 0; ; ) {
    const page = await store.selectFrom('audit').selectAll().where('seq', '>', after).orderBy('seq').limit(pageSize).execute();
    yield* page;
    const last = page.at(-1);
    if (!last || page.length < pageSize) return;
    after = last.seq;
  }
}

/** Null when the log is whole; otherwise the first thing wrong with it, in one sentence. */
export async function verifyAudit(store: Store, relayKey: Buffer): Promise<string | null> {
  let seq = 0;
  let previous = noHash;
  for await (const line of readAuditLines(store)) {
    seq += 1;
    if (line.seq !== seq) return `Line ${seq} of the audit log is missing.`;
    if (line.previous_hash !== previous) return `Line ${seq} of the audit log does not follow the line before it.`;
    if (line.hash !== hashOf(line)) return `Line ${seq} of the audit log was changed.`;
    previous = line.hash;
  }
  const head = await store.selectFrom('state').select('value').where('name', '=', headName).executeTakeFirst();
  if (!head) return seq === 0 && (await isUnused(store)) ? null : 'The signed end of the audit log is missing.';
  const expected = Buffer.from(signHead(deriveKey(relayKey, 'audit-head'), seq, previous));
  const actual = Buffer.from(head.value);
  const isWhole = expected.length === actual.length && timingSafeEqual(expected, actual);
  return isWhole ? null : `The audit log does not end at line ${seq}, or was written without this RELAY_KEY.`;
}

/** Agents are never made without a line, so a store that has some once had a log. */
async function isUnused(store: Store): Promise<boolean> {
  return !(await store.selectFrom('agents').select('id').limit(1).executeTakeFirst());
}

/** Signs the end of the log with another key; for key rotation, after the log was verified. */
export async function resignHead(store: Store, relayKey: Buffer): Promise<void> {
  const last = await store.selectFrom('audit').select(['seq', 'hash']).orderBy('seq', 'desc').limit(1).executeTakeFirstOrThrow();
  const value = signHead(deriveKey(relayKey, 'audit-head'), last.seq, last.hash);
  await store.updateTable('state').set({ value }).where('name', '=', headName).execute();
}

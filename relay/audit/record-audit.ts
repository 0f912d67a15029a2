import { sql } from 'kysely';
import type { AuditAction, AuditDetail } from '../contract.ts';
import type { StoreDeps } from '../deps.ts';
import { deriveKey } from '../keys.ts';
import { refuseOtherKey } from '../store/key-check.ts';
import { writeState } from '../store/state.ts';
import { canonicalJson, hashOf, noHash, signHead } from './chain.ts';

export interface AuditEntry {
  /** `agent:<id>`, `device:<id>`, `relay` or `command-line`. */
  actor: string;
  action: AuditAction;
  /** What the action was done to: `agent:<id>`, `call:<id>`, … */
  subject: string;
  /** Small and free of secrets: it is shown to admins and exported. */
  detail?: Partial<Record<AuditDetail, unknown>>;
}

/** Row of `state` that holds the signed end of the log. */
export const headName = 'audit-head';

/**
 * Appends one line to the hash-chained log. With `{ ...deps, store: transaction }` it takes part in a transaction, so that
 * a write and its line are kept or lost together; lines are appended one at a time across relays (the head row is locked
 * until the commit).
 */
export async function recordAudit(deps: StoreDeps, entry: AuditEntry): Promise<void> {
  const { store, config, now } = deps;
  if (!store.isTransaction)
    return store.transaction().execute((transaction) => recordAudit({ ...deps, store: transaction }, entry));

  // Writing the head row first takes its lock: SQLite's writer lock, PostgreSQL's row lock.
  const keepAsIs = { value: sql<string>`state.value` };
  await store
    .insertInto('state')
    .values({ name: headName, value: '' })
    .onConflict((c) => c.column('name').doUpdateSet(keepAsIs))
    .execute();
  // A head signed with a key that was replaced meanwhile would make the log unverifiable for good.
  await refuseOtherKey(store, config.relayKey);
  const last = await store.selectFrom('audit').select(['seq', 'hash']).orderBy('seq', 'desc').limit(1).executeTakeFirst();
  const { actor, action, subject, detail = {} } = entry;
  const unsigned = {
    seq: (last?.seq ?? 0) + 1,
    at: now(),
    actor,
    action,
    subject,
    detail: canonicalJson(detail),
    previous_hash: last?.hash ?? noHash,
  };
  const hash = hashOf(unsigned);
  await store
    .insertInto('audit')
    .values({ ...unsigned, hash })
    .execute();
  const head = signHead(deriveKey(config.relayKey, 'audit-head'), unsigned.seq, hash);
  await writeState(store, headName, head);
}

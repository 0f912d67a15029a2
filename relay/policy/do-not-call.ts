import { setImmediate as giveWay } from 'node:timers/promises';
import { recordAudit } from '../audit/record-audit.ts';
import type { DoNotCallImport } from '../contract.ts';
import type { Deps } from '../deps.ts';
import { createLease } from '../history/lease.ts';
import { RelayError } from '../http/relay-error.ts';
import type { Store } from '../store/open-store.ts';
import type { DoNotCallTable } from '../store/tables.ts';
import { formatCsv } from './csv.ts';
import { companyTimeZone, localStamp } from './local-clock.ts';
import { readPolicy } from './policies.ts';
import { readNumberList } from './read-number-list.ts';
import { requireTypedNumber } from './read-typed-number.ts';

type Base = Pick<Deps, 'store' | 'config' | 'now'>;

/** Parameters of one statement are bounded in both engines (SQLite 32,766, PostgreSQL 65,535), and calls wait for each. */
const chunkSize = 1000;
/** Of the numbers that a new list leaves out, how many the audit log names. */
const mostTold = 100;
/** How long another import waits for one whose relay died. */
const leaseMs = 30_000;

/**
 * Takes the numbers of a list, see read-number-list.ts. `replace` then removes the others; it throws `no_number_found` where there is
 * text without any. A number that stood on the list keeps its date, and its reason unless the list gives another. Not one transaction,
 * in which calls would wait for a long list: an import that ends halfway leaves more numbers listed than before or after, never fewer,
 * and is made good by the next. Throws `version_conflict` while another runs.
 */
export async function importDoNotCall(deps: Base, csv: string, replace: boolean, actor: string): Promise<DoNotCallImport> {
  const { store, now } = deps;
  const added_at = now();
  const { reasons, unreadable } = await readNumberList(csv, deps.config.homeRegion);
  if (replace && reasons.size === 0 && csv.trim() !== '') throw new RelayError('no_number_found');

  const lease = createLease(store, 'do-not-call', leaseMs, now);
  const go = async () => {
    await giveWay();
    if (!(await lease.take())) throw new RelayError('version_conflict');
  };
  await go();
  try {
    const detail = { numbers: reasons.size, replace };
    await recordAudit(deps, { actor, action: 'do-not-call.import', subject: 'do-not-call', detail });
    const wished = reasons.size;
    const gone: string[] = [];
    let stood = 0;
    for await (const { number, reason } of readDoNotCall(store)) {
      const given = reasons.get(number);
      if (given === undefined) gone.push(number);
      else stood += 1;
      if (given === '' || given === reason) reasons.delete(number);
    }
    for (const chunk of chunksOf([...reasons])) {
      await go();
      await store
        .insertInto('do_not_call')
        .values(chunk.map(([number, reason]) => ({ number, reason, added_at })))
        .onConflict((c) => c.column('number').doUpdateSet((eb) => ({ reason: eb.ref('excluded.reason') })))
        .execute();
    }
    const removed = replace ? gone : [];
    if (removed.length > 0) {
      const told = { numbers: removed.length, removed: removed.slice(0, mostTold) };
      await recordAudit(deps, { actor, action: 'do-not-call.remove', subject: 'do-not-call', detail: told });
    }
    for (const numbers of chunksOf(removed)) {
      await go();
      await store.deleteFrom('do_not_call').where('number', 'in', numbers).execute();
    }
    return { added: wished - stood, removed: removed.length, unreadable };
  } finally {
    await lease.release();
  }
}

function* chunksOf<Item>(items: readonly Item[]): Generator<Item[]> {
  for (let start = 0; start < items.length; start += chunkSize) yield items.slice(start, start + chunkSize);
}

/** The whole list by number, read in pages. */
async function* readDoNotCall(store: Store): AsyncGenerator<DoNotCallTable> {
  for (let after = ''; ; ) {
    await giveWay();
    const page = await store
      .selectFrom('do_not_call')
      .selectAll()
      .where('number', '>', after)
      .orderBy('number')
      .limit(chunkSize)
      .execute();
    yield* page;
    const last = page.at(-1);
    if (!last || page.length < chunkSize) return;
    after = last.number;
  }
}

/** Throws `not_found` when the number, in whatever format, is not on the list, `number_invalid` when it is none. */
export async function removeDoNotCall(deps: Base, typed: string, actor: string): Promise<void> {
  const number = requireTypedNumber(typed, deps.config.homeRegion);
  await deps.store.transaction().execute(async (store) => {
    await recordAudit({ ...deps, store }, { actor, action: 'do-not-call.remove', subject: `number:${number}` });
    const removed = await store.deleteFrom('do_not_call').where('number', '=', number).executeTakeFirst();
    if (removed.numDeletedRows !== 1n) throw new RelayError('not_found');
  });
}

/** The list as CSV; when a number came onto it by the company's clocks, and in ISO 8601. */
export async function exportDoNotCall(deps: Base): Promise<string> {
  const { policy } = await readPolicy(deps);
  const stamp = localStamp(companyTimeZone(policy));
  const rows = [['number', 'reason', 'added', 'added_utc']];
  for await (const { number, reason, added_at } of readDoNotCall(deps.store))
    rows.push([number, reason, stamp(added_at), new Date(added_at).toISOString()]);
  return formatCsv(rows);
}

import { setImmediate as giveWay } from 'node:timers/promises';
import { recordAudit } from '../audit/record-audit.ts';
import type { DoNotCallImport } from '../contract.ts';
import type { StoreDeps } from '../deps.ts';
import { createLease } from '../history/lease.ts';
import { RelayError } from '../http/relay-error.ts';
import type { Store } from '../store/open-store.ts';
import type { DoNotCallTable } from '../store/tables.ts';
import { liftAsking } from './asked-not-to-call.ts';
import { formatCsv } from './csv.ts';
import { companyTimeZone, localStamp } from './local-clock.ts';
import { readPolicy } from './policies.ts';
import { readNumberList } from './read-number-list.ts';
import { requireTypedNumber } from './read-typed-number.ts';

/** Rows per statement: both engines limit its parameters (SQLite 32,766, PostgreSQL 65,535), and calls wait while it runs. */
const chunkSize = 1000;
/** How many of the numbers removed by a new list the audit log names. */
const mostTold = 100;
/** Lease of an import; another one may start after this time if the relay of the first died. */
const leaseMs = 30_000;

/**
 * Imports the numbers of a list, see read-number-list.ts. `replace` then removes all others; it throws `no_number_found` for a
 * text without any number. A number already on the list keeps its date, and its reason unless the new list gives one. It is not
 * one transaction, since calls would wait for a long list: new numbers are added before old ones are removed, so an import that
 * fails halfway never leaves too few, and repeating it completes it. Throws `version_conflict` while another import runs.
 */
export async function importDoNotCall(deps: StoreDeps, csv: string, replace: boolean, actor: string): Promise<DoNotCallImport> {
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

/** The whole list ordered by number, read in pages. */
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

/**
 * Removes a number given in any format. Throws `not_found` when it is not on the list, `number_invalid` when it is not a number.
 */
export async function removeDoNotCall(deps: StoreDeps, typed: string, actor: string): Promise<void> {
  const number = requireTypedNumber(typed, deps.config.homeRegion);
  await deps.store.transaction().execute(async (store) => {
    await recordAudit({ ...deps, store }, { actor, action: 'do-not-call.remove', subject: `number:${number}` });
    const removed = await store.deleteFrom('do_not_call').where('number', '=', number).executeTakeFirst();
    if (removed.numDeletedRows !== 1n) throw new RelayError('not_found');
    await liftAsking(store, number, deps.now());
  });
}

/** The list as CSV; the time at which a number was added is given in the company's time zone and in ISO 8601. */
export async function exportDoNotCall(deps: StoreDeps): Promise<string> {
  const { policy } = await readPolicy(deps);
  const stamp = localStamp(companyTimeZone(policy));
  const rows = [['number', 'reason', 'added', 'added_utc']];
  for await (const { number, reason, added_at } of readDoNotCall(deps.store))
    rows.push([number, reason, stamp(added_at), new Date(added_at).toISOString()]);
  return formatCsv(rows);
}

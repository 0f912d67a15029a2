import { recordAudit } from '../audit/record-audit.ts';
import type { DoNotCallImport } from '../contract.ts';
import type { Deps } from '../deps.ts';
import { RelayError } from '../http/relay-error.ts';
import type { Store } from '../store/open-store.ts';
import { formatCsv, parseCsv } from './csv.ts';
import { readTypedNumber } from './read-typed-number.ts';

type Base = Pick<Deps, 'store' | 'config' | 'now'>;

/** Parameters of one statement are bounded in both engines (SQLite 32,766, PostgreSQL 65,535). */
const chunkSize = 1000;

export async function isOnDoNotCallList(store: Store, number: string): Promise<boolean> {
  return Boolean(await store.selectFrom('do_not_call').select('number').where('number', '=', number).executeTakeFirst());
}

/**
 * Takes numbers from CSV: number in any format, then a reason if there is one. `replace` first empties the list. Lines that
 * hold no number are told by their number and left out.
 */
export async function importDoNotCall(deps: Base, csv: string, replace: boolean, actor: string): Promise<DoNotCallImport> {
  const at = deps.now();
  const rows = new Map<string, { number: string; reason: string; added_at: number }>();
  const unreadable: number[] = [];
  for (const [index, [cell = '', reason = '']] of parseCsv(csv).entries()) {
    const number = readTypedNumber(cell.trim(), deps.config.homeRegion);
    if (number) rows.set(number, { number, reason: reason.trim().slice(0, 200), added_at: at });
    // A first line without a digit is a heading.
    else if (/\d/.test(cell) || (index > 0 && cell.trim())) unreadable.push(index + 1);
  }
  const all = [...rows.values()];

  return deps.store.transaction().execute(async (store) => {
    const before = await countRows(store);
    await recordAudit(
      { ...deps, store },
      { actor, action: 'do-not-call.import', subject: 'do-not-call', detail: { numbers: all.length, replace } },
    );
    if (replace) await store.deleteFrom('do_not_call').execute();
    for (let start = 0; start < all.length; start += chunkSize) {
      await store
        .insertInto('do_not_call')
        .values(all.slice(start, start + chunkSize))
        .onConflict((c) => c.column('number').doUpdateSet((eb) => ({ reason: eb.ref('excluded.reason') })))
        .execute();
    }
    const after = await countRows(store);
    return { added: replace ? after : after - before, removed: replace ? before : 0, unreadable };
  });
}

/** Throws `not_found` when the number, in whatever format, is not on the list. */
export async function removeDoNotCall(deps: Base, typed: string, actor: string): Promise<void> {
  const number = readTypedNumber(typed, deps.config.homeRegion);
  if (!number) throw new RelayError('not_found');
  await deps.store.transaction().execute(async (store) => {
    await recordAudit({ ...deps, store }, { actor, action: 'do-not-call.remove', subject: `number:${number}` });
    const removed = await store.deleteFrom('do_not_call').where('number', '=', number).executeTakeFirst();
    if (removed.numDeletedRows !== 1n) throw new RelayError('not_found');
  });
}

export async function exportDoNotCall(store: Store): Promise<string> {
  const rows = await store.selectFrom('do_not_call').selectAll().orderBy('number').execute();
  return formatCsv([
    ['number', 'reason', 'added'],
    ...rows.map((row) => [row.number, row.reason, new Date(row.added_at).toISOString()]),
  ]);
}

async function countRows(store: Store): Promise<number> {
  const { count } = await store
    .selectFrom('do_not_call')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
}

import { recordAudit } from '../audit/record-audit.ts';
import type { DoNotCallImport } from '../contract.ts';
import type { Deps } from '../deps.ts';
import { foldText } from '../history/fold-text.ts';
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
 * Takes numbers from CSV: numbers in any format, and reasons, in the columns headed so, else in the column that holds most
 * numbers and the one after it. `replace` first empties the list. Rows without a number are told by their number and left out.
 */
export async function importDoNotCall(deps: Base, csv: string, replace: boolean, actor: string): Promise<DoNotCallImport> {
  const at = deps.now();
  const rows = new Map<string, { number: string; reason: string; added_at: number }>();
  const unreadable: number[] = [];
  const table = parseCsv(csv);
  const columns = findColumns(table, deps.config.homeRegion);
  for (const [index, cells] of table.entries()) {
    const [cell = '', reason = ''] = [cells[columns.number], cells[columns.reason]];
    const number = readTypedNumber(cell, deps.config.homeRegion);
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

const numberHeading =
  /^(phone|mobile|tel|telephone|number|sdt|dien thoai|di dong|thue bao|so (dien thoai|di dong|dt|may|thue bao)|so$)\b/;
const reasonHeading = /^(reason|notes?|comments?|ly do|ghi chu)\b/;
/** The shortest of a person's numbers: what is shorter may count the rows. */
const fewestDigits = 7;

function findColumns(table: string[][], homeRegion: string): { number: number; reason: number } {
  const headings =
    table[0]?.map((cell) =>
      foldText(cell)
        .replace(/[^a-z]+/g, ' ')
        .trim(),
    ) ?? [];
  const headed = headings.findIndex((heading) => numberHeading.test(heading));
  const number = headed >= 0 ? headed : mostNumbers(table.slice(0, 1000), homeRegion);
  const reason = headings.findIndex((heading) => reasonHeading.test(heading));
  return { number, reason: reason >= 0 ? reason : number + 1 };
}

function mostNumbers(table: string[][], homeRegion: string): number {
  const counts = Array.from({ length: Math.max(0, ...table.map((cells) => cells.length)) }, () => 0);
  for (const cells of table)
    for (const [column, cell] of cells.entries())
      if (cell.replace(/\D/g, '').length >= fewestDigits && readTypedNumber(cell, homeRegion))
        counts[column] = (counts[column] as number) + 1;
  return Math.max(0, counts.indexOf(Math.max(...counts)));
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

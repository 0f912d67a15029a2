import { setImmediate as giveWay } from 'node:timers/promises';
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
 * numbers and the one after it. `replace` first empties the list; it throws `no_number_found` where there is text without any.
 * Rows without a number, or with digits that are none, are told by their number.
 */
export async function importDoNotCall(deps: Base, csv: string, replace: boolean, actor: string): Promise<DoNotCallImport> {
  const at = deps.now();
  const rows = new Map<string, { number: string; reason: string; added_at: number }>();
  const unreadable: number[] = [];
  const table = parseCsv(csv);
  const columns = findColumns(table, deps.config.homeRegion);
  for (const [index, cells] of table.entries()) {
    // Reading numbers takes long, and calls must not wait for all of them.
    if (index % chunkSize === 0) await giveWay();
    const reason = (cells[columns.reason] ?? '').trim().slice(0, 200);
    const typed = columns.numbers.map((column) => cells[column]?.trim() ?? '').filter(Boolean);
    const read = typed.map((cell) => ({ cell, number: readListed(cell, deps.config.homeRegion) }));
    for (const { number } of read) if (number) rows.set(number, { number, reason, added_at: at });
    const hasNone = read.every(({ number }) => !number) && typed.length > 0;
    // A first line without a digit is a heading.
    const isHeading = index === 0 && !typed.some((cell) => /\d/.test(cell) && !isNumberHeading(cell));
    if ((hasNone && !isHeading) || read.some(({ cell, number }) => !number && digitsOf(cell) >= fewestDigits))
      unreadable.push(index + 1);
  }
  const all = [...rows.values()];
  if (replace && all.length === 0 && csv.trim() !== '') throw new RelayError('no_number_found');

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
const otherHeading = /^number of\b/;
const reasonHeading = /^(reason|notes?|comments?|ly do|ghi chu)\b/;
/** The shortest of a person's numbers: what is shorter counts the rows, or lost some of its digits. */
const fewestDigits = 7;

function findColumns(table: string[][], homeRegion: string): { numbers: number[]; reason: number } {
  const [first = []] = table;
  const marked = first.flatMap((cell, column) => (isNumberHeading(cell) ? [column] : []));
  const numbers = marked.length > 0 ? marked : [mostNumbers(table.slice(0, 1000), homeRegion)];
  const reason = first.findIndex((cell) => reasonHeading.test(headingOf(cell)));
  return { numbers, reason: reason >= 0 ? reason : Math.max(...numbers) + 1 };
}

function headingOf(cell: string): string {
  return foldText(cell)
    .replace(/[^a-z]+/g, ' ')
    .trim();
}

function isNumberHeading(cell: string): boolean {
  return numberHeading.test(headingOf(cell)) && !otherHeading.test(headingOf(cell));
}

function mostNumbers(table: string[][], homeRegion: string): number {
  const counts = Array.from({ length: Math.max(0, ...table.map((cells) => cells.length)) }, () => 0);
  for (const cells of table)
    for (const [column, cell] of cells.entries())
      if (readListed(cell, homeRegion)) counts[column] = (counts[column] as number) + 1;
  return Math.max(0, counts.indexOf(Math.max(...counts)));
}

function readListed(cell: string, homeRegion: string): string | null {
  return digitsOf(cell) >= fewestDigits ? readTypedNumber(cell, homeRegion) : null;
}

function digitsOf(cell: string): number {
  return cell.normalize('NFKC').replace(/\D/g, '').length;
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

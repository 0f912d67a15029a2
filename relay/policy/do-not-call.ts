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
 * Takes numbers from CSV: numbers in any format, from every column headed so, else from every column that mostly holds numbers;
 * reasons from the column headed so, else from the one after the numbers. `replace` first empties the list; it throws
 * `no_number_found` where there is text without any. Rows of which not every number was taken, or none, are told by their number.
 */
export async function importDoNotCall(deps: Base, csv: string, replace: boolean, actor: string): Promise<DoNotCallImport> {
  const at = deps.now();
  const rows = new Map<string, { number: string; reason: string; added_at: number }>();
  const unreadable: number[] = [];
  const table = parseCsv(csv);
  const read = await readCells(table, deps.config.homeRegion);
  const columns = findColumns(table, read);
  for (const [index, cells] of table.entries()) {
    const found = read[index] ?? [];
    const reason = (cells[columns.reason] ?? '').trim().slice(0, 200);
    const listed = found.filter((number, column) => number !== null && columns.numbers.has(column)) as string[];
    for (const number of listed) rows.set(number, { number, reason, added_at: at });
    const isLeftOut = (cell: string, column: number) =>
      columns.numbers.has(column)
        ? found[column] === null && digitsOf(cell) >= fewestDigits
        : found[column] !== null && digitsOf(cell) >= fewestOutside;
    const hasNone = listed.length === 0 && cells.some((cell) => cell.trim() !== '');
    if ((hasNone && !(index === 0 && isHeading(cells, found, columns.numbers))) || cells.some(isLeftOut))
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
  /phones?\b|\b(mobile|cell|tel|sdt|dien thoai|di dong|thue bao)\b|\b(contact|home|work|office|other) number\b|\bso (dt|may|lien (he|lac))\b|\bdt (nha|ban|co quan|khac)\b|^(number|so$)/;
const otherHeading = /\b(number of|so (lan|cuoc|luong))\b/;
const reasonHeading = /^(reason|notes?|comments?|ly do|ghi chu)\b/;
/** The shortest of a person's numbers: what is shorter counts the rows, or lost some of its digits. */
const fewestDigits = 7;
/** Where no numbers are looked for, what is shorter may be a date or a sum. */
const fewestOutside = 9;

/** Of each cell the number that it is. */
async function readCells(table: string[][], homeRegion: string): Promise<(string | null)[][]> {
  const read: (string | null)[][] = [];
  let turn = 0;
  for (const cells of table) {
    const numbers: (string | null)[] = [];
    for (const cell of cells) {
      // Reading numbers takes long, and calls must not wait for all of them.
      if (turn++ % chunkSize === 0) await giveWay();
      numbers.push(digitsOf(cell) >= fewestDigits ? readTypedNumber(cell, homeRegion) : null);
    }
    read.push(numbers);
  }
  return read;
}

function findColumns(table: string[][], read: (string | null)[][]): { numbers: ReadonlySet<number>; reason: number } {
  const [first = []] = table;
  const marked = first.flatMap((cell, column) => (isNumberHeading(cell) ? [column] : []));
  const numbers = marked.length > 0 ? marked : columnsOfNumbers(table, read);
  const reason = first.findIndex((cell) => reasonHeading.test(headingOf(cell)));
  return { numbers: new Set(numbers), reason: reason >= 0 ? reason : (numbers.at(-1) ?? 0) + 1 };
}

/** A first line without a number, whose cells above the numbers have a digit only where they head them: `Phone 2`. */
function isHeading(cells: string[], found: (string | null)[], columns: ReadonlySet<number>): boolean {
  return cells.every(
    (cell, column) => found[column] === null && (!columns.has(column) || !/\d/.test(cell) || isNumberHeading(cell)),
  );
}

function headingOf(cell: string): string {
  return foldText(cell)
    .replace(/[^a-z]+/g, ' ')
    .trim();
}

function isNumberHeading(cell: string): boolean {
  return numberHeading.test(headingOf(cell)) && !otherHeading.test(headingOf(cell));
}

/** Those of whose cells half at least are numbers, or else the one that holds most. */
function columnsOfNumbers(table: string[][], read: (string | null)[][]): number[] {
  const filled: number[] = [];
  const counts: number[] = [];
  for (const [index, cells] of table.entries())
    for (const [column, cell] of cells.entries()) {
      filled[column] = (filled[column] ?? 0) + (cell.trim() === '' ? 0 : 1);
      counts[column] = (counts[column] ?? 0) + (read[index]?.[column] ? 1 : 0);
    }
  const mostly = counts.flatMap((count, column) => (count > 0 && 2 * count >= (filled[column] ?? 0) ? [column] : []));
  if (mostly.length > 0) return mostly;
  return [counts.reduce((most, count, column) => (count > (counts[most] ?? 0) ? column : most), 0)];
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

import { setImmediate as giveWay } from 'node:timers/promises';
import type { DoNotCallImport } from '../contract.ts';
import { foldText } from '../history/fold-text.ts';
import { type CsvRow, parseCsv } from './csv.ts';
import { readTypedNumber } from './read-typed-number.ts';

interface NumberList {
  /** Reason by number; empty if none is given. */
  reasons: Map<string, string>;
  /** Rows of which no number, or not every number, was taken. */
  unreadable: DoNotCallImport['unreadable'];
}

interface ReadRow extends CsvRow {
  /** For each cell its number; null if the cell is not a number, undefined if it has too few digits for one. */
  numbers: (string | null | undefined)[];
}

/** Cells processed before yielding to other work: calls must not wait for a whole list. */
const cellsInTurn = 1000;

/**
 * Reads numbers in any format from CSV: from every column with a number heading, else from every column that mostly holds
 * numbers. Reasons come from the column with a reason heading, else from the one after the numbers.
 */
export async function readNumberList(csv: string, homeRegion: string): Promise<NumberList> {
  const table = await readTable(csv, homeRegion);
  const columns = await findColumns(table);
  const reasons: NumberList['reasons'] = new Map();
  const unreadable: NumberList['unreadable'] = [];
  for (const [index, row] of table.entries()) {
    if (index % cellsInTurn === 0) await giveWay();
    const { cells, numbers, line, end } = row;
    const listed = numbers.filter((number, column) => typeof number === 'string' && columns.numbers.has(column)) as string[];
    const reason = (cells[columns.reason] ?? '').trim().slice(0, 200);
    for (const number of listed) reasons.set(number, reason || (reasons.get(number) ?? ''));
    const isLeftOut = (number: ReadRow['numbers'][number], column: number) =>
      columns.numbers.has(column) ? number === null : number && digitsOf(cells[column] ?? '') >= fewestOutside;
    const hasNone = listed.length === 0 && cells.some((cell) => cell.trim() !== '');
    if ((hasNone && !(index === 0 && isHeading(row, columns.numbers))) || numbers.some(isLeftOut))
      unreadable.push(end > line ? { line, end } : { line });
  }
  return { reasons, unreadable };
}

const numberHeading =
  /phones?\b|\b(mobile|cell|tel|sdt|dien thoai|di dong|thue bao)\b|\b(contact|home|work|office|other) number\b|\bso (dt|may|lien (he|lac))\b|\bdt (nha|ban|co quan|khac)\b|^(number|so$)/;
const otherHeading = /\b(number of|so (lan|cuoc|luong))\b/;
const reasonHeading = /^(reason|notes?|comments?|ly do|ghi chu)\b/;
/** Fewest digits of a subscriber's number: a shorter one is a row count, or a number that lost digits. */
const fewestDigits = 7;
/** Fewest digits of a number outside the number columns, where a shorter one may be a date or an amount. */
const fewestOutside = 9;

async function readTable(csv: string, homeRegion: string): Promise<ReadRow[]> {
  const read: ReadRow[] = [];
  let turn = 0;
  for (const row of parseCsv(csv)) {
    const numbers: ReadRow['numbers'] = [];
    for (const cell of row.cells) {
      if (turn++ % cellsInTurn === 0) await giveWay();
      numbers.push(digitsOf(cell) >= fewestDigits ? readTypedNumber(cell, homeRegion) : undefined);
    }
    read.push({ ...row, numbers });
  }
  return read;
}

async function findColumns(table: readonly ReadRow[]): Promise<{ numbers: ReadonlySet<number>; reason: number }> {
  const first = table[0]?.cells ?? [];
  const marked = first.flatMap((cell, column) => (isNumberHeading(cell) ? [column] : []));
  const numbers = marked.length > 0 ? marked : await columnsOfNumbers(table);
  const reason = first.findIndex((cell) => reasonHeading.test(headingOf(cell)));
  return { numbers: new Set(numbers), reason: reason >= 0 ? reason : (numbers.at(-1) ?? 0) + 1 };
}

/**
 * Whether a row is the heading: it has no number, and cells above number columns contain a digit only as part of a heading such
 * as `Phone 2`.
 */
function isHeading({ cells, numbers }: ReadRow, columns: ReadonlySet<number>): boolean {
  return cells.every((cell, column) => !numbers[column] && (!columns.has(column) || !/\d/.test(cell) || isNumberHeading(cell)));
}

function headingOf(cell: string): string {
  return foldText(cell)
    .replace(/[^a-z]+/g, ' ')
    .trim();
}

function isNumberHeading(cell: string): boolean {
  return numberHeading.test(headingOf(cell)) && !otherHeading.test(headingOf(cell));
}

/** Columns in which at least half of the filled cells are numbers, or else the one with the most numbers. */
async function columnsOfNumbers(table: readonly ReadRow[]): Promise<number[]> {
  const filled: number[] = [];
  const counts: number[] = [];
  for (const [index, { cells, numbers }] of table.entries()) {
    if (index % cellsInTurn === 0) await giveWay();
    for (const [column, cell] of cells.entries()) {
      filled[column] = (filled[column] ?? 0) + (cell.trim() === '' ? 0 : 1);
      counts[column] = (counts[column] ?? 0) + (numbers[column] ? 1 : 0);
    }
  }
  const mostly = counts.flatMap((count, column) => (count > 0 && 2 * count >= (filled[column] ?? 0) ? [column] : []));
  if (mostly.length > 0) return mostly;
  return [counts.reduce((most, count, column) => (count > (counts[most] ?? 0) ? column : most), 0)];
}

function digitsOf(cell: string): number {
  return cell.normalize('NFKC').replace(/\D/g, '').length;
}

import { childrenOf } from './children-of.ts';
import { kindOf } from './element-kinds.ts';
import { callOn } from './property-of.ts';

/** Column labels of tables and grids, by the parent element of the rows; kept during one reading of the page. */
export type HeaderCache = Map<Element, readonly string[]>;

const LONGEST_LABEL = 60;
/** Most wrappers around a value before its label is found as their sibling. */
const MOST_WRAPS = 3;
/** The same where each row of a grid is a table of its own. */
const MOST_AROUND = 6;
const MOST_HEADER_ROWS = 4;
/** Beyond this many cells in a grid without rows the column of a cell is not counted. */
const MOST_CELLS = 400;
export const grids = '[role$="grid"],[role="table"]';
const ofCountries = /^\s*(?:country|nation$|quốc gia|nước$|pays|land$|pa[ií]s|paese|국가|国|國)/i;

/**
 * The labels that the page gives a block from outside, one per line, the most important first: the headers of its column and
 * row, the line above it, or the element before it unless that is a value of the same kind (labels of forms, cards and rows).
 * @param isAlone whether the block is a single value, not a row of several
 */
export function fieldLabelOf(block: Node, headers: HeaderCache, isAlone = true, above?: string): string | undefined {
  const element = block.nodeType === 11 ? (block as ShadowRoot).host : (block as Element);
  const column = ofColumn(element, headers);
  if (column && above) return `${column}\n${above}`;
  return column || above || (isAlone ? beside(element) : undefined);
}

/** The label of a field: its own, or the text before it. */
export function labelOfInput(input: HTMLInputElement): string | undefined {
  const own = input.labels?.[0];
  return own ? shortText(own) : input.ariaLabel || beside(input);
}

/** The trimmed text if it may be a label: short, and without three digits in a row. */
export function asLabel(text: string): string | undefined {
  const label = text.trim();
  return label.length <= LONGEST_LABEL && !/\d{3}/.test(label) ? label : undefined;
}

/** The country in the country column of the row that a block is in. */
export function countryOf(block: Node, headers: HeaderCache): string | undefined {
  const cell = block.nodeType === 1 ? cellAround(block as Element) : null;
  const column = cell ? columnsAround(cell, headers).findIndex((name) => ofCountries.test(name)) : -1;
  if (!cell || column < 0) return undefined;
  const isCounted = cell.ariaColIndex && !isTableCell(cell);
  return (isCounted ? cellBeside(cell, column + 1) : cell.parentElement?.children[column])?.textContent ?? undefined;
}

/** The cell of a grid in the same row, by column index: pinned columns may stand in rows of their own with the same row index. */
function cellBeside(cell: Element, column: number): Element | null | undefined {
  const row = cell.closest('[role="row"]');
  const sought = `[aria-colindex="${column}"]`;
  return row?.querySelector(sought) ?? row?.closest(grids)?.querySelector(`[aria-rowindex="${row.ariaRowIndex}"] ${sought}`);
}

function ofColumn(block: Element, headers: HeaderCache): string | undefined {
  const cell = cellAround(block);
  // A cell that spans columns does not belong to the first of them.
  if (!cell || (isTableCell(cell) && cell.colSpan > 1)) return ofPlace(block);
  const columns = columnsAround(cell, headers);
  if (columns.length === 0) return undefined;
  const column = columns[isTableCell(cell) ? cell.cellIndex : columnInGrid(cell, columns.length)];
  // Where each column is about a person or a place, the row headers name the values.
  const first = cell.parentElement?.firstElementChild as Element;
  return column && first.localName === 'th' ? `${column}\n${shortText(first) ?? ''}` : column;
}

function cellAround(block: Element): Element | null {
  return callOn(block, 'closest', 'td,[role$="cell"]');
}

function isTableCell(element: Element): element is HTMLTableCellElement {
  return element.localName === 'td';
}

function columnsAround(cell: Element, headers: HeaderCache): readonly string[] {
  const rows = cell.parentElement?.parentElement;
  if (!rows) return [];
  let columns = headers.get(rows);
  if (!columns) {
    columns = isTableCell(cell) ? columnsAbove(rows.closest('table')) : columnsOfGrid(cell.closest(grids) ?? rows);
    headers.set(rows, columns);
  }
  return columns;
}

function columnsAbove(table: HTMLTableElement | null): string[] {
  const columns = table ? columnsOfTable(table) : [];
  return table && columns.length === 0 ? columnsApart(table) : columns;
}

/** Labels from the header rows at the top of a table; a header that spans several columns says too little about each. */
function columnsOfTable({ rows }: HTMLTableElement, apart?: HTMLTableElement): string[] {
  const columns: string[] = [];
  /** By column, the first row that is not taken by a cell spanning down from above. */
  const free: number[] = [];
  for (let at = 0; at < MOST_HEADER_ROWS; at++) {
    const cells = [...(rows[at]?.cells ?? [])];
    const next = (rows[at + 1] ?? apart?.rows[0])?.cells;
    // Old tables have no `th`, but a first row with other classes or with names; spreadsheets have a row of letters above it.
    const mayName = next && cells[2]?.localName === 'td' && columns.every((column) => column.length < 2);
    const isHead = (cell: Element, index: number) =>
      cell.localName === 'th' ||
      cell.parentElement?.parentElement?.localName === 'thead' ||
      (mayName && (cell.className !== next[index]?.className || (rows[1] && shortText(cell))));
    if (!cells.every(isHead)) break;
    let column = 0;
    for (const cell of cells) {
      while ((free[column] ?? 0) > at) column++;
      for (let span = cell.colSpan; span > 0; span--) {
        columns[column] = (cell.colSpan < 2 && shortText(cell)) || columns[column] || '';
        free[column++] = at + cell.rowSpan;
      }
    }
  }
  return columns;
}

/** Labels from a separate header table nearby with as many columns, which stays in place while this one scrolls. */
function columnsApart(table: HTMLTableElement): string[] {
  // Further up the tree a table is unrelated, unless each row is a table of its own.
  const most = table.rows[1] ? MOST_WRAPS : MOST_AROUND;
  for (let around = table.parentElement, wraps = 0; around && wraps < most; around = around.parentElement, wraps++) {
    const columns = columnsOfTable(around.querySelector('table') as HTMLTableElement, table);
    if (columns.length === table.rows[0]?.cells.length) return columns;
  }
  return [];
}

/** For rows without table markup: a first row with as many children and another class labels the child at the same index. */
function ofPlace(block: Element): string | undefined {
  for (let at = block, row = at.parentElement, wraps = 0; row && wraps < MOST_WRAPS; at = row, row = at.parentElement, wraps++) {
    const head = row.parentElement?.firstElementChild;
    const count = row.childElementCount;
    if (count > 2)
      return head?.childElementCount === count && head.className !== row.className
        ? shortText([...childrenOf(head)][[...childrenOf(row)].indexOf(at)] as Element)
        : undefined;
  }
  return undefined;
}

/** www.w3.org/TR/wai-aria-1.2, grids and tables: columns are numbered by `aria-colindex`, from 1, or else by their order. */
function columnsOfGrid(grid: Element): string[] {
  const columns: string[] = [];
  for (const [at, head] of [...grid.querySelectorAll('[role="columnheader"]')].entries())
    columns[Number(head.ariaColIndex ?? at + 1) - 1] = shortText(head) ?? '';
  return columns;
}

/** Cells may be grouped in rows, or all be siblings in the grid. */
function columnInGrid(cell: Element, columns: number): number {
  let index = Number(cell.ariaColIndex) - 1;
  for (let at: Element | null = index < 0 ? cell : null; at && /cell|rowh/.test(at.role ?? ''); at = at.previousElementSibling)
    if (++index > MOST_CELLS) return Number.NaN;
  return index % columns;
}

/** Short text of the element before this one, or before a wrapper it is first in, unless that is a value of the same kind. */
function beside(value: Element): string | undefined {
  let at = value;
  // Few children: perhaps a button or an icon besides the text.
  const holds = (around: Element | null) => around && around.childElementCount < 3;
  for (let wraps = 0; wraps < MOST_WRAPS && !at.previousElementSibling && holds(at.parentElement); wraps++)
    at = at.parentElement as Element;
  const before = at.previousElementSibling;
  // A heading names everything below it, not one value.
  const isText = before && /block|inline/.test(kindOf(before)) && !/^h\d/.test(before.localName) && holds(before);
  return isText && (before.localName !== at.localName || before.className !== at.className || isPair(at))
    ? shortText(before)
    : undefined;
}

/** Whether an element is the value of a label–value pair: one pair among similar ones, or a table row made of pairs of cells. */
function isPair(value: Element): boolean {
  const row = value.parentElement as Element;
  const count = row.childElementCount;
  if (isTableCell(value)) return value.cellIndex % 2 === 1 && count % 2 === 0;
  const beside = row.previousElementSibling ?? row.nextElementSibling;
  return count === 2 && beside?.childElementCount === 2 && beside.className === row.className;
}

export function shortText(element: Element): string | undefined {
  return asLabel(element.textContent ?? '');
}

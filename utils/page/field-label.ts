import { childrenOf } from './children-of.ts';
import { kindOf } from './element-kinds.ts';

/** The labels of the columns of a table or grid, by what holds its rows, for as long as one reading of the page lasts. */
export type HeaderCache = Map<Element, readonly string[]>;

const LONGEST_LABEL = 60;
/** Elements in a label: icons, stars. */
const MOST_PARTS = 8;
/** A value is wrapped so many times at most until the label stands beside it. */
const MOST_WRAPS = 3;
/** The rows of a grid may be tables of their own. */
const MOST_AROUND = 6;
const MOST_HEADER_ROWS = 4;
/** Further on in a grid without rows no cell is counted to its column. */
const MOST_CELLS = 400;
const ofCountries = /^\s*(?:country|nation$|quốc gia|nước$|pays|land$|pa[ií]s|paese|국가|国|國)/i;

/**
 * What the page says about the text of a block from outside, a line each, what counts most first: the header of its column and of
 * its row, the line above, or what stands before it and is no value of the same kind, as labels of forms, cards and rows do.
 * @param isAlone whether it is one value, and no row of several
 */
export function fieldLabelOf(block: Node, headers: HeaderCache, isAlone = true, above?: string): string | undefined {
  const element = block.nodeType === 11 ? (block as ShadowRoot).host : (block as Element);
  const column = ofColumn(element, headers);
  if (column && above) return `${column}\n${above}`;
  return column || above || (isAlone ? beside(element) : undefined);
}

/** The label of a field: its own, or what stands before it. */
export function labelOfInput(input: HTMLInputElement): string | undefined {
  const own = input.labels?.[0];
  return own ? shortText(own) : input.ariaLabel || beside(input);
}

/** A text, if it may be a label. */
export function asLabel(text: string): string | undefined {
  const label = text.trim();
  return label.length <= LONGEST_LABEL && !/\d{3}/.test(label) ? label : undefined;
}

/** The country of the row that a block is in, as the column of countries names it. */
export function countryOf(block: Node, headers: HeaderCache): string | undefined {
  const cell = block.nodeType === 1 ? cellAround(block as Element) : null;
  const column = cell ? columnsAround(cell, headers).findIndex((name) => ofCountries.test(name)) : -1;
  return cell?.parentElement?.children[column]?.textContent ?? undefined;
}

function ofColumn(block: Element, headers: HeaderCache): string | undefined {
  const cell = cellAround(block);
  // One that spans columns is no value of the first.
  if (!cell || (isTableCell(cell) && cell.colSpan > 1)) return ofPlace(block);
  const columns = columnsAround(cell, headers);
  if (columns.length === 0) return undefined;
  const column = columns[isTableCell(cell) ? cell.cellIndex : columnInGrid(cell, columns.length)];
  // Where columns are someone's or some place's, the rows say what is told of them.
  const first = cell.parentElement?.firstElementChild as Element;
  return column && first.localName === 'th' ? `${column}\n${shortText(first) ?? ''}` : column;
}

function cellAround(block: Element): Element | null {
  return isTableCell(block) ? block : block.closest('td,[role$="cell"]');
}

function isTableCell(element: Element): element is HTMLTableCellElement {
  return element.localName === 'td';
}

function columnsAround(cell: Element, headers: HeaderCache): readonly string[] {
  const rows = cell.parentElement?.parentElement;
  if (!rows) return [];
  let columns = headers.get(rows);
  if (!columns) {
    columns = isTableCell(cell)
      ? columnsAbove(rows.closest('table'))
      : columnsOfGrid(cell.closest('[role$="grid"],[role="table"]') ?? rows);
    headers.set(rows, columns);
  }
  return columns;
}

function columnsAbove(table: HTMLTableElement | null): string[] {
  const columns = table ? columnsOfTable(table) : [];
  return table && columns.length === 0 ? columnsApart(table) : columns;
}

/** Of the rows that the table begins with and that name columns; a header over several says too little about each. */
function columnsOfTable({ rows }: HTMLTableElement, apart?: HTMLTableElement): string[] {
  const columns: string[] = [];
  /** The first row in which a column is free again. */
  const free: number[] = [];
  for (let at = 0; at < MOST_HEADER_ROWS; at++) {
    const cells = [...(rows[at]?.cells ?? [])];
    const next = (rows[at + 1] ?? apart?.rows[0])?.cells;
    // Old tables have no `th`, but a first row of another look or of names; spreadsheets letters above it.
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

/** Of a table that stays while this one, which stands near it with as many columns, is scrolled. */
function columnsApart(table: HTMLTableElement): string[] {
  // Further away stands some other table, but for rows that are tables of their own.
  const most = table.rows[1] ? MOST_WRAPS : MOST_AROUND;
  for (let around = table.parentElement, wraps = 0; around && wraps < most; around = around.parentElement, wraps++) {
    const columns = columnsOfTable(around.querySelector('table') as HTMLTableElement, table);
    if (columns.length === table.rows[0]?.cells.length) return columns;
  }
  return [];
}

/** Of rows that say nothing of being any: the first one, built alike and of another look, names what stands at the same place. */
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

/** www.w3.org/TR/wai-aria-1.2, grids and tables: columns are counted by `aria-colindex`, from 1, or as they follow each other. */
function columnsOfGrid(grid: Element): string[] {
  const columns: string[] = [];
  for (const [at, head] of [...grid.querySelectorAll('[role="columnheader"]')].entries())
    columns[Number(head.ariaColIndex ?? at + 1) - 1] = shortText(head) ?? '';
  return columns;
}

/** Cells may follow each other in rows, or all of them in the grid. */
function columnInGrid(cell: Element, columns: number): number {
  let index = Number(cell.ariaColIndex) - 1;
  for (let at: Element | null = index < 0 ? cell : null; at && /cell|rowh/.test(at.role ?? ''); at = at.previousElementSibling)
    if (++index > MOST_CELLS) return Number.NaN;
  return index % columns;
}

/** What stands before an element, or before what holds nothing else before it, and is of another kind. */
function beside(value: Element): string | undefined {
  let at = value;
  // With a button or an icon.
  const holds = (around: Element | null) => around && around.childElementCount < 3;
  for (let wraps = 0; wraps < MOST_WRAPS && !at.previousElementSibling && holds(at.parentElement); wraps++)
    at = at.parentElement as Element;
  const before = at.previousElementSibling;
  // Headings name what is below them as a whole.
  const isText = before && /block|inline/.test(kindOf(before)) && !/^h\d/.test(before.localName) && holds(before);
  return isText && (before.localName !== at.localName || before.className !== at.className || isPair(at))
    ? shortText(before)
    : undefined;
}

/** The second of a pair among others alike, or of a row of pairs of cells, the first of which says what it is. */
function isPair(value: Element): boolean {
  const row = value.parentElement as Element;
  const count = row.childElementCount;
  if (isTableCell(value)) return value.cellIndex % 2 === 1 && count % 2 === 0;
  const beside = row.previousElementSibling ?? row.nextElementSibling;
  return count === 2 && beside?.childElementCount === 2 && beside.className === row.className;
}

function shortText(element: Element): string | undefined {
  // Most labels are a text alone.
  const parts = element.firstElementChild ? element.getElementsByTagName('*').length : 0;
  return parts > MOST_PARTS ? undefined : asLabel(element.textContent ?? '');
}

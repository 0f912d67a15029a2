import { kindOf } from './element-kinds.ts';

/** The labels of the columns of a table or grid, by it, for as long as one reading of the page lasts. */
export type HeaderCache = Map<Element, readonly string[]>;

const LONGEST_LABEL = 60;
/** Elements in a label: icons, stars. */
const MOST_PARTS = 8;
/** A value is wrapped so many times at most until the label stands beside it. */
const MOST_WRAPS = 3;
const MOST_HEADER_ROWS = 4;
/** Further on in a grid without rows no cell is counted to its column. */
const MOST_CELLS = 400;

/**
 * What the page says about the text of a block from outside: the header of its column, or what stands before it and is no value
 * of the same kind, as labels of forms, cards and rows do.
 */
export function fieldLabelOf(block: Node, headers: HeaderCache): string | undefined {
  return block.nodeType === 1 ? ofColumn(block as Element, headers) || beside(block as Element) : undefined;
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

function ofColumn(block: Element, headers: HeaderCache): string | undefined {
  const cell = block.closest('td,[role$="cell"]');
  const grid = cell?.closest(cell.localName === 'td' ? 'table' : '[role$="grid"],[role="table"]');
  if (!cell || !grid) return undefined;
  let columns = headers.get(grid);
  if (!columns) {
    columns = cell.localName === 'td' ? columnsOfTable(grid as HTMLTableElement) : columnsOfGrid(grid);
    headers.set(grid, columns);
  }
  return columns[cell.localName === 'td' ? (cell as HTMLTableCellElement).cellIndex : columnInGrid(cell, columns.length)];
}

/** Of the rows that the table begins with and that name columns; a header over several says too little about each. */
function columnsOfTable({ rows }: HTMLTableElement): string[] {
  const columns: string[] = [];
  /** The first row in which a column is free again. */
  const free: number[] = [];
  for (const [at, { cells }] of [...rows].slice(0, MOST_HEADER_ROWS).entries()) {
    if (![...cells].every(({ localName }) => localName === 'th')) break;
    let column = 0;
    for (const cell of cells) {
      while ((free[column] ?? 0) > at) column++;
      for (let span = cell.colSpan; span > 0; span--, column++) {
        columns[column] = (cell.colSpan === 1 && shortText(cell)) || '';
        free[column] = at + cell.rowSpan;
      }
    }
  }
  return columns;
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
  for (let wraps = 0; wraps < MOST_WRAPS && !at.previousElementSibling && at.parentElement; wraps++) at = at.parentElement;
  const before = at.previousElementSibling;
  const isText = before && /block|inline/.test(kindOf(before));
  return isText && (before.localName !== at.localName || before.className !== at.className) ? shortText(before) : undefined;
}

function shortText(element: Element): string | undefined {
  return element.getElementsByTagName('*').length > MOST_PARTS ? undefined : asLabel(element.textContent ?? '');
}

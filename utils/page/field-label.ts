/** The labels of a table's columns by the table, for as long as one reading of the page lasts. */
export type HeaderCache = Map<Element, readonly string[]>;

const none: readonly string[] = [];
const LONGEST_LABEL = 60;

/** What the page says about the text of a block from outside: its column's header, or the term or label it stands for. */
export function fieldLabelOf(block: Node, headers: HeaderCache): string | undefined {
  const cell = block as HTMLTableCellElement;
  if (cell.localName === 'td') {
    const table = cell.closest('table');
    const columns = table ? columnsOf(table, headers) : none;
    return columns.length > 0 ? columns[cell.cellIndex] : undefined;
  }
  if (cell.localName !== 'dd') return undefined;
  const term = cell.previousElementSibling;
  return term?.localName === 'dt' ? short(term) : undefined;
}

/** Of the first row, when it names the columns one by one; a header over several says too little about each. */
function columnsOf(table: HTMLTableElement, headers: HeaderCache): readonly string[] {
  const known = headers.get(table);
  if (known) return known;
  const cells = [...(table.rows[0]?.cells ?? [])];
  const named = cells.length > 1 && cells.every((cell) => cell.localName === 'th' && cell.colSpan === 1);
  const columns = named ? cells.map((cell) => short(cell) ?? '') : none;
  headers.set(table, columns);
  return columns;
}

function short(element: Element): string | undefined {
  const text = element.textContent?.trim() ?? '';
  return text.length <= LONGEST_LABEL ? text : undefined;
}

export interface CsvRow {
  cells: string[];
  /** Of the text, from 1: a quoted cell may hold line breaks. */
  line: number;
  end: number;
}

/**
 * Rows of RFC 4180 text, one after the other; commas, semicolons or tabs. Quoted cells may hold both and line breaks, and stand between
 * blanks; a quote anywhere else, or that nothing closes, is text like any other. Empty lines give one empty cell.
 */
export function* parseCsv(text: string): Generator<CsvRow> {
  const cell = /(?: *"([^"]*(?:""[^"]*)*)" *|([^,;\t\r\n]*))([,;\t]|\r\n?|\n|$)/y;
  cell.lastIndex = text.startsWith('\uFEFF') ? 1 : 0;
  let row: CsvRow = { cells: [], line: 1, end: 1 };
  for (;;) {
    const [, quoted, plain = '', end = ''] = cell.exec(text) ?? [];
    row.cells.push(quoted?.replaceAll('""', '"') ?? plain);
    row.end += quoted?.match(/\r\n?|\n/g)?.length ?? 0;
    if (/[,;\t]/.test(end)) continue;
    yield row;
    if (end === '') return;
    row = { cells: [], line: row.end + 1, end: row.end + 1 };
  }
}

/**
 * Where a spreadsheet would begin a formula: at the start of a cell, and after what some would split one at although it is quoted,
 * because their separator is another. Numbers are none.
 */
const formulaStart = /(?=[=@]|[+-](?!\d+(?:[;\t\r\n]|$)))(?<=(?:^|[;\t\r\n])[\s"]*)/g;

/** Every formula gets an apostrophe before it and is text then (OWASP, CSV injection). */
export function formatCsv(rows: string[][]): string {
  const cell = (text: string) => {
    const safe = text.replace(formulaStart, "'");
    return /[",;\t\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

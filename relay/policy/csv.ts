export interface CsvRow {
  cells: string[];
  /** First line of the row in the text, from 1; `end` is its last: a quoted cell may contain line breaks. */
  line: number;
  end: number;
}

/**
 * Yields the rows of RFC 4180 text, separated by commas, semicolons or tabs. Quoted cells may contain separators and line breaks,
 * and may be surrounded by blanks; a quote anywhere else, or an unclosed one, is plain text. An empty line gives one empty cell.
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
 * Positions where a spreadsheet would begin a formula: at the start of a cell, and after a character at which a spreadsheet with
 * another separator would split a cell although it is quoted. Numbers are not formulas.
 */
const formulaStart = /(?=[=@]|[+-](?!\d+(?:[;\t\r\n]|$)))(?<=(?:^|[;\t\r\n])[\s"]*)/g;

/** Prefixes every formula with an apostrophe, which makes it text (OWASP, CSV injection). */
export function formatCsv(rows: string[][]): string {
  const cell = (text: string) => {
    const safe = text.replace(formulaStart, "'");
    return /[",;\t\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

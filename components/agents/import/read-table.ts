import Papa from 'papaparse';

/** Cells, heading first; or the row, counted from 1, whose quotes leave its cells ambiguous. */
type Table = { rows: string[][]; tornAt: null } | { rows: []; tornAt: number };

/** Reads rows copied out of a spreadsheet (tabs), or a CSV file. */
export function readTable(text: string): Table {
  // Some programs write a `sep=` line for Excel before the heading. Leading tabs belong to a first cell without a heading.
  const [, hinted, table = ''] = /^\uFEFF?(?:\s*\n)?(?:sep=(.)\s*\n)?(.*)$/is.exec(text) ?? [];
  const delimiter = hinted ?? delimiterOf(table);
  const lines = table.split(/\r\n?|\n/);
  // In tab-separated text a spreadsheet quotes only cells with a tab or a line break; a password may begin with a quote.
  if (delimiter === '\t' && isEven(lines)) return { rows: lines.map((line) => line.split('\t').map(unquoted)), tornAt: null };
  const { data, errors } = Papa.parse<string[]>(table, { delimiter });
  const torn = errors.find(({ type }) => type === 'Quotes');
  return torn ? { rows: [], tornAt: (torn.row ?? 0) + 1 } : { rows: data, tornAt: null };
}

/** From the heading alone, outside quotes: the parser's own detection fails for rows of different lengths. */
function delimiterOf(table: string): string {
  const heading = (table.split('\n', 1)[0] ?? '').replace(/"[^"]*"/g, '');
  return ['\t', ';'].find((delimiter) => heading.includes(delimiter)) ?? ',';
}

/** Whether all lines have the same number of cells, so that no cell contains a line break or tab. */
function isEven(lines: string[]): boolean {
  const counts = lines.filter((line) => line.trim() !== '').map((line) => line.split('\t').length);
  return new Set(counts).size <= 1;
}

function unquoted(cell: string): string {
  return /^"(?:[^"]|"")*"$/.test(cell) ? cell.slice(1, -1).replaceAll('""', '"') : cell;
}

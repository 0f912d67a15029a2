import Papa from 'papaparse';

/** Cells, heading first; or the row, counted from 1, whose quotes do not tell where its cells end. */
export type Table = { rows: string[][]; tornAt: null } | { rows: []; tornAt: number };

/** Reads rows copied out of a spreadsheet (tabs), or a CSV file. */
export function readTable(text: string): Table {
  // Some programs write the separator before the heading, for Excel alone. A cell without a heading begins with a tab.
  const [, hinted, table = ''] = /^\uFEFF?(?:\s*\n)?(?:sep=(.)\s*\n)?(.*)$/is.exec(text) ?? [];
  const delimiter = hinted ?? delimiterOf(table);
  const lines = table.split(/\r\n?|\n/);
  // A spreadsheet quotes a cell that holds a tab or a line break, and nothing else: a password may begin with a quote.
  if (delimiter === '\t' && isEven(lines)) return { rows: lines.map((line) => line.split('\t').map(unquoted)), tornAt: null };
  const { data, errors } = Papa.parse<string[]>(table, { delimiter });
  const torn = errors.find(({ type }) => type === 'Quotes');
  return torn ? { rows: [], tornAt: (torn.row ?? 0) + 1 } : { rows: data, tornAt: null };
}

/** By the heading alone, and outside its quotes: the parser's own guess gives up on rows of uneven length. */
function delimiterOf(table: string): string {
  const heading = (table.split('\n', 1)[0] ?? '').replace(/"[^"]*"/g, '');
  return ['\t', ';'].find((delimiter) => heading.includes(delimiter)) ?? ',';
}

/** Whether each line is a row of its own, none torn by what a cell holds. */
function isEven(lines: string[]): boolean {
  const counts = lines.filter((line) => line.trim() !== '').map((line) => line.split('\t').length);
  return new Set(counts).size <= 1;
}

function unquoted(cell: string): string {
  return /^"(?:[^"]|"")*"$/.test(cell) ? cell.slice(1, -1).replaceAll('""', '"') : cell;
}

/** What spreadsheets take for the start of a formula (OWASP, CSV injection), full-width forms included. */
const formulaStart = /^[=+\-@\t\r\n＝＋－＠]/;
const isNumberWithPlus = (cell: string) => /^\+[1-9]\d{4,14}$/.test(cell);

/**
 * RFC 4180 with a byte order mark, by which Excel knows UTF-8. A cell that a spreadsheet would run as a formula is put behind an
 * apostrophe; an E.164 number stays as it is: nothing but digits follow its plus. A semicolon, at which Excel parts cells in many
 * countries, stands between quotes, lest what follows it begin a cell.
 */
export function toCsv(rows: readonly (readonly (string | number)[])[]): string {
  return `\uFEFF${rows.map((row) => `${row.map(cellText).join(',')}\r\n`).join('')}`;
}

function cellText(value: string | number): string {
  const text = String(value);
  const safe = typeof value === 'string' && formulaStart.test(text) && !isNumberWithPlus(text) ? `'${text}` : text;
  return /[",;\r\n\t]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Characters that make a spreadsheet read a cell as a formula (OWASP, CSV injection), full-width forms included. */
const formulaStart = /^[=+\-@\t\r\n＝＋－＠]/;
const isNumberWithPlus = (cell: string) => /^\+[1-9]\d{4,14}$/.test(cell);

/**
 * RFC 4180. A cell that a spreadsheet would run as a formula is prefixed with an apostrophe; an E.164 number stays as it is,
 * since only digits follow its plus. A cell with a semicolon is quoted: Excel splits at semicolons in many countries, so the text
 * after it could start a formula cell.
 */
export function toCsv(rows: readonly (readonly (string | number)[])[]): string {
  return rows.map((row) => `${row.map(cellText).join(',')}\r\n`).join('');
}

function cellText(value: string | number): string {
  const text = String(value);
  const safe = typeof value === 'string' && formulaStart.test(text) && !isNumberWithPlus(text) ? `'${text}` : text;
  return /[",;\r\n\t]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

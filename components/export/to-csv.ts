/**
 * Where a spreadsheet would begin a formula (OWASP, CSV injection), full-width forms included: at the start of a cell, and after a
 * character at which a spreadsheet with another separator splits a cell although it is quoted. Numbers are not formulas.
 */
const formulaStart = /(?=[=@＝＋－＠]|[+-](?!\d+(?:[;\t\r\n]|$)))(?<=(?:^|[;\t\r\n])[\s"]*)/g;

/** RFC 4180. Text that a spreadsheet would run as a formula is prefixed with an apostrophe. */
export function toCsv(rows: readonly (readonly (string | number)[])[]): string {
  return rows.map((row) => `${row.map(cellText).join(',')}\r\n`).join('');
}

function cellText(value: string | number): string {
  const text = String(value);
  const safe = text.replace(formulaStart, "'");
  return /[",;\r\n\t]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

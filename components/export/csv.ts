/** What spreadsheets take for the start of a formula (OWASP, CSV injection), full-width forms included. */
const formulaStart = /^[=+\-@\t\r\n＝＋－＠]/;
const isNumberWithPlus = (cell: string) => /^\+[1-9]\d{4,14}$/.test(cell);

/**
 * Tabs and UTF-16 with a byte order mark: what Excel opens in columns in every country (https://wiki.scn.sap.com/wiki/display/ABAP/Excel+files+-+CSV+format).
 * Commas it takes for decimal points where numbers are written with them, as in Vietnam. LibreOffice and Google Sheets tell both by
 * themselves. A cell that a spreadsheet would run as a formula is put behind an apostrophe; an E.164 number stays as it is: nothing but
 * digits follow its plus. Commas and semicolons, at which others part cells, stand between quotes, lest what follows begin a cell.
 */
export function toCsv(rows: readonly (readonly (string | number)[])[]): Uint8Array<ArrayBuffer> {
  return utf16(`\uFEFF${rows.map((row) => `${row.map(cellText).join('\t')}\r\n`).join('')}`);
}

function utf16(text: string): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(2 * text.length));
  for (let index = 0; index < text.length; index += 1) view.setUint16(2 * index, text.charCodeAt(index), true);
  return new Uint8Array(view.buffer);
}

function cellText(value: string | number): string {
  const text = String(value);
  const safe = typeof value === 'string' && formulaStart.test(text) && !isNumberWithPlus(text) ? `'${text}` : text;
  return /[",;\r\n\t]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

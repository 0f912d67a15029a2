/** Cells of RFC 4180 text; commas, semicolons or tabs, quoted cells may hold both and line breaks. Empty lines give one empty cell. */
export function parseCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of text
    .replace(/^\uFEFF/, '')
    .matchAll(/(?:"((?:[^"]|"")*)"|([^",;\t\r\n]*))([,;\t]|\r\n|\n|\r|$)/g)) {
    const row = rows.at(-1) as string[];
    row.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    if (end && /[\r\n]/.test(end)) rows.push([]);
  }
  return rows.filter((row) => row.length > 0);
}

/** A cell that a spreadsheet would run as a formula is preceded by an apostrophe (OWASP, CSV injection); numbers are left alone. */
export function formatCsv(rows: string[][]): string {
  const cell = (text: string) => {
    const safe = /^[=@\t\r]|^[+-](?!\d+$)/.test(text) ? `'${text}` : text;
    return /[",;\t\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

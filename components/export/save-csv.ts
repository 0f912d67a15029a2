import { saveFile } from './save-file.ts';

/** Offers a table as a file that starts with a byte order mark, by which Excel recognises UTF-8. */
export function saveCsv(name: string, table: string, save: typeof saveFile = saveFile): void {
  save(name, `\uFEFF${table}`, 'text/csv;charset=utf-8');
}

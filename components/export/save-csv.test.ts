import { expect, it, vi } from 'vitest';
import { saveCsv } from './save-csv.ts';

it('says that the file is UTF-8', () => {
  const save = vi.fn<(name: string, content: BlobPart, type: string) => void>();
  saveCsv('a.csv', 'ế\r\n', save);
  const [[name, content, type] = []] = save.mock.calls;
  expect([name, type]).toEqual(['a.csv', 'text/csv;charset=utf-8']);
  expect(new TextEncoder().encode(String(content))).toEqual(new Uint8Array([0xef, 0xbb, 0xbf, 0xe1, 0xba, 0xbf, 13, 10]));
});

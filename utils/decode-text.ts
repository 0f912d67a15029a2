/** The first bytes of a workbook: a zip archive (.xlsx, .ods) or the older compound file (.xls). */
const workbooks = [
  [0x50, 0x4b, 0x03, 0x04],
  [0xd0, 0xcf, 0x11, 0xe0],
];
const marks = [
  [[0xff, 0xfe], 'utf-16le'],
  [[0xfe, 0xff], 'utf-16be'],
] as const;

/**
 * Decodes a file that a spreadsheet saved as text: UTF-8, UTF-16 (Excel's “Unicode text”), else the code page of Vietnamese
 * Windows, whose separate accent characters are composed with their letters here. Null for a workbook, which is not text.
 */
export function decodeText(bytes: Uint8Array): string | null {
  const begins = (head: readonly number[]) => head.every((byte, index) => bytes[index] === byte);
  if (workbooks.some(begins)) return null;
  const mark = marks.find(([head]) => begins(head));
  return read(bytes, mark?.[1] ?? withoutMark(bytes)).normalize('NFC');
}

function read(bytes: Uint8Array, encoding: string): string {
  if (encoding !== 'utf-8') return new TextDecoder(encoding).decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return new TextDecoder('windows-1258').decode(bytes);
  }
}

/** Tables consist mostly of Latin letters: each has a zero byte in UTF-16 and none in UTF-8 or a code page. */
function withoutMark(bytes: Uint8Array): string {
  const zero = bytes.subarray(0, 4096).indexOf(0);
  if (zero === -1) return 'utf-8';
  return zero % 2 === 1 ? 'utf-16le' : 'utf-16be';
}

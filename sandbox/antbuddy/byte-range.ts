type ByteRange = { start: number; end: number };

/**
 * Reads a Range header against a size (RFC 9110 §14). `whole`: no range, another unit, or a malformed or multiple range, all of
 * which a server may ignore; `unsatisfiable`: 416. `end` is inclusive.
 */
export function parseRange(header: string | null, size: number): ByteRange | 'whole' | 'unsatisfiable' {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '');
  if (!match) return 'whole';
  const [, first = '', last = ''] = match;
  if (first === '' && last === '') return 'whole';
  if (first === '') {
    const suffix = Number(last);
    return suffix === 0 || size === 0 ? 'unsatisfiable' : { start: Math.max(0, size - suffix), end: size - 1 };
  }
  const start = Number(first);
  if (last !== '' && Number(last) < start) return 'whole';
  if (start >= size) return 'unsatisfiable';
  return { start, end: Math.min(size - 1, last === '' ? size - 1 : Number(last)) };
}

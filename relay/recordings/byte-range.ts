/** First and last byte, both inclusive. */
interface ByteRange {
  start: number;
  end: number;
}

/**
 * Resolves a `Range` header against `size` bytes (RFC 9110 §14.1.2): one range, null for the whole (no header, several ranges, or
 * an unreadable one), or `unsatisfiable` when it begins after the end.
 */
export function resolveRange(header: string | undefined, size: number): ByteRange | null | 'unsatisfiable' {
  const [, first, last] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '') ?? [];
  if (first === undefined || last === undefined || first + last === '') return null;
  if (first === '') {
    const length = Math.min(Number(last), size);
    return length > 0 ? { start: size - length, end: size - 1 } : 'unsatisfiable';
  }
  const start = Number(first);
  const end = last === '' ? size - 1 : Number(last);
  if (last !== '' && end < start) return null;
  return start < size ? { start, end: Math.min(end, size - 1) } : 'unsatisfiable';
}

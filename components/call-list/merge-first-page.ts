import type { HistoryCall } from '../../relay/contract.ts';

interface Listed {
  calls: HistoryCall[];
  nextCursor: string | null;
}

/**
 * The list after its first page was read again: new calls come on top and pages read earlier stay, so that a refresh never
 * throws the reader back to the top. When the two do not overlap something is missing between them, and only the new page stays.
 */
export function mergeFirstPage(before: Listed, fresh: Listed): Listed {
  const known = new Set(fresh.calls.map(({ id }) => id));
  const seam = before.calls.findLastIndex(({ id }) => known.has(id));
  if (seam === -1 || before.calls.length === seam + 1) return fresh;
  return { calls: [...fresh.calls, ...before.calls.slice(seam + 1)], nextCursor: before.nextCursor };
}

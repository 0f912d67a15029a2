import { clockOffsetItem } from '../../utils/storage.ts';
import { useItem } from './use-item.ts';
import { useNow } from './use-now.ts';

/** The time on the relay's clock as far as its answers told it, read again every `everyMs`: what the relay set an end to, ends by it. */
export function useRelayNow(everyMs: number): number {
  const offset = useItem(clockOffsetItem) ?? 0;
  return useNow(everyMs) + offset;
}

import { clockOffsetItem } from '../../utils/storage.ts';
import { useItem } from './use-item.ts';
import { useNow } from './use-now.ts';

/**
 * The time on the relay's clock, estimated from its answers and updated every `everyMs`: the relay's deadlines expire by that
 * clock.
 */
export function useRelayNow(everyMs: number): number {
  const offset = useItem(clockOffsetItem) ?? 0;
  return useNow(everyMs) + offset;
}

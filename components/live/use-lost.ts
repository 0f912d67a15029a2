import { useEffect, useState } from 'preact/hooks';
import type { LiveState } from '../../utils/storage.ts';
import { isHeard } from './live-words.ts';

/** A view that opens hears of the calls within this time; nothing is said of them before. */
const openingMs = 2_000;

/** Whether reports have stopped, so that a call shown as in progress may have ended since. */
export function useLost(live: LiveState | null): boolean {
  const link = live?.link;
  const [settled, setSettled] = useState<typeof link>();
  useEffect(() => {
    const timer = setTimeout(setSettled, openingMs, link);
    return () => clearTimeout(timer);
  }, [link]);
  return link === settled && !isHeard(live);
}

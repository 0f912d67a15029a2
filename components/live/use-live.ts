import { useEffect, useState } from 'preact/hooks';
import type { LiveState } from '../../utils/storage.ts';
import { useView } from '../view/view.ts';

/** The relay reads the histories a few seconds after a call's end, and again when they were late. */
const afterEndMs = [0, 7_000, 16_000];

/**
 * The agent's live calls while the view is on screen; null while not connected or nothing is known.
 * @param onEnded called when calls have ended, and when the history should have them
 */
export function useLive(connected: boolean, onEnded: () => void): LiveState | null {
  const { watchLive } = useView();
  const [live, setLive] = useState<LiveState | null>(null);
  useEffect(() => {
    if (connected && watchLive) return watchLive(setLive);
    setLive(null);
  }, [connected, watchLive]);
  const lastEnd = Math.max(0, ...(live?.calls ?? []).map(({ endedAt }) => endedAt ?? 0));
  useEffect(() => {
    if (lastEnd === 0) return;
    // Somebody who comes back to a hidden view is shown the fresh list then (`useShown`).
    const tell = () => document.visibilityState === 'visible' && onEnded();
    const timers = afterEndMs.map((ms) => setTimeout(tell, ms));
    return () => timers.forEach(clearTimeout);
  }, [lastEnd, onEnded]);
  return live;
}

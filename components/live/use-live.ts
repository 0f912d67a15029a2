import { useEffect, useState } from 'preact/hooks';
import type { LiveState } from '../../utils/storage.ts';
import { useView } from '../view/view.ts';

/** The relay reads the histories a few seconds after a call's end, and again if the call was not listed yet. */
const afterEndMs = [0, 7_000, 16_000];

/**
 * The agent's live calls while the view is visible; null while not connected or nothing is known.
 * @param onEnded called when calls have ended, and again when the history should list them
 */
export function useLive(connected: boolean | undefined, onEnded: () => void): LiveState | null {
  const { watchLive } = useView();
  const [live, setLive] = useState<LiveState | null>(null);
  useEffect(() => {
    if (connected) return watchLive(setLive);
    setLive(null);
  }, [connected, watchLive]);
  const lastEnd = Math.max(0, ...(live?.calls ?? []).map(({ endedAt }) => endedAt ?? 0));
  useEffect(() => {
    if (lastEnd === 0) return;
    // A hidden view needs no call here: `useShown` refreshes the list when the person comes back to it.
    const tell = () => document.visibilityState === 'visible' && onEnded();
    const timers = afterEndMs.map((ms) => setTimeout(tell, ms));
    return () => timers.forEach(clearTimeout);
  }, [lastEnd, onEnded]);
  return live;
}

import { useEffect, useState } from 'preact/hooks';
import type { LiveState } from '../../utils/storage.ts';
import { useView } from '../view/view.ts';

/**
 * The agent's live calls while the view is on screen; null while not connected or nothing is known.
 * @param onEnded called when calls have ended: the history will have them
 */
export function useLive(connected: boolean, onEnded: () => void): LiveState | null {
  const { watchLive } = useView();
  const [live, setLive] = useState<LiveState | null>(null);
  useEffect(() => {
    if (connected && watchLive) return watchLive(setLive);
    setLive(null);
  }, [connected, watchLive]);
  const ended = live?.calls.filter(({ endedAt }) => endedAt !== null).length ?? 0;
  useEffect(() => {
    if (ended > 0) onEnded();
  }, [ended, onEnded]);
  return live;
}

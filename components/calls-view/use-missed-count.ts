import { useCallback, useEffect } from 'preact/hooks';
import { agentSettingsItem } from '../../utils/storage.ts';
import { useItem } from '../view/use-item.ts';
import { useShown } from '../view/use-shown.ts';
import { useView } from '../view/view.ts';

const refreshMs = 30_000;

/** Keeps the number of calls to call back true while the view is looked at, where nothing in the background does (utils/background/register-live.ts). */
export function useMissedCount(connected: boolean): void {
  const { send } = useView();
  const settings = useItem(agentSettingsItem);
  const isAskedHere = connected && settings !== null && !settings.badge && !settings.notifyMissed;
  const ask = useCallback(() => {
    // The background keeps the number of each answer.
    if (isAskedHere) void send('getMissed', {});
  }, [send, isAskedHere]);
  useEffect(ask, [ask]);
  useShown(ask, refreshMs);
}

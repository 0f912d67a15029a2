import { useCallback, useEffect } from 'preact/hooks';
import { agentSettingsItem, missedItem, missedOfferItem } from '../../utils/storage.ts';
import { useItem } from '../view/use-item.ts';
import { useShown } from '../view/use-shown.ts';
import { useView } from '../view/view.ts';

const refreshMs = 30_000;

/**
 * Keeps the number of calls to call back up to date while the view is visible, when the background does not
 * (utils/background/register-live.ts). Returns whether to ask if the browser should tell of missed calls.
 */
export function useMissedCount(connected: boolean | undefined): boolean {
  const { send } = useView();
  const settings = useItem(agentSettingsItem);
  const isAskedHere = connected && settings !== null && !settings.badge && !settings.notifyMissed;
  const ask = useCallback(() => {
    // The background stores the number from each answer.
    if (isAskedHere) void send('getMissed', {});
  }, [send, isAskedHere]);
  useEffect(ask, [ask]);
  useShown(ask, refreshMs);
  const missed = useItem(missedItem);
  const offer = useItem(missedOfferItem);
  return missed?.inVain === true && settings?.notifyMissed === false && offer === 'open';
}

import { browser } from 'wxt/browser';
import { crmSearchUrl } from '../live/crm-link.ts';
import { callIdOf, missedNoticeId } from '../live/notices.ts';
import { clearNotice } from '../live/show-notice.ts';
import { readPolicy } from '../session/read-policy.ts';
import { agentSettingsItem, liveItem, missedItem } from '../storage.ts';
import { showCalls } from './show-calls.ts';

/** A click on a notification shows the calls or the CRM; it never dials. */
export function registerNoticeClicks(isFirefox: boolean = import.meta.env.FIREFOX): void {
  const clicked = async (id: string, wantsCrm: boolean) => {
    const crm = wantsCrm ? await crmOf(id) : null;
    const isToCallBack = id === missedNoticeId && (await seeMissed());
    await clearNotice(id);
    if (crm) await browser.tabs.create({ url: crm });
    else await showCalls(isToCallBack ? { show: 'toCallBack' } : null);
  };
  let isListening = false;
  const listen = () => {
    // The API is missing until the agent has granted the notifications permission.
    if (isListening || !browser.notifications) return;
    isListening = true;
    // Firefox notifications have no buttons: there a click on the notification itself opens the CRM.
    browser.notifications.onClicked.addListener((id) => void clicked(id, isFirefox));
    browser.notifications.onButtonClicked?.addListener((id) => void clicked(id, true));
  };
  browser.permissions.onAdded.addListener(listen);
  listen();
}

/**
 * Notes that the agent saw whom the notification named, and returns whether any of them can be called back: others are in the list
 * of all calls only.
 */
async function seeMissed(): Promise<boolean> {
  const known = await missedItem.getValue();
  if (!known) return false;
  await missedItem.setValue({ ...known, told: [] });
  return known.told?.some((id) => known.ids.includes(id)) ?? false;
}

async function crmOf(noticeId: string): Promise<string | null> {
  const callId = callIdOf(noticeId);
  const call = (await liveItem.getValue()).calls.find((one) => one.callId === callId);
  const [{ crmSearch }, { homeRegion }] = await Promise.all([agentSettingsItem.getValue(), readPolicy()]);
  return call ? crmSearchUrl(crmSearch, call.peer.number, homeRegion) : null;
}

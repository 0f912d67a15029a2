import { createStore, type StoreApi } from 'zustand/vanilla';
import type { SiteStatus } from '../../utils/messages.ts';
import { type Failure, fail } from '../../utils/reply.ts';
import { sitePattern } from '../../utils/sites/site-pattern.ts';
import { wantedSiteItem } from '../../utils/storage.ts';
import type { View } from '../view/view.ts';

interface SiteSwitchState {
  site: SiteStatus | null;
  busy: boolean;
  failure: Failure | null;
}

export interface SiteSwitch {
  store: StoreApi<SiteSwitchState>;
  refresh(): Promise<void>;
  /** Must be called directly in a click handler: it may ask the browser for a permission. */
  toggle(): Promise<void>;
}

export function createSiteSwitch({
  send,
  requestHosts,
  ownWindow,
}: Pick<View, 'send' | 'requestHosts' | 'ownWindow'>): SiteSwitch {
  const store = createStore<SiteSwitchState>(() => ({ site: null, busy: false, failure: null }));

  // The answer for a tab that was active before must not replace the answer for the current one.
  let question = 0;

  async function refresh() {
    const asked = ++question;
    const reply = await send('getActiveSite', { windowId: await ownWindow() });
    if (asked === question && !store.getState().busy)
      store.setState(reply.ok ? { site: reply.value, failure: null } : { failure: reply.error });
  }

  async function toggle() {
    const { site, busy } = store.getState();
    if (!site?.origin || busy) return;
    const granted = site.enabled || requestHosts([sitePattern(site.origin)]);
    // When the permission prompt closes this view, the background finishes the change (utils/background/enable-wanted.ts).
    if (!site.enabled) void wantedSiteItem.setValue(site.origin);
    store.setState({ busy: true, failure: null });
    const reply = (await granted)
      ? await send(site.enabled ? 'disableSite' : 'enableSite', site.origin)
      : fail('site_permission_missing');
    void wantedSiteItem.setValue(null);
    store.setState(reply.ok ? { site: reply.value, busy: false } : { failure: reply.error, busy: false });
  }

  return { store, refresh, toggle };
}

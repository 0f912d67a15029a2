import { browser } from 'wxt/browser';
import type { SiteStatus } from '../messages.ts';
import { type Reply, succeed } from '../reply.ts';
import { policyOf } from '../session/read-policy.ts';
import type { Sites } from '../sites/create-sites.ts';
import { agentSettingsItem, languageItem, type StoredSession, sessionItem } from '../storage.ts';
import type { Handle } from './create-handle.ts';
import { enableWanted } from './enable-wanted.ts';

export function registerSites(handle: Handle, sites: Sites): void {
  const status = async (origin: string | null): Promise<Reply<SiteStatus>> =>
    succeed({ origin, enabled: origin !== null && (await sites.isEnabled(origin)) });
  const changed = async (origin: string, change: Promise<Reply<null>>) => {
    const reply = await change;
    return reply.ok ? status(origin) : reply;
  };

  handle('getActiveSite', async ({ windowId }) => status(await activeOrigin(windowId)));
  handle('enableSite', (origin) => changed(origin, sites.enable(origin)));
  handle('disableSite', (origin) => changed(origin, sites.disable(origin)));
  handle('listSites', async () => succeed(await sites.listEnabled()));

  // Open pages receive these settings only when their script starts.
  languageItem.watch(() => void sites.renew());
  agentSettingsItem.watch((now, before) => now.telLinks !== before?.telLinks && void sites.renew());
  sessionItem.watch((now, before) => readsAs(now) !== readsAs(before) && void sites.renew());

  const reconcile = () => void sites.reconcile();
  browser.permissions.onAdded.addListener(({ origins = [] }) => void enableWanted(sites, origins).then(reconcile));
  browser.permissions.onRemoved.addListener(reconcile);
  browser.runtime.onInstalled.addListener(({ reason }) => {
    reconcile();
    // The old scripts still run in the pages, but cannot reach the extension.
    if (reason === 'update') void sites.restore();
  });
  browser.runtime.onStartup.addListener(reconcile);
  // Re-enabling the extension fires neither onInstalled nor onStartup.
  reconcile();
}

/** The settings that determine which numbers pages find and how they are read. */
function readsAs(session: StoredSession | null): string {
  const { homeRegion, regions } = policyOf(session);
  return [homeRegion, ...regions].join();
}

/** Origin of the active tab; its address is visible after a press on the action (activeTab) or on a granted site. */
async function activeOrigin(windowId: number | undefined): Promise<string | null> {
  const where = windowId === undefined ? { lastFocusedWindow: true } : { windowId };
  const [tab] = await browser.tabs.query({ active: true, ...where });
  const url = URL.parse(tab?.url ?? '');
  return url && /^https?:$/.test(url.protocol) ? url.origin : null;
}

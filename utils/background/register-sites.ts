import { browser } from 'wxt/browser';
import { onCompanyChanged } from '../company/read-company.ts';
import type { SiteStatus } from '../messages.ts';
import { type Reply, succeed } from '../reply.ts';
import { policyOf } from '../session/read-policy.ts';
import type { Sites } from '../sites/create-sites.ts';
import { agentSettingsItem, languageItem, pagesStartedItem, type StoredSession, sessionItem } from '../storage.ts';
import { createCompanySites } from './company-sites.ts';
import type { Handle } from './create-handle.ts';
import { enableWanted } from './enable-wanted.ts';

export function registerSites(handle: Handle, sites: Sites): void {
  const status = async (origin: string | null): Promise<Reply<SiteStatus>> =>
    succeed({ origin, enabled: origin !== null && (await sites.isEnabled(origin)) });
  const changed = async (origin: string, change: Promise<Reply<null>>) => {
    const reply = await change;
    return reply.ok ? status(origin) : reply;
  };

  handle('getActiveSite', async ({ windowId }) => {
    const { id, origin } = await activePage(windowId);
    const reply = await status(origin);
    if (id !== undefined && reply.ok && reply.value.enabled) sites.revive(id);
    return reply;
  });
  handle('enableSite', (origin) => changed(origin, sites.enable(origin)));
  handle('disableSite', (origin) => changed(origin, sites.disable(origin)));
  handle('listSites', async () => succeed(await sites.listEnabled()));

  const company = createCompanySites(sites);
  handle('getCompany', async () => succeed(await company.adopt()));

  // Open pages receive these settings only when their script starts, and remember what they show of calls until it ends.
  languageItem.watch(() => void sites.renew());
  agentSettingsItem.watch((now, before) => now.telLinks !== before?.telLinks && void sites.renew());
  sessionItem.watch((now, before) => startedFor(now) !== startedFor(before) && void sites.renew());

  // First, as it starts the pages that would otherwise be started again.
  const restored = restoreOnce(sites).catch((error) => console.error('Dialside could not start in the open pages.', error));
  const reconcile = () => void restored.then(sites.reconcile).then(company.adopt);
  browser.permissions.onAdded.addListener(({ origins = [] }) => void enableWanted(sites, origins).then(reconcile));
  browser.permissions.onRemoved.addListener(reconcile);
  onCompanyChanged(reconcile);
  browser.runtime.onInstalled.addListener(reconcile);
  browser.runtime.onStartup.addListener(reconcile);
  // Re-enabling the extension fires neither onInstalled nor onStartup.
  reconcile();
}

/** Whose calls and notes pages show, and the settings that determine which numbers they find and how they read them. */
function startedFor(session: StoredSession | null): string {
  const { homeRegion, regions } = policyOf(session);
  return [session?.relayUrl, session?.me?.agent.id, homeRegion, ...regions].join();
}

/**
 * Once the extension was updated, or switched off and on again, the old scripts still run in the pages but cannot reach it. The
 * same is done as the browser starts, where a second script only replaces the first.
 */
async function restoreOnce(sites: Pick<Sites, 'restore'>): Promise<void> {
  if (await pagesStartedItem.getValue()) return;
  await sites.restore();
  await pagesStartedItem.setValue(true);
}

/** The active tab; its address is visible after a press on the action (activeTab) or on a granted site. */
async function activePage(windowId: number | undefined): Promise<{ id: number | undefined; origin: string | null }> {
  const where = windowId === undefined ? { lastFocusedWindow: true } : { windowId };
  const [tab] = await browser.tabs.query({ active: true, ...where });
  const url = URL.parse(tab?.url ?? '');
  return { id: tab?.id, origin: url && /^https?:$/.test(url.protocol) ? url.origin : null };
}

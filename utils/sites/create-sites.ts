import { browser } from 'wxt/browser';
import { createTurns } from '../create-turns.ts';
import { fail, type Reply, succeed } from '../reply.ts';
import { chosenSitesItem, refusedSitesItem } from '../storage.ts';
import { announceSites } from './site-announcement.ts';
import { isChosen, sitePattern } from './site-pattern.ts';

const SCRIPT_ID = 'page';
/** As the build names what stands in entrypoints/page.ts and the style sheet it imports. */
const SCRIPT_FILE = 'page.js';
const STYLE_FILE = 'assets/page.css';
type PublicPath = NonNullable<Parameters<typeof browser.scripting.executeScript>[0]['files']>[number];

export interface SitesDeps {
  permissions?: Pick<typeof browser.permissions, 'contains' | 'remove'>;
  scripting?: Pick<
    typeof browser.scripting,
    | 'executeScript'
    | 'insertCSS'
    | 'getRegisteredContentScripts'
    | 'registerContentScripts'
    | 'updateContentScripts'
    | 'unregisterContentScripts'
  >;
  tabs?: Pick<typeof browser.tabs, 'query' | 'sendMessage'>;
  chosen?: { getValue(): Promise<string[]>; setValue(origins: string[]): Promise<void> };
  /** Where the user wants nothing although all sites are chosen. */
  refused?: { getValue(): Promise<string[]>; setValue(origins: string[]): Promise<void> };
  /** Patterns needed for something else, never given back with a site: the relay's. */
  reservedPatterns?: () => Promise<string[]>;
}

/** Where Dialside runs: the origins that the user chose and the browser grants. One registered script covers them all. */
export function createSites(deps: SitesDeps = {}) {
  const {
    permissions = browser.permissions,
    scripting = browser.scripting,
    tabs = browser.tabs,
    chosen = chosenSitesItem,
    refused = refusedSitesItem,
  } = deps;
  const { reservedPatterns = async () => [] } = deps;
  // Registering is read-then-write in the browser's registry: one change at a time.
  const inTurn = createTurns();

  const isGranted = (origin: string) => permissions.contains({ origins: [sitePattern(origin)] });

  async function listEnabled(): Promise<string[]> {
    const origins = await chosen.getValue();
    const granted = await Promise.all(origins.map(isGranted));
    return origins.filter((_, index) => granted[index]);
  }

  /** Makes the registry what it has to be; tells whether it was something else. */
  async function register(): Promise<boolean> {
    const enabled = await listEnabled();
    const matches = [...new Set(enabled.map(sitePattern))].sort();
    // A pattern has no port: another origin of a refused host may be chosen by itself.
    const barred = matches.length === 0 ? [] : await refused.getValue();
    const excludeMatches = barred.map(sitePattern).filter((pattern) => !matches.includes(pattern));
    const [registered] = await scripting.getRegisteredContentScripts({ ids: [SCRIPT_ID] });
    const isSame =
      [...(registered?.matches ?? [])].sort().join() === matches.join() &&
      [...(registered?.excludeMatches ?? [])].sort().join() === [...excludeMatches].sort().join();
    if (isSame) return false;
    const script = {
      id: SCRIPT_ID,
      js: [SCRIPT_FILE],
      css: [STYLE_FILE],
      matches,
      ...((excludeMatches.length > 0 || registered) && { excludeMatches }),
      allFrames: true,
      // Frames without an address of their own (about:blank, srcdoc) belong to the page that wrote them.
      matchOriginAsFallback: true,
      runAt: 'document_idle' as const,
      persistAcrossSessions: true,
    };
    if (matches.length === 0) await scripting.unregisterContentScripts({ ids: [SCRIPT_ID] });
    else if (registered) await scripting.updateContentScripts([script]);
    else await scripting.registerContentScripts([script]);
    return true;
  }

  return {
    listEnabled,
    isEnabled: async (origin: string): Promise<boolean> => isChosen(origin, await listEnabled(), await refused.getValue()),

    /** Makes the registered script what is granted and chosen, and tells scripts whose site is no longer so to stop. */
    reconcile: (): Promise<void> =>
      inTurn(async () => {
        if (await register()) await tell();
      }),

    /** Has the scripts that run start anew and ask for their settings again, so that open pages follow a change of them. */
    renew: (): Promise<void> => inTurn(() => tell(true)),

    /**
     * After an update, which leaves open pages with scripts that reach nobody, and in Firefox takes the style out of them: starts the
     * script in the open tabs of all enabled sites, where a run takes over from the one before it.
     */
    restore: (): Promise<void> =>
      inTurn(async () => {
        const [enabled, barred] = [await listEnabled(), await refused.getValue()];
        const tabIds = await Promise.all(enabled.map((origin) => openTabsOf(origin, barred)));
        for (const tabId of new Set(tabIds.flat())) inject(tabId);
      }),

    /** The permission was asked for by the view, in the click itself: here it can only be looked up. */
    enable: (origin: string): Promise<Reply<null>> =>
      inTurn(async () => {
        if (!(await isGranted(origin))) return fail('site_permission_missing');
        const origins = await chosen.getValue();
        if (!origins.includes(origin)) await chosen.setValue([...origins, origin]);
        const before = await refused.getValue();
        const barred = before.filter((one) => one !== origin);
        if (barred.length < before.length) await refused.setValue(barred);
        await register();
        for (const tabId of await openTabsOf(origin, barred)) inject(tabId);
        return succeed(null);
      }),

    disable: (origin: string): Promise<Reply<null>> =>
      inTurn(async () => {
        const rest = (await chosen.getValue()).filter((one) => one !== origin);
        await chosen.setValue(rest);
        const barred = await refused.getValue();
        // Still covered by "all sites": then it has to be refused by name.
        const isCovered = isChosen(origin, rest, barred);
        if (isCovered) await refused.setValue([...barred, origin]);
        await register();
        await tell();
        const needed = [...rest.map(sitePattern), ...(await reservedPatterns())];
        if (!isCovered && !needed.includes(sitePattern(origin))) await permissions.remove({ origins: [sitePattern(origin)] });
        return succeed(null);
      }),
  };

  async function openTabsOf(origin: string, barred: string[]): Promise<number[]> {
    const open = await tabs.query({ url: sitePattern(origin) });
    const ofSite = open.filter((tab) => tab.url !== undefined && isChosen(new URL(tab.url).origin, [origin], barred));
    return ofSite.flatMap(({ id, discarded }) => (id === undefined || discarded ? [] : [id]));
  }

  function inject(tabId: number): void {
    const target = { tabId, allFrames: true };
    letGo(scripting.insertCSS({ target, files: [STYLE_FILE as PublicPath] }));
    letGo(scripting.executeScript({ target, files: [SCRIPT_FILE as PublicPath] }));
  }

  async function tell(isAnew = false): Promise<void> {
    await announceSites(tabs, { enabled: await listEnabled(), refused: await refused.getValue(), isAnew });
  }
}
export type Sites = ReturnType<typeof createSites>;

/**
 * Nothing may wait for what is started in a tab: it answers when each of its frames is loaded, which one may never be, and not while
 * its page is held up by a dialog. It may be an error page, too, or close meanwhile.
 */
function letGo(started: Promise<unknown>): void {
  started.catch(() => {});
}

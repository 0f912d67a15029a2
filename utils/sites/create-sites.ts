import { browser } from 'wxt/browser';
import { createTurns } from '../create-turns.ts';
import { fail, type Reply, succeed } from '../reply.ts';
import { chosenSitesItem, refusedSitesItem } from '../storage.ts';
import { announceSites } from './site-announcement.ts';
import { allSites, isChosen, sitePattern } from './site-pattern.ts';

const SCRIPT_ID = 'page';
/** The build's names for entrypoints/page.ts and the style sheet that it imports. */
const SCRIPT_FILE = 'page.js';
const STYLE_FILE = 'assets/page.css';
type PublicPath = NonNullable<Parameters<typeof browser.scripting.executeScript>[0]['files']>[number];

export interface SitesDeps {
  permissions?: Pick<typeof browser.permissions, 'contains' | 'getAll' | 'remove'>;
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
  /** Origins that the user excluded although all sites are chosen. */
  refused?: { getValue(): Promise<string[]>; setValue(origins: string[]): Promise<void> };
  /** Patterns needed for another purpose, whose permission is never removed with a site: the relay's. */
  reservedPatterns?: () => Promise<string[]>;
  isFirefox?: boolean;
}

/**
 * The sites on which Dialside runs: the origins that the user chose and the browser granted. One registered script covers all.
 */
export function createSites(deps: SitesDeps = {}) {
  const {
    permissions = browser.permissions,
    scripting = browser.scripting,
    tabs = browser.tabs,
    chosen = chosenSitesItem,
    refused = refusedSitesItem,
  } = deps;
  const { reservedPatterns = async () => [], isFirefox = import.meta.env.FIREFOX } = deps;
  // A change reads the browser's registry and then writes it, so changes run one at a time.
  const inTurn = createTurns();

  const isGranted = (origin: string) => permissions.contains({ origins: [sitePattern(origin)] });

  async function listEnabled(): Promise<string[]> {
    const origins = await chosen.getValue();
    const granted = await Promise.all(origins.map(isGranted));
    return origins.filter((_, index) => granted[index]);
  }

  /** Updates the registered script to match `listEnabled`; returns the patterns that are new, or null if nothing changed. */
  async function register(): Promise<string[] | null> {
    const enabled = await listEnabled();
    const matches = [...new Set(enabled.map(sitePattern))].sort();
    const [registered] = await scripting.getRegisteredContentScripts({ ids: [SCRIPT_ID] });
    const before = registered?.matches ?? [];
    if ([...before].sort().join() === matches.join()) return null;
    const script = {
      id: SCRIPT_ID,
      js: [SCRIPT_FILE],
      css: [STYLE_FILE],
      // Refused origins are not excluded: patterns have no port, and the background refuses their scripts.
      matches,
      allFrames: true,
      // Frames without their own address (about:blank, srcdoc) belong to the page that created them.
      matchOriginAsFallback: true,
      runAt: 'document_idle' as const,
      persistAcrossSessions: true,
    };
    if (matches.length === 0) await scripting.unregisterContentScripts({ ids: [SCRIPT_ID] });
    else if (registered) await scripting.updateContentScripts([script]);
    else await scripting.registerContentScripts([script]);
    return matches.filter((pattern) => !before.includes(pattern));
  }

  return {
    listEnabled,
    isEnabled: async (origin: string): Promise<boolean> => isChosen(origin, await listEnabled(), await refused.getValue()),

    /**
     * Updates the registered script to the granted and chosen sites, tells scripts on sites that are no longer enabled to stop,
     * and starts the script in the open tabs of those that are enabled again.
     */
    reconcile: (): Promise<void> =>
      inTurn(async () => {
        const fresh = await register();
        if (!fresh) return;
        await tell();
        await start((await listEnabled()).filter((origin) => fresh.includes(sitePattern(origin))));
      }),

    /**
     * Starts the script in a tab of an enabled site in which none runs: the page came back from the back/forward cache, or the
     * background was ended before it could start one.
     */
    revive: (tabId: number): void => letGo(startWhereNone(tabId)),

    /** Makes the running scripts restart and request their settings again, so that a change of settings reaches open pages. */
    renew: (): Promise<void> => inTurn(() => tell(true)),

    /**
     * After an update of the extension, open pages hold scripts that are cut off from it, and Firefox has removed their style
     * sheet: registers the script, which an update removed, and starts it in the open tabs of all enabled sites, where the new run
     * replaces the old one.
     */
    restore: (): Promise<void> =>
      inTurn(async () => {
        await register();
        await start(await listEnabled());
      }),

    /** The view requested the permission within the click; the background can only check it. */
    enable: (origin: string): Promise<Reply<null>> =>
      inTurn(async () => {
        if (!(await isGranted(origin))) return fail('site_permission_missing');
        const origins = await chosen.getValue();
        if (!origins.includes(origin)) await chosen.setValue([...origins, origin]);
        const before = await refused.getValue();
        const barred = before.filter((one) => one !== origin);
        if (barred.length < before.length) await refused.setValue(barred);
        await register();
        await start([origin]);
        return succeed(null);
      }),

    disable: (origin: string): Promise<Reply<null>> =>
      inTurn(async () => {
        const rest = (await chosen.getValue()).filter((one) => one !== origin);
        await chosen.setValue(rest);
        const barred = await refused.getValue();
        // Still covered by "all sites", so the origin has to be excluded explicitly.
        const isCovered = isChosen(origin, rest, barred);
        if (isCovered) await refused.setValue([...barred, origin]);
        await register();
        await tell();
        const needed = [...rest.map(sitePattern), ...(await reservedPatterns())];
        // That of all sites may have been kept for this one.
        if (!isCovered) for (const one of new Set([origin, allSites])) await giveBack(sitePattern(one), needed);
        return succeed(null);
      }),
  };

  /**
   * Keeps a permission while what is needed would be lost with it: Chromium takes away all that a removed pattern covers, and Firefox
   * what was requested while that one was granted, of which it stores nothing.
   */
  async function giveBack(pattern: string, needed: string[]): Promise<void> {
    const { origins = [] } = await permissions.getAll();
    const remains = (one: string) => isFirefox && one !== pattern && origins.includes(one);
    const isNeeded = needed.some((one) => one.startsWith(pattern.replace('*/*', '')) && !remains(one));
    if (origins.includes(pattern) && !isNeeded) await permissions.remove({ origins: [pattern] });
  }
  /** Starts the script in the open tabs of these origins. */
  async function start(origins: string[]): Promise<void> {
    const barred = await refused.getValue();
    const tabIds = await Promise.all(origins.map((origin) => openTabsOf(origin, barred)));
    for (const tabId of new Set(tabIds.flat())) inject(tabId);
  }
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

  async function startWhereNone(tabId: number): Promise<void> {
    const [page] = await scripting.executeScript({ target: { tabId }, func: hasScript });
    if (page?.result === false) inject(tabId);
  }

  async function tell(isAnew = false): Promise<void> {
    await announceSites(tabs, { enabled: await listEnabled(), refused: await refused.getValue(), isAnew });
  }
}
export type Sites = ReturnType<typeof createSites>;

/** Runs in the page, apart from this file. In a page that just loaded, the registered script starts right after it. */
async function hasScript(): Promise<boolean> {
  await new Promise((resolve) => setTimeout(resolve));
  return globalThis.dialsidePage?.signal.aborted === false;
}

/**
 * Never await a script that was injected into a tab: its promise settles only when all frames are loaded, which may never
 * happen, and not while a dialog blocks the page. The tab may also show an error page, or close meanwhile.
 */
function letGo(started: Promise<unknown>): void {
  started.catch(() => {});
}

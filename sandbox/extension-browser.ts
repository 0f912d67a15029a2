import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type BrowserContext, type CDPSession, chromium, type Page } from '@playwright/test';
import { findChromium } from '../scripts/browsers.mjs';
import { sitePattern } from '../utils/sites/site-pattern.ts';

export interface ExtensionBrowser {
  context: BrowserContext;
  extensionId: string;
  /** Opens one of the extension's own documents in a tab. */
  openView(name: 'popup' | 'sidepanel' | 'options'): Promise<Page>;
  /** Grants host permission for a site in advance, because no test can press the browser's own prompt. */
  grant(url: string): Promise<void>;
  /** Reloads the extension while pages are open, as an update does; this closes the extension's own documents. */
  update(): Promise<void>;
  /** Switches the extension off and on again, which closes its own documents, too. */
  switchOffAndOn(): Promise<void>;
  close(): Promise<void>;
}

interface BrowserOptions {
  extensionDir: string;
  headless?: boolean;
  language?: string;
  colorScheme?: 'light' | 'dark';
  viewport?: { width: number; height: number };
  /** Keeps the back/forward cache on, as in real browsers; off by default because Playwright loses track of cached pages. */
  keepsPages?: boolean;
}

const profiles = join(import.meta.dirname, '../.output/profiles');

/** Starts a Chromium with a fresh profile and the unpacked extension loaded. */
export async function launchExtensionBrowser(options: BrowserOptions): Promise<ExtensionBrowser> {
  const {
    extensionDir,
    headless = true,
    language = 'vi',
    colorScheme = 'light',
    viewport = { width: 1280, height: 800 },
    keepsPages = false,
  } = options;
  const executablePath = findChromium();
  if (!executablePath) throw new Error('No Chromium found. Run `npm start` once, or set DIALSIDE_CHROMIUM to its path.');
  mkdirSync(profiles, { recursive: true });
  const profile = mkdtempSync(join(profiles, 'chromium-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    headless,
    colorScheme,
    viewport: headless ? viewport : null,
    args: [...browserArguments(extensionDir, language), ...(headless ? ['--headless=new'] : [])],
    ignoreDefaultArgs: ['--disable-extensions', '--headless', ...(keepsPages ? ['--disable-back-forward-cache'] : [])],
    env: { ...cleanEnvironment(), LANGUAGE: language },
  });
  const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'));
  const extensionId = new URL(worker.url()).host;

  return {
    context,
    extensionId,
    async openView(name) {
      const page = await context.newPage();
      await page.goto(`chrome-extension://${extensionId}/${name}.html`);
      return page;
    },
    grant: (url) => grantHost(context, extensionId, sitePattern(new URL(url).origin)),
    update: () => updateExtension(context, extensionId),
    switchOffAndOn: () => switchOffAndOn(context, extensionId),
    async close() {
      await context.close();
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function browserArguments(extensionDir: string, language: string): string[] {
  return [
    `--disable-extensions-except=${extensionDir}`,
    `--load-extension=${extensionDir}`,
    `--lang=${language}`,
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--mute-audio',
    '--autoplay-policy=no-user-gesture-required',
  ];
}

async function onExtensionsPage(context: BrowserContext, work: (page: Page) => Promise<void>): Promise<void> {
  const page = await context.newPage();
  await page.goto('chrome://extensions');
  await work(page);
  await page.close();
}

function grantHost(context: BrowserContext, extensionId: string, pattern: string): Promise<void> {
  return onExtensionsPage(context, (page) =>
    page.evaluate(
      ([id, host]) => {
        const api = (globalThis as unknown as { chrome: { developerPrivate: DeveloperPrivate } }).chrome.developerPrivate;
        return api.addHostPermission(id, host);
      },
      [extensionId, pattern] as const,
    ),
  );
}

function updateExtension(context: BrowserContext, extensionId: string): Promise<void> {
  return onExtensionsPage(context, (page) =>
    page.evaluate(async (id) => {
      const api = (globalThis as unknown as { chrome: { developerPrivate: DeveloperPrivate } }).chrome.developerPrivate;
      // Without developer mode, reloading disables an unpacked extension.
      await api.updateProfileConfiguration({ inDeveloperMode: true });
      await api.reload(id, { failQuietly: false });
    }, extensionId),
  );
}

function switchOffAndOn(context: BrowserContext, extensionId: string): Promise<void> {
  return onExtensionsPage(context, (page) =>
    page.evaluate(async (id) => {
      const { management } = (globalThis as unknown as { chrome: { management: Management } }).chrome;
      for (const isOn of [false, true]) await management.setEnabled(id, isOn);
    }, extensionId),
  );
}

interface Management {
  setEnabled(extensionId: string, isOn: boolean): Promise<void>;
}

interface DeveloperPrivate {
  addHostPermission(extensionId: string, pattern: string): Promise<void>;
  updateProfileConfiguration(update: { inDeveloperMode: boolean }): Promise<void>;
  reload(extensionId: string, options: { failQuietly: boolean }): Promise<void>;
}

function cleanEnvironment(): Record<string, string> {
  return Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined));
}

/** A button of the extension on a page: its accessible name and the middle of its box, in CSS pixels of the viewport. */
export interface PageButton {
  name: string;
  x: number;
  y: number;
  width: number;
  height: number;
}

/**
 * The extension's buttons on a page whose accessible name contains `text`. Page scripts cannot reach them, because they are in a
 * closed shadow root; the accessibility tree, which screen readers use, contains them.
 */
export async function findPageButtons(page: Page, text: string): Promise<PageButton[]> {
  const session = await page.context().newCDPSession(page);
  try {
    const { nodes } = await session.send('Accessibility.getFullAXTree');
    const named = nodes.filter((node) => node.role?.value === 'button' && String(node.name?.value ?? '').includes(text));
    const boxes = await Promise.all(named.map((node) => boxOf(session, node.backendDOMNodeId, String(node.name?.value))));
    return boxes.filter((box) => box !== undefined);
  } finally {
    await session.detach();
  }
}

async function boxOf(session: CDPSession, backendNodeId: number | undefined, name: string): Promise<PageButton | undefined> {
  if (backendNodeId === undefined) return undefined;
  // For a node without layout (removed meanwhile, or display: none) CDP answers with an error.
  const box = await session.send('DOM.getBoxModel', { backendNodeId }).catch(() => undefined);
  if (!box) return undefined;
  const [x = 0, y = 0] = box.model.border;
  const { width, height } = box.model;
  return { name, x: x + width / 2, y: y + height / 2, width, height };
}

/** Whether a screen reader finds `text` on a page, including the extension's texts in its closed shadow root. */
export async function pageSays(page: Page, text: string): Promise<boolean> {
  const session = await page.context().newCDPSession(page);
  try {
    const { nodes } = await session.send('Accessibility.getFullAXTree');
    return nodes.some((node) => String(node.name?.value ?? '').includes(text));
  } finally {
    await session.detach();
  }
}

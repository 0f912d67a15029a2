import { type Browser, launch, type Page, TimeoutError } from 'puppeteer-core';
import { findFirefox } from '../scripts/browsers.mjs';

const addOnId = 'dialside@dialside.app';
/** Firefox gives each installation a random host; a fixed one lets tests open the extension's documents. */
const host = '7f3d2c1a-5b64-4e0f-9a8c-0d1e2f3a4b5c';

export interface FirefoxBrowser {
  browser: Browser;
  viewUrl(name: 'popup' | 'sidepanel' | 'options'): string;
  openView(name: 'popup' | 'sidepanel' | 'options'): Promise<Page>;
  close(): Promise<void>;
}

/** Starts a Firefox over WebDriver BiDi with the extension installed; permission requests are granted without a prompt. */
export async function launchFirefox(extensionDir: string, preferences: Record<string, unknown> = {}): Promise<FirefoxBrowser> {
  const executablePath = findFirefox();
  if (!executablePath) throw new Error('No Firefox found. Install one, or set DIALSIDE_FIREFOX to its path.');
  const browser = await launch({
    browser: 'firefox',
    executablePath,
    headless: true,
    // Firefox lets WebDriver open an extension's documents only with this argument.
    args: ['--remote-allow-system-access'],
    extraPrefsFirefox: {
      'extensions.webextensions.uuids': JSON.stringify({ [addOnId]: host }),
      'extensions.webextOptionalPermissionPrompts': false,
      'media.autoplay.default': 0,
      'media.volume_scale': '0.0',
      ...preferences,
    },
  });
  await browser.installExtension(extensionDir);
  const viewUrl = (name: string) => `moz-extension://${host}/${name}.html`;
  return {
    browser,
    viewUrl,
    async openView(name) {
      const page = await browser.newPage();
      await gotoView(page, viewUrl(name));
      return page;
    },
    close: () => browser.close(),
  };
}

/** Tolerates a timeout, because WebDriver never receives the load event of an extension's document. */
async function gotoView(page: Page, url: string): Promise<void> {
  try {
    await page.goto(url, { timeout: 3000 });
  } catch (error) {
    if (!(error instanceof TimeoutError)) throw error;
  }
  await page.waitForSelector('#root > *');
}

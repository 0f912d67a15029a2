import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { extensionDir } from '../build-extension.ts';
import { sampleNow } from './sample-replies.ts';
import type { Scene } from './scenes.ts';
import { standInBrowser } from './stand-in-browser.ts';

const built = extensionDir();
const origin = 'http://extension.test';
const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.png': 'image/png' };

export interface SceneLook {
  language: 'vi' | 'en';
  colorScheme: 'light' | 'dark';
  width: number;
  height: number;
}

/**
 * Opens scenes of the built extension. The build is read into memory at once, so a build started meanwhile does not interfere.
 * All scenes share one page, one after the other, because opening a window costs three times as much as the scene in it.
 */
export function createStudio(browser: Browser) {
  const files = new Map(builtFiles().map((path) => [path, readFileSync(join(built, path))]));
  let stage: Promise<Stage> | undefined;

  /** Opens a scene and runs its act; the page is valid until the next scene. Errors of the page go to `onError`. */
  return async function open(scene: Scene, look: SceneLook, onError: (message: string) => void): Promise<Page> {
    stage ??= createStage(browser, files);
    const { page, clear } = await stage;
    await clear();
    const { width, height, colorScheme, language } = look;
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme });
    page.on('pageerror', (error) => onError(error.message));
    const given = { replies: scene.replies, stored: scene.stored ?? {}, language };
    const standIn = await page.addInitScript(standInBrowser, given);
    await page.goto(`${origin}/${scene.document}.html`);
    await standIn.dispose();
    await page.locator('#root > *').waitFor();
    await scene.act?.(page);
    // Two frames later every answer received so far is drawn.
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    return page;
  };
}

interface Stage {
  page: Page;
  /** Removes everything that a scene left: its document, stored data, listeners, routes and the mouse position. */
  clear(): Promise<void>;
}

async function createStage(browser: Browser, files: ReadonlyMap<string, Buffer>): Promise<Stage> {
  const context = await browser.newContext({ timezoneId: 'Asia/Ho_Chi_Minh', reducedMotion: 'reduce' });
  // Routes that a scene adds to its page take precedence over this one.
  await context.route(`${origin}/**`, (route) => {
    const path = new URL(route.request().url()).pathname.slice(1);
    const body = files.get(path);
    return body ? route.fulfill({ body, contentType: types[extname(path)] ?? 'application/octet-stream' }) : route.abort();
  });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  await page.clock.setFixedTime(sampleNow);
  const session = await context.newCDPSession(page);
  return {
    page,
    async clear() {
      page.removeAllListeners('pageerror');
      await page.goto('about:blank');
      await page.unrouteAll();
      await page.mouse.move(-1, -1);
      await session.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' });
    },
  };
}

function builtFiles(): string[] {
  return readdirSync(built, { recursive: true, withFileTypes: true }).flatMap((entry) =>
    entry.isFile() ? [relative(built, join(entry.parentPath, entry.name))] : [],
  );
}

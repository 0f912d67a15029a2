import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { sampleNow } from './sample-replies.ts';
import type { Scene } from './scenes.ts';
import { standInBrowser } from './stand-in-browser.ts';

const built = join(import.meta.dirname, '../../.output/chrome-mv3');
const origin = 'http://extension.test';
const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.png': 'image/png' };

export interface SceneLook {
  language: 'vi' | 'en';
  colorScheme: 'light' | 'dark';
  width: number;
  height: number;
}

/** Opens scenes of the extension as it was built when this was called: a build that somebody starts meanwhile changes nothing. */
export function createStudio(browser: Browser) {
  const files = new Map(builtFiles().map((path) => [path, readFileSync(join(built, path))]));

  /** The scene as it stands after its act; errors of the page are told to `onError`. Close its context when done. */
  return async function open(scene: Scene, look: SceneLook, onError: (message: string) => void): Promise<Page> {
    const { width, height, colorScheme, language } = look;
    const context = await browser.newContext({
      viewport: { width, height },
      colorScheme,
      timezoneId: 'Asia/Ho_Chi_Minh',
      reducedMotion: 'reduce',
    });
    const page = await context.newPage();
    page.setDefaultTimeout(10_000);
    page.on('pageerror', (error) => onError(error.message));
    await page.clock.setFixedTime(sampleNow);
    await page.addInitScript(standInBrowser, { replies: scene.replies, stored: scene.stored ?? {}, language });
    await page.route(`${origin}/**`, (route) => {
      const path = new URL(route.request().url()).pathname.slice(1);
      const body = files.get(path);
      return body ? route.fulfill({ body, contentType: types[extname(path)] ?? 'application/octet-stream' }) : route.abort();
    });
    await page.goto(`${origin}/${scene.document}.html`);
    await page.locator('#root > *').waitFor();
    await scene.act?.(page);
    // Two frames later everything that was answered is drawn.
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    return page;
  };
}

function builtFiles(): string[] {
  return readdirSync(built, { recursive: true, withFileTypes: true }).flatMap((entry) =>
    entry.isFile() ? [relative(built, join(entry.parentPath, entry.name))] : [],
  );
}

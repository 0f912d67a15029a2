// Pictures of every view in every state, for looking at: the built extension's own documents with a stand-in background.
// Tells besides what is wider than its window and what axe finds (WCAG 2.2 AA).
// Usage: node scripts/shots.ts [--no-build] [scene …]  →  .output/shots/<scene>-<language>-<scheme>-<width>.png
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, extname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, chromium, type Page } from '@playwright/test';
import { findChromium } from './browsers.mjs';
import { sampleNow } from './shots/sample-replies.ts';
import { type Scene, scenes } from './shots/scenes.ts';
import { shootCards } from './shots/shoot-cards.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const built = join(root, '.output/chrome-mv3');
const shots = join(root, '.output/shots');
const origin = 'http://extension.test';
const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.png': 'image/png' };
const widths = { popup: [380, 320], sidepanel: [320, 480], options: [1280, 640, 320] };

const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
if (!process.argv.includes('--no-build') && spawnSync('npx', ['wxt', 'build'], { cwd: root, stdio: 'inherit' }).status !== 0)
  process.exit(1);
mkdirSync(shots, { recursive: true });
// Taken into memory first: a build that somebody starts meanwhile would pull the files away.
const files = new Map(builtFiles().map((path) => [path, readFileSync(join(built, path))]));
const browser = await chromium.launch({ executablePath: findChromium() ?? '', args: ['--no-sandbox'] });
for (const scene of scenes.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
  for (const width of widths[scene.document]) {
    await shoot(browser, scene, width, 'vi', 'light');
    await shoot(browser, scene, width, 'en', 'dark');
  }
}
await shootCards(browser, files, shots, wanted);
await browser.close();

async function shoot(browser: Browser, scene: Scene, width: number, language: 'vi' | 'en', colorScheme: 'light' | 'dark') {
  const height = scene.document === 'options' ? 900 : 600;
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme,
    timezoneId: 'Asia/Ho_Chi_Minh',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(5_000);
  page.on('pageerror', (error) => console.error(`${scene.name}: ${error.message}`));
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
  await page.waitForTimeout(300);
  const name = `${scene.name}-${language}-${colorScheme}-${width}`;
  await page.screenshot({ path: join(shots, `${name}.png`), fullPage: scene.document === 'options' });
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  if (overflow > 0) console.error(`${name}: ${overflow} px wider than the window`);
  if (width === widths[scene.document][0]) await reportFaults(page, name);
  await context.close();
}

async function reportFaults(page: Page, name: string) {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']).analyze();
  for (const { id, nodes } of violations)
    console.error(`${name}: ${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`);
}

function builtFiles(): string[] {
  return readdirSync(built, { recursive: true, withFileTypes: true }).flatMap((entry) =>
    entry.isFile() ? [relative(built, join(entry.parentPath, entry.name))] : [],
  );
}

interface StandIn {
  replies: Record<string, unknown>;
  stored: NonNullable<Scene['stored']>;
  language: string;
}

/** Runs in the page: just enough of `browser` for the views, answering from a table. */
function standInBrowser({ replies, stored, language }: StandIn) {
  const event = { addListener() {}, removeListener() {} };
  const area = (items: Record<string, unknown> = {}) => ({
    get: async () => items,
    set: async () => {},
    remove: async () => {},
    onChanged: event,
  });
  Object.assign(globalThis, {
    chrome: { runtime: { id: 'stand-in' } },
    browser: {
      runtime: {
        id: 'stand-in',
        openOptionsPage: async () => {},
        onMessage: event,
        sendMessage: ({ type }: { type: string }) => {
          const reply = replies[type];
          const next = Array.isArray(reply) && reply.length > 1 ? reply.shift() : Array.isArray(reply) ? reply[0] : reply;
          const isNever = typeof next === 'object' && next !== null && 'never' in next;
          return type in replies && !isNever ? Promise.resolve({ res: next }) : new Promise(() => {});
        },
      },
      storage: { local: area(stored.local), session: area(stored.session), onChanged: event },
      tabs: { onActivated: event, onUpdated: event },
      i18n: { getUILanguage: () => language },
      permissions: { request: async () => true },
    },
  });
}

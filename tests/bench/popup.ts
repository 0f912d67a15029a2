/**
 * `node tests/bench/popup.ts [samples]`: how soon the popup of the built extension shows rows, and what a key in its search costs
 * with 10,000 rows. Each figure is compared with a floor of the same run: rows as plain static DOM; for opening, in a page of the
 * same extension, opened alternately with the popup.
 */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { launchExtensionBrowser } from '../../sandbox/extension-browser.ts';
import { connect } from '../../sandbox/story.ts';
import { buildExtension } from '../../scripts/build-extension.ts';
import { quantile, round } from './quantiles.ts';
import { startStandInRelay } from './stand-in-relay.ts';
import { staticRows } from './static-rows.ts';

const samples = Number(process.argv[2] ?? 25);
const frameMs = 1000 / 60;
const limits = { openMs: 100, keyMs: frameMs, bundleKb: 60 };

const extensionDir = mkdtempSync(join(tmpdir(), 'dialside-popup-'));
cpSync(buildExtension(), extensionDir, { recursive: true });
const [few, many] = [staticRows(30), staticRows(10_000)];
writeFileSync(join(extensionDir, 'few.html'), few.html);
writeFileSync(join(extensionDir, 'rows.js'), few.script);
const relay = await startStandInRelay({ '/many': many.html, '/rows.js': many.script });
const browser = await launchExtensionBrowser({ extensionDir });
await browser.grant(relay.url);
const options = await browser.openView('options');
await connect(options, { relayUrl: relay.url, code: 'ABCDE-12345' });
const popupUrl = options.url().replace('options.html', 'popup.html');
const floorUrl = options.url().replace('options.html', 'few.html');
await options.close();

const page = await browser.context.newPage();
await page.setViewportSize({ width: 380, height: 600 });
await page.addInitScript(watchFirstRow);
const session = await browser.context.newCDPSession(page);
await session.send('Performance.enable');
// The first opening fetches from the relay and fills the cache that the later openings read.
await opened(page, popupUrl);
await page.locator('[data-testid=calls][aria-busy=false]').waitFor();

const openings: Record<string, number[]> = { popup: [], floor: [] };
for (let turn = 0; turn < samples; turn += 1) {
  openings.floor?.push(await opened(page, floorUrl));
  openings.popup?.push(await opened(page, popupUrl));
}
relay.answerWhole();
const floor = await typeNumbers(`${relay.url}/many`);
const typed = await typeNumbers(popupUrl);
const pageMs = await readPages(page, 10);
await browser.close();
await relay.stop();

const bundle = bundleOf('popup.html');
rmSync(extensionDir, { recursive: true, force: true });
const open = { median: quantile(openings.popup ?? [], 0.5), worst: quantile(openings.popup ?? [], 0.95) };
const openFloor = { median: quantile(openings.floor ?? [], 0.5), worst: quantile(openings.floor ?? [], 0.95) };
console.table({
  'floor: open a page of 30 static rows': { 'median ms': openFloor.median, 'p95 ms': openFloor.worst, 'limit ms': '' },
  'open the popup, rows from cache': { 'median ms': open.median, 'p95 ms': open.worst, 'limit ms': limits.openMs },
  'floor: a key beside 10,000 static rows': row(floor.keys),
  'a key in the search at 10,000 rows': { ...row(typed.keys), 'limit ms': round(limits.keyMs) },
  'what the search found comes on screen': row(typed.answers),
  'the 10,000 rows come back': row(typed.backs),
  'the next page at 10,000 rows': row(pageMs),
});
console.log(`long tasks while typing: ${typed.longTasks.length === 0 ? 'none' : typed.longTasks.map(round).join(', ')} ms`);
console.log(`popup without the player: ${round(bundle.gzipKb)} kB gzip in ${bundle.files} files (at most ${limits.bundleKb})`);
// If plain DOM alone takes half of the limit, the machine is too busy for absolute times, and the ratio to the floor decides.
const isBusy = openFloor.median > limits.openMs / 2;
const isOpenFast = isBusy ? open.median < 2 * openFloor.median : open.median < limits.openMs;
// Not the median: whoever types feels the slow keys. Only rows in view cost anything, so static rows are never faster.
const [slowKey, slowKeyFloor] = [quantile(typed.keys, 0.95), quantile(floor.keys, 0.95)];
const areKeysFast = slowKey < (isBusy ? 2 * slowKeyFloor : limits.keyMs);
if (isBusy) {
  console.log(`The machine is busy: the popup took ${round(open.median / openFloor.median)} times as long as static rows,`);
  console.log(`and a slow key ${round(slowKey / slowKeyFloor)} times as long as beside static rows.`);
}
const held = isOpenFast && areKeysFast && bundle.gzipKb <= limits.bundleKb;
process.exitCode = held ? 0 : 1;

function row(times: number[]) {
  return { 'median ms': quantile(times, 0.5), 'p95 ms': quantile(times, 0.95), 'limit ms': '' };
}

/** Milliseconds from the start of the navigation until the first row was painted. */
async function opened(view: Page, url: string): Promise<number> {
  await view.goto(url, { waitUntil: 'commit' });
  const handle = await view.waitForFunction(() => (globalThis as unknown as { firstRowAt?: number }).firstRowAt);
  return (await handle.jsonValue()) as number;
}

function manyRows() {
  return (document.querySelector<HTMLElement>('.windowed')?.offsetHeight ?? 0) > 100_000;
}

/** Types numbers of six digits, waiting after each key; then measures showing the answer and going back to all rows. */
async function typeNumbers(url: string) {
  const found = { keys: [] as number[], answers: [] as number[], backs: [] as number[], longTasks: [] as number[] };
  await opened(page, url);
  if (url === popupUrl) await page.waitForFunction(manyRows);
  const isPopup = url === popupUrl;
  await page.evaluate(() => (globalThis as unknown as { longTasks: number[] }).longTasks.splice(0));
  const search = page.getByTestId('search');
  if (isPopup) await page.locator('[data-testid=calls][aria-busy=false]').waitFor();
  await search.focus();
  for (let turn = 0; turn < Math.ceil(samples / 4); turn += 1) {
    for (const key of String(912_000 + turn * 37)) found.keys.push(await mainThread(() => press(key)));
    if (!isPopup) continue;
    found.answers.push(await mainThread(() => page.locator('[data-testid=calls][aria-busy=false]').waitFor()));
    found.backs.push(
      await mainThread(async () => {
        await press('Escape');
        await page.locator('[aria-setsize]').first().waitFor();
        await page.waitForFunction(manyRows);
      }),
    );
  }
  found.longTasks = await page.evaluate(() => (globalThis as unknown as { longTasks: number[] }).longTasks);
  return found;
}

async function press(key: string): Promise<void> {
  await page.keyboard.press(key);
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))));
}

async function readPages(view: Page, pages: number): Promise<number[]> {
  const more = view.getByTestId('load-more');
  const times: number[] = [];
  for (let turn = 0; turn < pages; turn += 1) {
    const height = await view.locator('.windowed').evaluate((box) => (box as HTMLElement).offsetHeight);
    times.push(
      await mainThread(async () => {
        await more.evaluate((button) => (button as HTMLButtonElement).click());
        await view.waitForFunction(
          (before) => (document.querySelector<HTMLElement>('.windowed')?.offsetHeight ?? 0) > before,
          height,
        );
      }),
    );
  }
  return times;
}

/** Milliseconds of main-thread work during `work`, without the time spent waiting for the next frame. */
async function mainThread(work: () => Promise<unknown>): Promise<number> {
  const before = await taskSeconds();
  await work();
  return ((await taskSeconds()) - before) * 1000;
}

async function taskSeconds(): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN;
}

/** Runs in the page: records when the first row was painted, and every task longer than 50 ms. */
function watchFirstRow() {
  const noted = globalThis as unknown as { firstRowAt?: number; longTasks: number[] };
  noted.longTasks = [];
  new PerformanceObserver((list) => noted.longTasks.push(...list.getEntries().map(({ duration }) => duration))).observe({
    type: 'longtask',
  });
  const watch = new MutationObserver(() => {
    if (!document.querySelector('[data-testid=call-row]')) return;
    watch.disconnect();
    // A message posted in the next frame's callback arrives once that frame has been handed over for painting.
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        noted.firstRowAt = performance.now();
      };
      port2.postMessage(null);
    });
  });
  watch.observe(document, { childList: true, subtree: true });
}

/** Size of everything that the document loads without interaction, with the larger of the two languages. */
function bundleOf(name: string): { gzipKb: number; files: number } {
  const read = (path: string) => readFileSync(join(extensionDir, path), 'utf8');
  const html = read(name);
  const seen = new Set<string>([name]);
  const follow = (path: string) => {
    if (seen.has(path)) return;
    seen.add(path);
    if (path.endsWith('.js'))
      for (const [, target] of read(path).matchAll(/(?:from|import)\s*["']\.\/([\w.-]+\.js)["']/g)) follow(`chunks/${target}`);
  };
  for (const [, path] of html.matchAll(/(?:src|href)="\/([^"]+)"/g)) if (path) follow(path);
  const size = (path: string) => gzipSync(read(path), { level: 9 }).length / 1000;
  const language = Math.max(...[...seen].flatMap(languageChunks).map(size));
  return { gzipKb: [...seen].reduce((sum, path) => sum + size(path), 0) + language, files: seen.size + 1 };

  function languageChunks(path: string): string[] {
    return path.endsWith('.js')
      ? [...read(path).matchAll(/((?:en|vi)-[\w-]{8}\.js)/g)].map(([, chunk]) => `chunks/${chunk}`)
      : [];
  }
}

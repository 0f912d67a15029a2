import type { Page } from '@playwright/test';
import { bundlePage } from './bundle-page.ts';
import { expect, type Harness, test } from './harness.ts';

const ROUNDS = 1_000;
/** `virtual`: rows outside of the viewport are not in the DOM, so the page shows fewer numbers than it has. */
const pages: [name: string, virtual: boolean][] = [
  ['react', false],
  ['vue', false],
  ['svelte', false],
  ['angular', false],
  ['jquery', false],
  ['ag-grid', true],
  ['tanstack', true],
];

/** What the page itself observes, whoever caused it, outside of what its framework renders. */
interface Seen {
  records: string[];
  complaints: string[];
}

async function open(page: Page, script: string): Promise<Seen> {
  const seen: Seen = { records: [], complaints: [] };
  page.on('pageerror', (error) => seen.complaints.push(String(error)));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) seen.complaints.push(message.text());
  });
  await page.setContent('<!doctype html><style>body{font:15px sans-serif}</style><body><div id="app"></div></body>');
  await page.evaluate(() => {
    const records: string[] = [];
    Object.assign(window, { records });
    new MutationObserver((all) => {
      for (const { type, target, addedNodes } of all)
        if (target instanceof Element && target.isConnected && !target.closest('head, #app')) {
          records.push([type, target.localName, ...[...addedNodes].map(({ nodeName }) => nodeName)].join(' '));
        }
    }).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  });
  await page.addScriptTag({ content: script });
  await page.waitForFunction(() => 'play' in window);
  return seen;
}

async function played(page: Page): Promise<{ numbers: string[]; html: string }> {
  const numbers = await page.evaluate((rounds) => globalThis.play(rounds), ROUNDS);
  return { numbers, html: await calmHtml(page) };
}

/** The page's own HTML once its animations and timers have not changed it for half a second. */
function calmHtml(page: Page): Promise<string> {
  return page.evaluate(async () => {
    let html = '';
    for (let since = performance.now(); performance.now() - since < 500; await new Promise(requestAnimationFrame)) {
      if (html === document.body.innerHTML) continue;
      html = document.body.innerHTML;
      since = performance.now();
    }
    const copy = document.body.cloneNode(true) as Element;
    // The order in which a framework sets the attributes of an element may depend on its timers.
    for (const element of copy.querySelectorAll('*')) {
      const attributes = [...element.attributes].sort((one, other) => one.name.localeCompare(other.name));
      for (const { name } of attributes) element.removeAttribute(name);
      for (const attribute of attributes) element.setAttributeNode(attribute);
    }
    return copy.innerHTML;
  });
}

/** Tags and texts, sorted: the order in which a virtual table reuses its rows depends on how long its frames took. */
function partsOf(html: string): string[] {
  return html
    .split('<')
    .map((part) => part.replace(/^(\/?[\w-]+)[^>]*>/, '$1 '))
    .sort();
}

function recordsOf(page: Page): Promise<string[]> {
  return page.evaluate(() => (window as unknown as { records: string[] }).records.sort());
}

/** The numbers that the text of the page's document contains. */
function numbersIn(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...(document.body.textContent ?? '').matchAll(/0\d\d \d{7}/g)]
      .map(([text]) => `+84${text.slice(1).replace(' ', '')}`)
      .sort(),
  );
}

/** The largest distance of a button from the end of its number, and how many numbers in view have no button. */
async function misplaced(crm: Harness): Promise<{ worst: number; missing: number }> {
  const ends = await crm.page.evaluate(() => {
    const app = document.querySelector('#app')!.getBoundingClientRect();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const ends: { x: number; y: number }[] = [];
    for (let node = walker.nextNode() as Text; node; node = walker.nextNode() as Text) {
      const at = node.data.search(/0\d\d \d{7}/);
      if (at < 0) continue;
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + 11);
      const { right, top, bottom } = range.getBoundingClientRect();
      const y = (top + bottom) / 2;
      const middle = document.elementFromPoint(right - 4, y);
      if (y > app.top && y < app.bottom && middle && node.parentElement!.contains(middle)) ends.push({ x: right, y });
    }
    return ends;
  });
  const buttons = await crm.buttons();
  const distances = ends.map((end) => Math.min(...buttons.map(({ x, y }) => Math.hypot(x - 11 - end.x, y - end.y))));
  return {
    worst: Math.max(...distances.filter((distance) => distance < 30)),
    missing: distances.filter((distance) => distance >= 30).length,
  };
}

for (const [name, virtual] of pages) {
  test(`${name}: ${ROUNDS} renderings with the script are the same as without`, async ({ crm, browser }) => {
    const script = await bundlePage(name);
    const control = await browser.newPage({ viewport: { width: 1000, height: 700 } });
    await open(control, script);
    const plain = await played(control);
    const plainRecords = await recordsOf(control);
    await control.close();

    const seen = await open(crm.page, script);
    await crm.start();
    await expect.poll(async () => (await crm.buttons()).length).toBeGreaterThan(3);
    const { numbers, html } = await played(crm.page);
    await expect.poll(() => crm.numbers()).toEqual(virtual ? await numbersIn(crm.page) : numbers);
    expect(virtual ? partsOf(html) : html).toEqual(virtual ? partsOf(plain.html) : plain.html);
    expect(seen.complaints).toEqual([]);
    // A page that observes its root sees only the host being added beside `body`.
    expect(await recordsOf(crm.page)).toEqual([...plainRecords, 'childList html DIV'].sort());
    if (virtual) {
      await expect.poll(() => misplaced(crm)).toMatchObject({ missing: 0 });
      expect((await misplaced(crm)).worst).toBeLessThan(2);
    }
  });
}

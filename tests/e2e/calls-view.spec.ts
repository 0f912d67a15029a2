import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { startRelay } from '../../sandbox/relay-process.ts';
import { waitUntil } from '../../sandbox/story.ts';
import { type Company, openCompany } from './company.ts';

test.describe.configure({ mode: 'serial' });

const calls = 300;
const dataRoot = mkdtempSync(join(tmpdir(), 'dialside-calls-view-'));
// Fixed, so that the relay has the same key and data after a restart.
const relayEnvironment = { RELAY_KEY: randomBytes(32).toString('base64'), RELAY_DATA_DIR: join(dataRoot, 'relay') };
let company: Company;
let view: Page;
test.beforeAll(async () => {
  mkdirSync(relayEnvironment.RELAY_DATA_DIR);
  company = await openCompany({ dataRoot, relayEnvironment, antbuddy: { seed: { calls, agents: 1, days: 20 } } });
  view = company.popup;
});
test.afterAll(() => company?.close());
test.beforeEach(async () => {
  await view.bringToFront();
  await view.reload();
  await settled();
});
test.afterEach(async ({}, testInfo) => {
  if (testInfo.status !== testInfo.expectedStatus) await view.screenshot({ path: testInfo.outputPath('view.png') });
});

const rows = () => view.getByTestId('call-row');
const settled = () => view.locator('[data-testid=calls][aria-busy=false]').waitFor();
const dials = () => company.stage.antbuddy.control.dials().length;
const show = async (filter: string) => {
  await view.getByTestId(`filter-${filter}`).click();
  await settled();
};

test('scrolling reaches the oldest call, with few rows in the document at any time', async () => {
  const more = view.getByTestId('load-more');
  const height = () => view.getByTestId('call-rows').evaluate((box) => (box as HTMLElement).offsetHeight);
  const first = await height();
  await expect
    .poll(
      async () => {
        await view.mouse.wheel(0, 5_000);
        expect(await rows().count()).toBeLessThan(60);
        return more.count();
      },
      { timeout: 60_000 },
    )
    .toBe(0);
  expect(await height()).toBeGreaterThan(3 * first);
});

for (const [filter, holds] of [
  ['recorded', '[data-testid=play-recording]'],
  ['missed', '.call-bad'],
  ['out', '.call-direction[title="Gọi đi"]'],
  ['in', '.call-direction[title="Gọi đến"]'],
] as const) {
  test(`the filter ${filter} shows such calls alone`, async () => {
    await show(filter);
    const count = await rows().count();
    expect(count).toBeGreaterThan(0);
    expect(
      await rows()
        .filter({ has: view.locator(holds) })
        .count(),
    ).toBe(count);
  });
}

test('any part of a number finds its calls, and Escape brings all of them back', async () => {
  const number = (await rows().first().getByTestId('call-back').getAttribute('aria-label')) ?? '';
  const digits = number.replace(/\D/g, '').slice(2, 8);
  await view.keyboard.press('/');
  await view.keyboard.type(digits);
  await expect(async () => {
    const found = await rows().allTextContents();
    expect(found.length).toBeGreaterThan(0);
    for (const text of found) expect(text.replace(/\D/g, '')).toContain(digits);
  }).toPass();
  await view.keyboard.press('Escape');
  await expect(view.getByTestId('search')).toHaveValue('');
});

test('a press on a row that moved under the pointer dials nothing and says so', async () => {
  const tops = await rows().evaluateAll((all) => all.map((row) => row.getBoundingClientRect().top));
  const button = await rows().nth(1).getByTestId('call-back').boundingBox();
  if (!button) throw new Error('The row is out of sight.');
  const before = dials();
  await view.mouse.move(button.x + button.width / 2, button.y + button.height / 2);
  // As high as the way from row to row, a day's heading between them included: the pointer is on the first row's button.
  await view.evaluate(
    (height) => {
      const strip = document.createElement('div');
      strip.style.height = `${height}px`;
      document.querySelector('.calls-view')?.prepend(strip);
    },
    (tops[1] ?? 0) - (tops[0] ?? 0),
  );
  await view.mouse.down();
  await view.mouse.up();
  await expect(view.locator('.foot')).toContainText('chưa gọi');
  expect(dials()).toBe(before);
});

test('a missed call is called back from the queue by one double click, once, and leaves the queue', async () => {
  await show('todo');
  const waiting = await rows().count();
  expect(waiting).toBeGreaterThan(0);
  const before = dials();
  await rows().first().getByTestId('call-back').dblclick();
  await expect(rows()).toHaveCount(waiting - 1);
  await expect(view.locator('[data-testid=placed-row][data-state=accepted]')).toHaveCount(1);
  expect(dials() - before).toBe(1);
  await waitUntil('The end of the call', () => company.stage.antbuddy.control.historySize() > calls, 20_000);
});

test('a number in any format is read as it will be dialled, and Enter dials it once', async () => {
  await view.getByTestId('dial-open').click();
  const field = view.getByTestId('dial-input');
  for (const typed of ['0912 345 678', '+84 912.345.678', '(0912)345-678', 'ĐT: 0912-345-678', '84912345678']) {
    await field.fill(typed);
    await expect(view.getByTestId('dial-says')).toContainText('0912 345 678');
  }
  const before = dials();
  await field.press('Enter');
  await expect(view.locator('[data-testid=placed-row][data-state=accepted]').filter({ hasText: '0912 345 678' })).toBeVisible();
  expect(dials() - before).toBe(1);
});

test('the list is saved as a spreadsheet that holds every call of the filter', async () => {
  await show('recorded');
  const [download] = await Promise.all([view.waitForEvent('download'), view.getByTestId('export').click()]);
  const lines = readFileSync(await download.path(), 'utf8')
    .trimEnd()
    .split('\r\n');
  expect(download.suggestedFilename()).toMatch(/^dialside-\d{4}-\d\d-\d\d\.csv$/);
  expect(lines[0]).toMatch(/^\uFEFFThời gian,/);
  expect(lines.length - 1).toBeGreaterThanOrEqual(await rows().count());
  for (const line of lines.slice(1)) expect(line).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,.+,\d+,\d+,Có,/);
});

test('a recording is played by keys and from where it is pressed, and a note at its time leads back there', async () => {
  await show('recorded');
  await rows().first().getByTestId('play-recording').click();
  const seek = view.getByTestId('player-seek');
  await expect(seek).toBeEnabled({ timeout: 20_000 });
  await view.getByTestId('waveform').waitFor();
  await view.getByTestId('player-toggle').focus();
  await view.keyboard.press('Space');
  const { width = 0, height = 0 } = (await seek.boundingBox()) ?? {};
  await seek.click({ position: { x: 0.6 * width, y: height / 2 } });
  const share = async () => Number(await seek.inputValue()) / Number(await seek.getAttribute('max'));
  expect(await share()).toBeCloseTo(0.6, 1);
  await seek.focus();
  await seek.fill('0');
  await view.keyboard.press('ArrowRight');
  const after = Number(await seek.inputValue());
  expect(after).toBeGreaterThan(0);
  await view.keyboard.press('n');
  const text = view.getByTestId('note-text');
  await expect(text).toBeFocused();
  await view.keyboard.type('hỏi giá');
  const time = view.getByTestId('note-time').first();
  await expect(time).toContainText('hỏi giá');
  await seek.fill('0');
  await time.click();
  await expect.poll(async () => Math.round(Number(await seek.inputValue()))).toBe(Math.floor(after));
  await expect(view.getByTestId('note-says')).toHaveText('Đã lưu');
});

test('a note outlives the popup that closes at the last key and the worker that is killed; the search finds it', async () => {
  const words = 'báo giá lô năm trăm thùng';
  const popup = await company.browser.openView('popup');
  const row = popup.getByTestId('call-row').nth(1);
  await row.getByTestId('note').click();
  await popup.getByTestId('note-text').pressSequentially(words);
  await popup.close();
  await killWorker();
  await view.reload();
  await expect(view.getByTestId('note-line').filter({ hasText: words })).toBeVisible();
  await view.getByTestId('search').fill('bao gia lo');
  await expect(rows()).toHaveCount(1);
  await expect(rows().first()).toContainText(words);
});

test('arrow keys go from the search to the calls and from call to call', async () => {
  await view.getByTestId('search').fill('');
  await expect.poll(() => rows().count()).toBeGreaterThan(3);
  await view.getByTestId('search').focus();
  // From the top down: a call placed a moment ago is above those of the history.
  const top = () => view.evaluate(() => document.activeElement?.closest('.call')?.getBoundingClientRect().top ?? -1);
  await view.keyboard.press('ArrowDown');
  await expect.poll(top).toBeGreaterThan(0);
  const first = await top();
  await view.keyboard.press('ArrowDown');
  await expect.poll(top).toBeGreaterThan(first);
  await view.keyboard.press('ArrowUp');
  await expect.poll(top).toBe(first);
});

test('another language is spoken at once, in every open view', async () => {
  const options = await company.browser.openView('options');
  await options.locator('#language select').selectOption('en');
  await expect(view.getByTestId('filter-all')).toHaveText('All');
  await expect(view.locator('html')).toHaveAttribute('lang', 'en');
  await expect(options.locator('h1')).toHaveText('Options');
  await options.locator('#language select').selectOption('vi');
  await expect(view.getByTestId('filter-all')).toHaveText('Tất cả');
  await options.close();
});

test('with the relay away the calls of last time stand there at once, and the line on top says what is wrong', async () => {
  await company.stage.relay.stop();
  await view.reload();
  await expect(rows().first()).toBeVisible({ timeout: 2_000 });
  await expect(view.getByTestId('status-line')).toContainText('Máy chủ không trả lời', { timeout: 30_000 });
  expect(await rows().count()).toBeGreaterThan(0);
});

test('a note that the relay did not get is marked on its row, kept where it outlives the browser, and saved when the relay is back', async () => {
  const words = 'hỏi lại giá vận chuyển';
  await rows().nth(2).getByTestId('note').click();
  await view.getByTestId('note-text').fill(words);
  await view.keyboard.press('Escape');
  const line = () => view.getByTestId('note-line').filter({ hasText: words });
  await expect(line().getByTestId('note-unsaved')).toBeVisible({ timeout: 30_000 });
  await expect.poll(keptNotes).toEqual([words]);
  const { antbuddy, relay } = company.stage;
  const preferredPort = Number(new URL(relay.url).port);
  const again = await startRelay({ antbuddy, dataRoot, preferredPort, environment: relayEnvironment });
  await view.reload();
  await expect(line()).toBeVisible();
  await expect(line().getByTestId('note-unsaved')).toBeHidden({ timeout: 45_000 });
  await expect.poll(keptNotes).toEqual([]);
  await again.stop();
});

/** Note drafts in IndexedDB, which would survive closing the browser. */
function keptNotes(): Promise<string[]> {
  return view.evaluate(async () => {
    const opened = indexedDB.open('dialside-notes');
    await new Promise((resolve) => opened.addEventListener('success', resolve));
    const all = opened.result.transaction('drafts').objectStore('drafts').getAll();
    await new Promise((resolve) => all.addEventListener('success', resolve));
    opened.result.close();
    return (all.result as { text: string }[]).map(({ text }) => text);
  });
}

async function killWorker(): Promise<void> {
  const session = await company.browser.context.newCDPSession(view);
  const browserSession = await company.browser.context.browser()?.newBrowserCDPSession();
  const cdp = browserSession ?? session;
  const { targetInfos } = await cdp.send('Target.getTargets');
  for (const { targetId, type } of targetInfos) if (type === 'service_worker') await cdp.send('Target.closeTarget', { targetId });
}

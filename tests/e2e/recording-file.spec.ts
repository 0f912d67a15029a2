import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, type Page, test } from '@playwright/test';
import { demoAgent, demoPassphrase } from '../../sandbox/demo/enrol-agent.ts';
import type { ExtensionBrowser } from '../../sandbox/extension-browser.ts';
import { confirmPassphrase } from '../../sandbox/story.ts';
import { type Company, openAdmin, openCompany } from './company.ts';

test.describe.configure({ mode: 'serial' });

let company: Company;
let admin: ExtensionBrowser;
let options: Page;
let view: Page;
test.beforeAll(async () => {
  company = await openCompany({ antbuddy: { seed: { calls: 60, agents: 1, days: 5 } } });
  view = company.popup;
  ({ admin, options } = await openAdmin(company));
});
test.afterAll(async () => {
  await admin?.close();
  await company?.close();
});
test.afterEach(async ({}, testInfo) => {
  if (testInfo.status !== testInfo.expectedStatus) await view.screenshot({ path: testInfo.outputPath('view.png') });
});

const button = () => view.getByTestId('player-download');
const line = () => view.getByTestId('download-line');

async function playFirst(): Promise<void> {
  await view.bringToFront();
  await view.reload();
  await view.getByTestId('filter-recorded').click();
  await view.locator('[data-testid=calls][aria-busy=false]').waitFor();
  await view.getByTestId('play-recording').first().click();
  await expect(view.getByTestId('player-seek')).toBeEnabled({ timeout: 20_000 });
}

async function allowFiles(allowed: boolean): Promise<void> {
  await options.getByTestId('policy-download').setChecked(allowed);
  await options.locator('#policy').getByRole('button', { name: 'Lưu', exact: true }).click();
  await confirmPassphrase(options, demoPassphrase, options.locator('#policy').getByText('Đã có hiệu lực.'));
}

/** Collects the URLs of the player's requests for recordings. */
function audioRequests(): string[] {
  const urls: string[] = [];
  view.on('request', (request) => request.url().includes('/audio?ticket=') && urls.push(request.url()));
  return urls;
}

test('a recording is no file until an admin says so, whoever asks the relay', async () => {
  const urls = audioRequests();
  await playFirst();
  await expect(button()).toHaveCount(0);
  const refused = await fetch(`${urls[0]}&download=1`);
  expect([refused.status, ((await refused.json()) as { error: { code: string } }).error.code]).toEqual([
    403,
    'download_not_allowed',
  ]);
});

test('once an admin says so, the agent saves it: the same bytes under a name that says which call', async () => {
  await allowFiles(true);
  const urls = audioRequests();
  await playFirst();
  const [file] = await Promise.all([view.waitForEvent('download'), button().click()]);
  expect(file.suggestedFilename()).toMatch(/^\d{4}-\d\d-\d\d \d\d\.\d\d \S.*\.(mp3|wav)$/);
  await expect(line()).toContainText('Đã lưu');
  const played = Buffer.from(await (await fetch(urls[0] as string)).arrayBuffer());
  const digest = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
  expect(digest(readFileSync(await file.path()))).toBe(digest(played));
  // The line disappears by itself.
  await expect(line()).toHaveCount(0, { timeout: 10_000 });

  await options.evaluate(() => void window.dispatchEvent(new Event('focus')));
  const saved = options.getByTestId('audit-line').filter({ hasText: 'Lưu ghi âm thành tệp' });
  await expect(saved).toHaveCount(1);
  await expect(saved).toContainText(demoAgent.name);
});

test('a relay that breaks off leaves no file, says so, and is asked again by one press', async () => {
  await playFirst();
  let breaks = true;
  const files: string[] = [];
  view.on('download', (download) => files.push(download.suggestedFilename()));
  await view.context().route(/download=1/, (route) => (breaks ? route.abort('connectionreset') : route.continue()));
  await button().click();
  await expect(line().getByRole('alert')).toContainText('Máy chủ không trả lời');
  expect(files).toEqual([]);
  breaks = false;
  await line().getByRole('button', { name: 'Thử lại' }).click();
  await expect.poll(() => files.length).toBe(1);
  await view.context().unroute(/download=1/);
});

test('a rule that changes under an open player is told in words, and its button goes', async () => {
  await playFirst();
  await expect(button()).toBeVisible();
  await allowFiles(false);
  await view.bringToFront();
  await button().click();
  await expect(line().getByRole('alert')).toContainText('không cho phép lưu bản ghi âm');
  await expect(button()).toHaveCount(0);
  await view.getByTestId('download-close').click();
  await expect(line()).toHaveCount(0);
});

import { expect, type Locator, type Page, test } from '@playwright/test';
import { type ExtensionBrowser, launchExtensionBrowser, pageSays } from '../../sandbox/extension-browser.ts';
import { type Stage, startStage } from '../../sandbox/stage.ts';
import { openPopupBeside, waitForPageButton, waitUntil } from '../../sandbox/story.ts';
import { extensionDir } from '../../scripts/build-extension.ts';
import { enrolByRelay } from './enrol-by-relay.ts';
import { faultOfFocus } from './fault-of-focus.ts';

test.describe.configure({ mode: 'serial' });

let stage: Stage;
let browser: ExtensionBrowser;
let code: string;
let crm: Page;
let popup: Page;
test.beforeAll(async () => {
  stage = await startStage({ antbuddy: { ringMs: 200, talkMs: 4000, historyDelayMs: 100, seed: { calls: 60, agents: 1 } } });
  code = await enrolByRelay(stage);
  browser = await launchExtensionBrowser({ extensionDir: extensionDir() });
  for (const url of [stage.relay.url, stage.crmUrl]) await browser.grant(url);
});
test.afterAll(async () => {
  await browser?.close();
  await stage?.stop();
});
test.afterEach(async ({}, testInfo) => {
  if (testInfo.status !== testInfo.expectedStatus) await popup?.screenshot({ path: testInfo.outputPath('popup.png') });
});

const mostStops = 80;

/** Presses Tab until the target has the focus; the focus must be visible at every stop on the way. */
async function tabTo(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  for (let stops = 0; stops < mostStops; stops += 1) {
    if (await target.evaluate((element) => element === document.activeElement, undefined, { timeout: 5_000 })) return;
    await page.keyboard.press(key);
    expect(await faultOfFocus(page)).toBeNull();
  }
  throw new Error(`${mostStops} times ${key} did not reach ${target}.`);
}

/** Checks that Tab alone leads through the whole document and around again: there is no focus trap. */
async function expectNoTrap(page: Page): Promise<void> {
  await page.evaluate(() => {
    (document.activeElement as HTMLElement | null)?.blur();
    scrollTo(0, 0);
  });
  const seen = new Set<string>();
  for (let stops = 0; stops < mostStops; stops += 1) {
    await page.keyboard.press('Tab');
    expect(await faultOfFocus(page)).toBeNull();
    const stop = await page.evaluate(() => {
      const element = document.activeElement;
      return element && element !== document.body ? String([...document.querySelectorAll('*')].indexOf(element)) : null;
    });
    // The focus has left the document; the next Tab enters it at its start.
    if (stop === null) continue;
    if (seen.has(stop)) return expect(seen.size).toBeGreaterThan(2);
    seen.add(stop);
  }
  throw new Error(`${mostStops} times Tab did not lead around.`);
}

const rows = () => popup.getByTestId('call-row');
const expectOnlyRecorded = () =>
  expect(async () => {
    expect(await rows().count()).toBeGreaterThan(0);
    expect(await popup.getByTestId('play-recording').count()).toBe(await rows().count());
    await popup.locator('[data-testid=calls][aria-busy=false]').waitFor({ timeout: 100 });
  }).toPass();
const isIn = (target: Locator) => target.evaluate((element) => element.contains(document.activeElement));

test('a new agent connects with the code', async () => {
  const options = await browser.openView('options');
  await options.locator('[name=connect]').waitFor();
  await expectNoTrap(options);
  await tabTo(options, options.locator('[name=relayUrl]'));
  await options.keyboard.type(stage.relay.url);
  await tabTo(options, options.locator('[name=code]'));
  await options.keyboard.type(code);
  await options.keyboard.press('Enter');
  await options.getByTestId('connected').waitFor();
  await expectNoTrap(options);
  await tabTo(options, options.locator('#language select'));
  await options.keyboard.type('Ti');
  await expect(options.locator('h1')).toHaveText('Tùy chọn');
  await options.close();
});

test('turns the site on, and calls the number that the keys lead to', async () => {
  crm = await browser.context.newPage();
  await crm.goto(stage.crmUrl);
  await crm.bringToFront();
  popup = await openPopupBeside(browser);
  const toggle = popup.getByTestId('site-switch').getByRole('switch');
  await tabTo(popup, toggle);
  await popup.keyboard.press('Space');
  await expect(toggle).toHaveAttribute('aria-checked', 'true');

  await waitForPageButton(crm, '0912 345 678');
  await crm.keyboard.press('Alt+.');
  // A button accepts a press only after half a second in view.
  await expect(async () => {
    await crm.keyboard.press('Enter');
    expect(stage.antbuddy.control.dials()).toHaveLength(1);
  }).toPass();
  expect(stage.antbuddy.control.dials()[0]?.number).toBe('0912345678');
  const words = ['đổ chuông', 'đang trong cuộc gọi', 'đã kết thúc'];
  await expect
    .poll(async () => (await Promise.all(words.map((said) => pageSays(crm, said)))).some(Boolean), { intervals: [50] })
    .toBe(true);
  await crm.keyboard.press('Escape');
});

test('calls a typed number, and its row becomes the call of the history', async () => {
  await popup.bringToFront();
  await popup.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await popup.keyboard.type('0987654321');
  await expect(popup.getByTestId('dial-says')).toContainText('0987 654 321');
  await popup.keyboard.press('Enter');
  await waitUntil('The second call', () => stage.antbuddy.control.dials().length === 2);
  await popup.keyboard.press('Escape');
  await expect(popup.getByTestId('dial-input')).toHaveCount(0);
  await expect(rows().filter({ hasText: '0987 654 321' })).toHaveCount(1, { timeout: 45_000 });
});

test('filters, searches and comes back to the whole list', async () => {
  await expectNoTrap(popup);
  const recorded = popup.getByTestId('filter-recorded');
  await popup.keyboard.press('/');
  await expect(popup.getByTestId('search')).toBeFocused();
  await tabTo(popup, recorded);
  await popup.keyboard.press('Enter');
  await expect(recorded).toHaveAttribute('aria-pressed', 'true');
  await expectOnlyRecorded();
  await tabTo(popup, popup.getByTestId('filter-all'), 'Shift+Tab');
  await popup.keyboard.press('Space');

  await popup.keyboard.press('/');
  await popup.keyboard.type('87654');
  await expect.poll(() => rows().count()).toBe(1);
  await popup.keyboard.press('Escape');
  await expect(popup.getByTestId('search')).toHaveValue('');
  await expect.poll(() => rows().count()).toBeGreaterThan(5);
});

test('plays a recording, notes what came of it and closes both', async () => {
  // The focus is still in the search field.
  await tabTo(popup, popup.getByTestId('filter-recorded'));
  await popup.keyboard.press('Enter');
  await expectOnlyRecorded();
  await popup.keyboard.press('/');
  await popup.keyboard.press('ArrowDown');
  const row = rows().first();
  await expect.poll(() => isIn(row)).toBe(true);
  const play = row.getByTestId('play-recording');
  await tabTo(popup, play, 'Shift+Tab');
  await popup.keyboard.press('Enter');
  const seek = popup.getByTestId('player-seek');
  await expect(seek).toBeEnabled({ timeout: 20_000 });
  await tabTo(popup, seek);
  await popup.keyboard.press('ArrowRight');
  await expect.poll(async () => Number(await seek.inputValue())).toBeGreaterThan(0);

  await popup.keyboard.press('n');
  await expect(popup.getByTestId('note-text')).toBeFocused();
  await popup.keyboard.type('khách hẹn gọi lại');
  const outcomes = popup.getByTestId('player').getByTestId('outcomes').getByRole('radio');
  await tabTo(popup, outcomes.first());
  await popup.keyboard.press('ArrowRight');
  await popup.keyboard.press('Enter');
  await expect(outcomes.nth(1)).toBeChecked();
  await expect(popup.getByTestId('note-says')).toHaveText('Đã lưu');
  await tabTo(popup, popup.getByTestId('player-close'), 'Shift+Tab');
  await popup.keyboard.press('Enter');
  await expect(popup.getByTestId('player-close')).toHaveCount(0);
  await expect(row.getByTestId('note-line')).toContainText('khách hẹn gọi lại');
  // The focus is back on the button that opened the player.
  await expect(play).toBeFocused();
});

test('finds the call again by its outcome, opens and closes its note, and every stop is still in sight', async () => {
  await popup.keyboard.press('/');
  await tabTo(popup, popup.getByTestId('filter-outcome'));
  await popup.keyboard.type('Hẹn');
  await expect.poll(() => rows().count()).toBe(1);
  await expect(rows()).toContainText('khách hẹn gọi lại');
  const note = rows().first().getByTestId('note');
  await tabTo(popup, note);
  await popup.keyboard.press('Enter');
  await expect(popup.getByTestId('note-text')).toBeFocused();
  await popup.keyboard.press('Escape');
  await expect(popup.getByTestId('note-text')).toHaveCount(0);
  await expect(note).toBeFocused();
  await expectNoTrap(popup);
});

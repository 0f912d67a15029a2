import { expect, type Page, test } from '@playwright/test';
import { demoAgent, demoPassphrase } from '../../sandbox/demo/enrol-agent.ts';
import type { ExtensionBrowser } from '../../sandbox/extension-browser.ts';
import { agentRow, confirmPassphrase, readEnrolmentCode } from '../../sandbox/story.ts';
import { type Company, openAdmin, openCompany } from './company.ts';

declare const chrome: { permissions: { remove(wanted: { origins: string[] }): Promise<boolean> } };

test.describe.configure({ mode: 'serial' });

let company: Company;
let admin: ExtensionBrowser;
let panel: Page;
test.beforeAll(async () => {
  company = await openCompany({ antbuddy: { seed: { calls: 5 } } });
  ({ admin, options: panel } = await openAdmin(company));
});
test.afterAll(async () => {
  await admin?.close();
  await company?.close();
});

/** Opens the options through the popup's status line; returns them and a reopened popup. */
async function openOptionsFromPopup(): Promise<{ popup: Page; options: Page }> {
  const { popup, browser } = company;
  await popup.bringToFront();
  await popup.reload();
  await expect(popup.getByTestId('status-line')).toHaveAttribute('data-tone', 'bad');
  // A real popup closes on this press, and so does its document in a tab.
  const [options] = await Promise.all([browser.context.waitForEvent('page'), popup.getByTestId('status-mend').click()]);
  await options.waitForURL(/options\.html/);
  company.popup = await browser.openView('popup');
  return { popup: company.popup, options };
}
const isReady = (popup: Page) => expect(popup.getByTestId('status-line')).toHaveAttribute('data-tone', 'good');

test('a browser that the admin shut out says so, and calls again by a new code typed right there', async () => {
  await agentRow(panel, demoAgent.name).locator('.agent-actions button').first().click();
  const device = panel.getByTestId('device').first();
  await device.getByRole('button').click();
  await device.locator('.button-danger-solid').click();
  await confirmPassphrase(panel, demoPassphrase, panel.getByText('Chưa có trình duyệt nào kết nối.'));
  await panel.keyboard.press('Escape');
  const code = await readEnrolmentCode(panel, demoAgent.name, demoPassphrase);

  const { popup, options } = await openOptionsFromPopup();
  const regain = options.getByTestId('regain-access');
  await expect(regain).toContainText('đã bị thu hồi');
  await expect(options.locator('[name=relayUrl]')).toHaveValue(company.stage.relay.url);
  await options.bringToFront();
  await options.locator('[name=code]').fill('AAAAA-11111');
  await options.locator('[name=code]').press('Enter');
  await expect(regain).toContainText('Mã không hợp lệ');
  await options.locator('[name=code]').fill(code);
  await options.locator('[name=code]').press('Enter');
  await expect(regain).toHaveCount(0);
  await expect(options.getByTestId('connected')).toContainText(demoAgent.name);
  // The admin still has the code on screen and sees that it was used.
  await expect(panel.getByTestId('code-used')).toContainText(demoAgent.name, { timeout: 15_000 });
  await popup.bringToFront();
  await popup.reload();
  await isReady(popup);
  await options.close();
});

test('a browser that took the permission for the relay away says so, and gets it back by one press', async () => {
  const { popup: before, browser } = company;
  const pattern = `${new URL(company.stage.relay.url).protocol}//${new URL(company.stage.relay.url).hostname}/*`;
  await before.evaluate((origin) => chrome.permissions.remove({ origins: [origin] }), pattern);
  const { popup, options } = await openOptionsFromPopup();
  const regain = options.getByTestId('regain-access');
  await expect(regain).toContainText('không còn cho Dialside truy cập');
  await expect(options.locator('[name=code]')).toHaveCount(0);
  await regain.getByRole('button', { name: 'Cho phép truy cập' }).click();
  await expect(regain).toHaveCount(0);
  await popup.bringToFront();
  await popup.reload();
  await isReady(popup);
  expect(browser.context.pages()).toContain(options);
});

import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { demoAgent, demoDevices } from '../../sandbox/demo/enrol-agent.ts';
import { findPageButtons, pageSays } from '../../sandbox/extension-browser.ts';
import { pressRested, waitForPageButton } from '../../sandbox/story.ts';
import { type Company, openCompany } from './company.ts';

const [mobile = { deviceName: '', sipUser: '', sipPassword: '' }] = demoDevices.further;
const desk = { deviceName: demoDevices.first, sipUser: demoAgent.sipUser };

/** The parts of the extension API that these tests use. */
declare const chrome: {
  contextMenus: { onClicked: { dispatch(...values: unknown[]): void } };
  runtime: { getContexts(filter: object): Promise<object[]> };
};

test.describe.configure({ mode: 'serial' });

let company: Company;
test.beforeAll(async ({}, testInfo) => {
  company = await openCompany({ dataRoot: join(testInfo.project.outputDir, 'devices-stage'), devices: demoDevices });
});
test.afterEach(async ({}, testInfo) => {
  if (testInfo.status === testInfo.expectedStatus) return;
  await company.crm.screenshot({ path: testInfo.outputPath('crm.png') });
  await company.popup.screenshot({ path: testInfo.outputPath('popup.png') });
});
test.afterAll(() => company?.close());

const control = () => company.stage.antbuddy.control;
/** The devices that rang for a number, in the order of the calls. */
const rungFor = (number: string) =>
  control()
    .dials()
    .filter((dial) => dial.number === number)
    .map(({ sipUser }) => sipUser);

async function pick(popup: Page, deviceName: string): Promise<void> {
  if (!(await popup.getByTestId('dial').isVisible())) await popup.getByTestId('dial-open').click();
  await popup.getByTestId('ring-device').selectOption({ label: deviceName });
  await expect(popup.getByRole('status').filter({ hasText: deviceName }).first()).toBeVisible();
}
async function callTyped(popup: Page, number: string): Promise<void> {
  if (!(await popup.getByTestId('dial').isVisible())) await popup.getByTestId('dial-open').click();
  await popup.getByTestId('dial-input').fill(number);
  await popup.getByTestId('dial-call').click();
}

test('the first of two devices rings until the agent picks the other', async () => {
  const { popup } = company;
  await callTyped(popup, '0912000101');
  await expect.poll(() => rungFor('0912000101')).toEqual([desk.sipUser]);
  await pick(popup, mobile.deviceName);
  await callTyped(popup, '0912000102');
  await expect.poll(() => rungFor('0912000102')).toEqual([mobile.sipUser]);
});

test('what was picked rings for calls from the page too, and the card shows it', async () => {
  const { crm } = company;
  await crm.bringToFront();
  const button = await waitForPageButton(crm, '0912 345 678');
  await crm.mouse.move(100, 600);
  await crm.mouse.move(button.x, button.y, { steps: 3 });
  await expect.poll(() => pageSays(crm, 'Đổ chuông:')).toBe(true);
  await crm.screenshot({ path: join(test.info().outputDir, 'card-devices.png') });
  await pressRested(crm, '0912 345 678');
  await expect.poll(() => rungFor('0912345678')).toEqual([mobile.sipUser]);
});

test('an offline device on the page: the other one is offered, and one press is one call', async () => {
  const { crm, popup } = company;
  await pick(popup, desk.deviceName);
  control().putDevice({ sipUser: desk.sipUser, online: false });
  await crm.bringToFront();
  await pressRested(crm, '098-765-4321');
  await expect.poll(() => pageSays(crm, 'Thiết bị của bạn đang ngoại tuyến nên chưa gọi')).toBe(true);
  const name = `Gọi bằng ${mobile.deviceName}`;
  await expect.poll(async () => (await findPageButtons(crm, name)).length).toBe(1);
  await crm.screenshot({ path: join(test.info().outputDir, 'other-device.png') });
  // Only offered: without a press nothing rings, now or soon.
  await crm.waitForTimeout(1_000);
  expect(rungFor('0987654321')).toEqual([]);
  await pressRested(crm, name);
  await expect.poll(() => rungFor('0987654321')).toEqual([mobile.sipUser]);
  await expect.poll(async () => (await findPageButtons(crm, name)).length).toBe(0);
});

test('an offline device in the popup: the same', async () => {
  const { popup } = company;
  await callTyped(popup, '0912000103');
  const row = popup.getByTestId('placed-row').filter({ hasText: '0912 000 103' }).first();
  await expect(row).toHaveAttribute('data-state', 'rejected');
  await popup.reload();
  await popup.screenshot({ path: join(test.info().outputDir, 'popup-devices.png') });
  expect(rungFor('0912000103')).toEqual([]);
  // By keyboard, because a pointer press counts only after the row has been in place for a moment.
  await row.getByTestId('call-with-other').press('Enter');
  await expect.poll(() => rungFor('0912000103')).toEqual([mobile.sipUser]);
  // Calling once with the other device does not change the picked device.
  await callTyped(popup, '0912000104');
  await expect(popup.getByTestId('placed-row').filter({ hasText: '0912 000 104' }).first()).toHaveAttribute(
    'data-state',
    'rejected',
  );
  expect(rungFor('0912000104')).toEqual([]);
  control().putDevice({ sipUser: desk.sipUser, online: true });
});

test('calls of every device are the agent’s own, in the popup and for the admin', async () => {
  const { popup } = company;
  for (const number of ['0912 000 101', '0912 000 102', '0912 000 103'])
    await expect(async () => {
      await popup.reload();
      await expect(popup.getByTestId('call-row').filter({ hasText: number }).first()).toBeVisible({ timeout: 1_000 });
    }).toPass({ timeout: 30_000 });
});

test('an offline device found by the menu of a selected text: the popup comes up, with the other device beside the number', async () => {
  const { browser, crm, popup } = company;
  await pick(popup, desk.deviceName);
  control().putDevice({ sipUser: desk.sipUser, online: false });
  await crm.bringToFront();
  const worker = browser.context.serviceWorkers()[0] ?? (await browser.context.waitForEvent('serviceworker'));
  await worker.evaluate((pageUrl) => {
    const info = { menuItemId: 'call-selection', selectionText: '0912 000 105', pageUrl, editable: false };
    chrome.contextMenus.onClicked.dispatch(info, { id: 1, url: pageUrl, active: true, windowId: 1 });
  }, crm.url());
  // Tests cannot look into a toolbar popup, so the same view in a tab is checked.
  await expect.poll(() => worker.evaluate(() => chrome.runtime.getContexts({ contextTypes: ['POPUP'] }))).toHaveLength(1);
  await popup.reload();
  const row = popup.getByTestId('placed-row').filter({ hasText: '0912 000 105' });
  await expect(row).toContainText('ngoại tuyến');
  expect(rungFor('0912000105')).toEqual([]);
  // By keyboard, because a pointer press counts only after the row has been in place for a moment.
  await row.getByTestId('call-with-other').press('Enter');
  await expect.poll(() => rungFor('0912000105')).toEqual([mobile.sipUser]);
  control().putDevice({ sipUser: desk.sipUser, online: true });
});

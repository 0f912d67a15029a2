import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, type Page, test } from '@playwright/test';
import { demoAgent, demoPassphrase } from '../../sandbox/demo/enrol-agent.ts';
import { type ExtensionBrowser, pageSays } from '../../sandbox/extension-browser.ts';
import { confirmPassphrase, waitForPageButton } from '../../sandbox/story.ts';
import { type Company, openAdmin, openCompany } from './company.ts';

declare const chrome: { contextMenus: { onClicked: { dispatch(...values: unknown[]): void } } };

test.describe.configure({ mode: 'serial' });

const hourMs = 3_600_000;
/** Longer than it takes to set the hours of fixed lines and to call one. */
const lastMinutesMs = 180_000;

let company: Company;
let admin: ExtensionBrowser;
let options: Page;
/** When the first call of this file may have been placed. */
let began: number;
test.beforeAll(async () => {
  began = Date.now();
  // Calls ring for longer than the tests run, so that each keeps its row in the popup.
  company = await openCompany({ antbuddy: { ringMs: 600_000, seed: { calls: 5 } } });
  ({ admin, options } = await openAdmin(company));
});
test.afterAll(async () => {
  await admin?.close();
  await company?.close();
});
test.afterEach(async ({}, testInfo) => {
  if (testInfo.status === testInfo.expectedStatus) return;
  await options.screenshot({ path: testInfo.outputPath('options.png'), fullPage: true });
  await company.popup.screenshot({ path: testInfo.outputPath('popup.png') });
});

const dials = () => company.stage.antbuddy.control.dials().map(({ number }) => number);
const section = (id: string) => options.locator(`#${id}`);
const saved = () => confirmPassphrase(options, demoPassphrase, section('policy').getByText('Đã có hiệu lực.'));
/** Milliseconds of the company's day that have passed. */
const timeOfDay = () => (Date.now() + 7 * hourMs) % (24 * hourMs);
/** The day that the company has, such as 2026-11-30. */
const dayOf = (at: number) => new Date(at + 7 * hourMs).toISOString().slice(0, 10);

/** Waits for the next day where this one is nearly over: no field takes an end of hours later than 23:59. */
async function leaveLastMinutes(): Promise<void> {
  const left = 24 * hourMs - timeOfDay();
  if (left > lastMinutesMs) return;
  test.setTimeout(test.info().timeout + left);
  await wait(left);
}
/** Simulates an admin who comes back from another window. */
const comeBack = () => options.evaluate(() => void window.dispatchEvent(new Event('focus')));

/** Calls as the agent and returns the text of the newest row once the call is settled. */
async function agentCalls(number: string): Promise<string> {
  const { popup } = company;
  await popup.bringToFront();
  const field = popup.getByTestId('dial-input');
  if (!(await field.isVisible())) await popup.getByTestId('dial-open').click();
  const rows = popup.getByTestId('placed-row');
  const before = await rows.count();
  await field.fill(number);
  await field.press('Enter');
  await expect.poll(() => rows.count()).toBe(before + 1);
  await expect(rows.first()).not.toHaveAttribute('data-state', 'dispatching');
  return (await rows.first().textContent()) ?? '';
}

async function tryNumber(number: string): Promise<void> {
  await options.locator('[name=dry-run]').fill(number);
  await options.locator('[name=dry-run]').press('Enter');
}

test('a rule is tried, changed and in force for the next call', async () => {
  const number = '1900 6364';
  const answer = options.getByTestId('dry-run-answer');
  await tryNumber(number);
  await expect(answer).toContainText('số tính cước cao');
  expect(await agentCalls(number)).toContain('cước cao');
  expect(dials()).toEqual([]);

  await section('policy').getByLabel('Cước cao (1900)').check();
  await section('policy').getByRole('button', { name: 'Lưu', exact: true }).click();
  await saved();
  await expect(answer).toContainText('Cuộc gọi sẽ được thực hiện.');
  await agentCalls(number);
  expect(dials()).toEqual(['19006364']);
});

test('a number on the do-not-call list is refused until it is off the list', async () => {
  const number = '0912 345 678';
  const panel = options.getByTestId('do-not-call');
  await panel.getByTestId('dnc-lines').fill(`${number}, khách yêu cầu\n+84 28 3731 2345\nkhông phải số`);
  await panel.getByTestId('dnc-import').click();
  await confirmPassphrase(options, demoPassphrase, panel.getByText('Đã thêm 2, đã bỏ 0.'));
  await expect(panel).toContainText('Có số không đọc được ở các dòng: 3.');
  await expect(panel.getByTestId('dnc-lines')).toHaveValue('không phải số');

  const [file] = await Promise.all([options.waitForEvent('download'), panel.getByTestId('dnc-export').click()]);
  const csv = readFileSync(await file.path(), 'utf8');
  expect(csv).toContain('+84912345678');
  expect(csv).toContain('khách yêu cầu');

  await tryNumber(number);
  await expect(options.getByTestId('dry-run-answer')).toContainText('không gọi');
  expect(await agentCalls(number)).toContain('không gọi');
  expect(dials()).toHaveLength(1);

  await panel.locator('[name=dnc-number]').fill('+84 912 345 678');
  await panel.locator('[name=dnc-number]').press('Enter');
  await expect(panel).toContainText('Đã bỏ +84 912 345 678 khỏi danh sách');
  await agentCalls(number);
  expect(dials()).toEqual(['19006364', '0912345678']);
});

test('an agent who calls too much is locked, and calls again once an admin says so', async () => {
  await section('policy').locator('[name=burst-calls]').fill('4');
  await section('policy').getByRole('button', { name: 'Lưu', exact: true }).click();
  await saved();
  let says = '';
  for (let index = 1; index <= 6 && !says.includes('bị khóa'); index += 1) says = await agentCalls(`090100000${index}`);
  expect(says).toContain('bị khóa');
  const before = dials().length;
  expect(before).toBeLessThanOrEqual(5);
  await agentCalls('0901000009');
  expect(dials()).toHaveLength(before);

  await comeBack();
  const lock = options.getByTestId('lock').filter({ hasText: demoAgent.name });
  await lock.getByRole('button').click();
  await confirmPassphrase(options, demoPassphrase, options.getByText(`Đã mở khóa, ${demoAgent.name} có thể gọi tiếp.`));
  await expect(lock).toHaveCount(0);
  await agentCalls('0901000010');
  expect(dials()).toHaveLength(before + 1);
});

test('outside the sales hours of its kind of number an agent calls with a reason, and the log keeps it', async () => {
  const number = '0901 000 011';
  await leaveLastMinutes();
  // Hours in the other half of the day, so that the present time is outside them.
  const [from, to] = timeOfDay() < 12 * hourMs ? ['20:00', '21:00'] : ['02:00', '03:00'];
  const window = options.getByTestId('sales-window');
  await options.getByTestId('sales-hours-on').check();
  await window.locator('[type=time]').first().fill(from);
  await window.locator('[type=time]').last().fill(to);
  await window.getByLabel('Cố định').uncheck();
  await expect(section('policy')).toContainText('Chưa có khung giờ cho: Cố định.');
  // Fixed lines get hours of their own; the focus moves into the new fields.
  await options.getByRole('button', { name: 'Thêm khung giờ' }).press('Enter');
  const fixed = options.getByRole('group', { name: 'Khung giờ 2' });
  await expect(fixed.getByLabel('Từ')).toBeFocused();
  await fixed.getByLabel('Từ').fill('23:59');
  await fixed.getByLabel('Di động').uncheck();
  await fixed.getByLabel('Cố định').check();
  await expect(fixed.getByRole('alert')).toHaveText('Giờ kết thúc phải sau giờ bắt đầu.');
  await expect(section('policy').getByRole('button', { name: 'Lưu', exact: true })).toBeDisabled();
  await fixed.getByLabel('Từ').fill('00:00');
  await fixed.getByLabel('Đến').fill('23:59');
  await section('policy').locator('[name=burst-calls]').fill('40');
  await section('policy').getByRole('button', { name: 'Lưu', exact: true }).click();
  await saved();
  const answer = options.getByTestId('dry-run-answer');
  await tryNumber('028 3822 2222');
  await expect(answer).toContainText(/Cuộc gọi sẽ được thực hiện\..*02838222222/);
  await tryNumber(number);
  await expect(answer).toContainText(/Giờ này không được gọi.*0901000011/);

  await agentCalls('028 3822 2222');
  expect(dials().at(-1)).toBe('02838222222');
  const before = dials().length;
  const { popup, browser, crm } = company;
  expect(await agentCalls(number)).toContain('giờ');
  const reason = popup.getByTestId('override-reason');
  await reason.press('Enter');
  await reason.fill('Khách hẹn gọi giờ này');
  expect(dials()).toHaveLength(before);
  await reason.press('Enter');
  await expect.poll(dials).toHaveLength(before + 1);
  await expect(reason).toHaveCount(0);

  const worker = browser.context.serviceWorkers()[0] ?? (await browser.context.waitForEvent('serviceworker'));
  await worker.evaluate((pageUrl) => {
    const info = { menuItemId: 'call-selection', selectionText: '0901 000 012', pageUrl, editable: false };
    chrome.contextMenus.onClicked.dispatch(info, { id: 1, url: pageUrl, active: true, windowId: 1 });
  }, crm.url());
  const row = popup.getByTestId('placed-row').filter({ hasText: '0901 000 012' });
  await expect(row).toHaveAttribute('data-state', 'not_sent');
  expect(dials()).toHaveLength(before + 1);
  // The calls of this file are all still ringing above the list, of which they leave more than half in sight.
  const strip = popup.getByTestId('live-box');
  expect(await strip.getByTestId('live-call').count()).toBeGreaterThan(6);
  expect((await strip.boundingBox())?.height).toBeLessThan(200);
  await row.getByTestId('override-reason').fill('Gọi lại theo yêu cầu');
  await row.getByTestId('override-call').click();
  await expect.poll(() => dials().slice(before)).toEqual(['0901000011', '0901000012']);

  // The card of a number on the page asks for a reason too.
  await crm.bringToFront();
  await waitForPageButton(crm, '098-765-4321');
  await expect(async () => {
    await crm.keyboard.press('Alt+.');
    await expect.poll(() => pageSays(crm, '+84 987 654 321'), { timeout: 1_000 }).toBe(true);
    // Not one that came late, while the shortcut was pressed for the next number already.
    await crm.waitForTimeout(500);
    expect(await pageSays(crm, '+84 987 654 321')).toBe(true);
  }).toPass();
  await expect.poll(() => pageSays(crm, 'Vì sao vẫn gọi lúc này?')).toBe(true);
  await crm.keyboard.press('ArrowDown');
  await crm.keyboard.type('Khách nhắn nhờ gọi');
  await crm.keyboard.press('Tab');
  await crm.waitForTimeout(700);
  expect(dials()).toHaveLength(before + 2);
  await crm.keyboard.press('Enter');
  await expect.poll(() => dials().slice(before + 2)).toEqual(['0987654321']);
});

test('who called how much is counted, and saved as files for a spreadsheet', async () => {
  await comeBack();
  const panel = options.getByTestId('reports');
  const placed = panel.getByTestId('report-line').filter({ hasText: demoAgent.name }).locator('td').nth(1);
  // Where midnight has passed since, the calls before it are of the day before.
  const [first, today] = [dayOf(began), dayOf(Date.now())];
  await panel.locator('[name=report-from]').fill(first);
  await panel.locator('[name=report-to]').fill(today);
  await expect(placed).toHaveText(String(dials().length));

  const save = async (button: string) => {
    const [file] = await Promise.all([options.waitForEvent('download'), panel.getByTestId(button).click()]);
    await expect(panel.getByText(`Đã lưu thành ${file.suggestedFilename()}.`)).toBeVisible();
    const [heading, ...rows] = readFileSync(await file.path(), 'utf8')
      .trimEnd()
      .split('\r\n');
    return { name: file.suggestedFilename(), heading, rows };
  };
  const table = await save('report-save');
  expect(table.name).toBe(`dialside-report-${first}-${today}.csv`);
  expect(table.heading).toMatch(/^\uFEFFNgày,Nhân viên,Lượt gọi,Đã gọi,/);
  const told = table.rows.map((row) => row.split(','));
  for (const [day, name, clicks, placed] of told)
    expect([[first, today].includes(day ?? ''), name, Number(clicks) >= Number(placed)]).toEqual([true, demoAgent.name, true]);
  expect(told.map(([day]) => day)).toEqual([...new Set(told.map(([day]) => day))]);
  expect(told.reduce((sum, [, , , placed]) => sum + Number(placed), 0)).toBe(dials().length);

  await panel.locator('[name=report-number]').fill('0901.000.011');
  const calls = await save('report-save-calls');
  expect(calls.name).toBe(`dialside-calls-${first}-${today}.csv`);
  expect(calls.heading).toMatch(/^\uFEFFThời gian,Nhân viên,Số điện thoại,Trạng thái,/);
  expect(calls.rows.map((row) => row.split(',').slice(1, 3))).toContainEqual([demoAgent.name, '0901 000 011']);
  expect(calls.rows.filter((row) => !row.includes(',+84901000011,'))).toEqual([]);
  await panel.getByTestId('report-show-calls').click();
  const shown = panel.getByTestId('number-call');
  await expect(shown).toHaveCount(calls.rows.length);
  await expect(shown.first()).toContainText(demoAgent.name);

  await panel.locator('select').selectOption('last_month');
  await expect(panel).toContainText('Không ai gọi bằng Dialside trong những ngày này.');
  await panel.getByTestId('report-save').click();
  await expect(panel).toContainText('không lưu tệp');
});

test('the log tells what was just done and by whom, newest first', async () => {
  await comeBack();
  const lines = options.getByTestId('audit-line');
  await expect(lines.filter({ hasText: 'Mở khóa nhân viên' })).toHaveCount(1);
  const told = await lines.evaluateAll((rows) =>
    rows.map((row) => ({ action: (row as HTMLElement).dataset.action ?? '', text: row.textContent ?? '' })),
  );
  const actions = [
    'policy.change',
    'agent.unlock',
    'agent.lock',
    'policy.change',
    'do-not-call.remove',
    'do-not-call.import',
    'policy.change',
  ];
  const known = told.filter(({ action }) => actions.includes(action));
  expect(known.map(({ action }) => action)).toEqual(actions);
  for (const reason of ['Khách hẹn gọi giờ này', 'Gọi lại theo yêu cầu', 'Khách nhắn nhờ gọi'])
    expect(told.map(({ text }) => text).join()).toContain(reason);
  for (const { action, text } of known) expect(text).toContain(action === 'agent.lock' ? 'Máy chủ' : 'Trưởng phòng');
  // The line of a policy change says what changed: the newest one introduced the sales hours.
  expect(known[0]?.text).toMatch(/giờ gọi bán hàng: \d\d:00–\d\d:00,.*; 00:00–23:59,/);
});

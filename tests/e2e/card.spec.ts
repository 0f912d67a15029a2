import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { customers } from '../../sandbox/crm/customers.ts';
import { startCrm } from '../../sandbox/crm/start-crm.ts';
import { findPageButtons, pageSays } from '../../sandbox/extension-browser.ts';
import { enableSite, openPopupBeside, pressRested, waitForPageButton } from '../../sandbox/story.ts';
import { type Company, openCompany } from './company.ts';

/** The number of the first customer in the list, printed as `0912 345 678`. */
const written = customers[0]?.phones[0]?.parts.join('') ?? '';

test.describe.configure({ mode: 'serial' });

let company: Company;
test.beforeAll(async ({}, testInfo) => {
  company = await openCompany({ dataRoot: join(testInfo.project.outputDir, 'card-stage') });
});
test.afterEach(async ({}, testInfo) => {
  if (testInfo.status !== testInfo.expectedStatus) await company.crm.screenshot({ path: testInfo.outputPath('crm.png') });
});
test.afterAll(() => company?.close());

/** Rests the pointer on the number's button until its card opens. */
async function hover(page: Page): Promise<void> {
  const button = await waitForPageButton(page, written);
  await page.mouse.move(100, 600);
  // An open card keeps what was known when it opened, so wait until it has closed.
  await expect.poll(() => pageSays(page, 'Không phải số điện thoại')).toBe(false);
  await page.mouse.move(button.x, button.y, { steps: 3 });
  await page.waitForTimeout(800);
}

/** Opens the card and waits for the earlier calls, which move the buttons below them. */
async function openCard(page: Page): Promise<void> {
  await hover(page);
  const isComplete = async () =>
    (await pageSays(page, 'cuộc gọi trong 7 ngày')) || (await pageSays(page, 'Không thấy cuộc gọi nào của bạn với số này'));
  await expect.poll(isComplete).toBe(true);
}

const pressInCard = (page: Page, name: string) => pressRested(page, name, { isExact: true });
const marked = async (page: Page) => (await findPageButtons(page, `Gọi ${written}`)).length > 0;

test('hovering a number tells what it is and what was with it', async () => {
  const { crm, stage } = company;
  await openCard(crm);
  await expect.poll(() => pageSays(crm, 'Việt Nam · di động')).toBe(true);
  await expect.poll(() => pageSays(crm, 'Không thấy cuộc gọi nào của bạn với số này')).toBe(true);
  expect(stage.antbuddy.control.dials()).toEqual([]);
  await crm.screenshot({ path: join(test.info().outputDir, 'card.png') });
});

test('a call from the card is placed once, and a later card knows of it', async () => {
  const { crm, stage } = company;
  await openCard(crm);
  await pressInCard(crm, 'Gọi');
  // Where call signals arrive, the call may already have been answered by then.
  const isOn = async () => (await pageSays(crm, 'đổ chuông')) || (await pageSays(crm, 'đang trong cuộc gọi'));
  await expect.poll(isOn).toBe(true);
  expect(stage.antbuddy.control.dialCounts()).toEqual({ [written.replace(/\D/g, '')]: 1 });
  await crm.mouse.move(100, 600);
  await crm.mouse.click(100, 600);
  await expect
    .poll(
      async () => {
        await hover(crm);
        return pageSays(crm, '1 cuộc gọi trong 7 ngày');
      },
      { timeout: 60_000, intervals: [2_000] },
    )
    .toBe(true);
});

test('what came of the call is noted on the page, and the popup shows it', async () => {
  const { crm, browser } = company;
  await openCard(crm);
  await pressInCard(crm, 'Hẹn gọi sau');
  await expect.poll(() => pageSays(crm, 'Đã lưu')).toBe(true);
  const popup = await openPopupBeside(browser);
  const noted = popup.getByTestId('note-line').filter({ hasText: 'Hẹn gọi sau' });
  await expect(noted).toHaveCount(1);
  await crm.bringToFront();
  await openCard(crm);
  await pressInCard(crm, 'Hẹn gọi sau');
  await expect.poll(() => pageSays(crm, 'Đã bỏ')).toBe(true);
  await expect(noted).toHaveCount(0);
  await popup.close();
});

test('“not a phone number” holds on this site only, survives a reload, and can be undone', async () => {
  const { crm, browser } = company;
  await crm.bringToFront();
  await expect.poll(() => marked(crm)).toBe(true);
  // The same pages on another port are another site.
  const elsewhere = await startCrm({ port: 0 });
  const other = await browser.context.newPage();
  await other.goto(elsewhere.url);
  await other.bringToFront();
  const popup = await openPopupBeside(browser);
  await enableSite(popup);
  await popup.close();
  await expect.poll(() => marked(other)).toBe(true);

  await crm.bringToFront();
  await openCard(crm);
  await pressInCard(crm, 'Không phải số điện thoại');
  await expect.poll(() => pageSays(crm, 'không còn nút gọi trên cả trang web này')).toBe(true);
  expect(await marked(crm)).toBe(false);
  await pressInCard(crm, 'Hoàn tác');
  await expect.poll(() => marked(crm)).toBe(true);

  await openCard(crm);
  await pressInCard(crm, 'Không phải số điện thoại');
  await expect.poll(() => marked(crm)).toBe(false);
  await crm.reload();
  const second = customers[1]?.phones[0]?.parts.join('') ?? '';
  await waitForPageButton(crm, second);
  expect(await marked(crm)).toBe(false);

  const options = await browser.openView('options');
  const hidden = options.getByTestId('hidden-numbers').getByRole('listitem');
  await expect(hidden).toHaveText([/0912 345 678.*Hiện lại/]);
  await hidden.getByRole('button').click();
  await expect(hidden).toHaveCount(0);
  await options.close();
  await crm.bringToFront();
  await expect.poll(() => marked(crm)).toBe(true);

  await other.bringToFront();
  await other.reload();
  await expect.poll(() => marked(other)).toBe(true);
  await other.close();
  await elsewhere.stop();
});

test('“never on this site” takes everything out of the page, and the popup brings it back', async () => {
  const { crm, browser } = company;
  await crm.bringToFront();
  const second = customers[1]?.phones[0]?.parts.join('') ?? '';
  const button = await waitForPageButton(crm, second);
  await crm.mouse.move(100, 600);
  await crm.mouse.move(button.x, button.y, { steps: 3 });
  await pressInCard(crm, 'Luôn tắt ở trang web này');
  await expect.poll(() => pageSays(crm, 'bấm nút Dialside trên thanh công cụ')).toBe(true);
  await pressInCard(crm, 'Tắt');
  await expect.poll(async () => (await findPageButtons(crm, 'Gọi')).length).toBe(0);
  await crm.reload();
  await crm.waitForLoadState('load');
  expect(await findPageButtons(crm, 'Gọi')).toEqual([]);
  await browser.grant(crm.url());
  await crm.bringToFront();
  const popup = await openPopupBeside(browser);
  await enableSite(popup);
  await waitForPageButton(crm, second);
});

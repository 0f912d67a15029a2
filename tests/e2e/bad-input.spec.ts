import { expect, type Page, test } from '@playwright/test';
import { demoAgent, demoPassphrase } from '../../sandbox/demo/enrol-agent.ts';
import { launchExtensionBrowser, pageSays } from '../../sandbox/extension-browser.ts';
import { agentRow, confirmPassphrase, connectAdmin, openPopupBeside, pressConnect, pressRested } from '../../sandbox/story.ts';
import { extensionDir } from '../../scripts/build-extension.ts';
import { type Company, openCompany } from './company.ts';

test.describe.configure({ mode: 'serial' });

let company: Company;
test.beforeAll(async () => {
  company = await openCompany();
});
test.afterAll(() => company?.close());
test.afterEach(async ({}, testInfo) => {
  company.stage.antbuddy.control.clearFaults();
  if (testInfo.status !== testInfo.expectedStatus) await company.crm.screenshot({ path: testInfo.outputPath('crm.png') });
});

/** Numbers of the CRM's list, each used by one case and far enough apart that no answer covers the next button. */
const outcomes = [
  {
    name: 'the device is offline',
    number: '0912 345 678',
    before: () => company.stage.antbuddy.control.putDevice({ sipUser: demoAgent.sipUser, online: false }),
    after: () => company.stage.antbuddy.control.putDevice({ sipUser: demoAgent.sipUser, online: true }),
    says: 'Thiết bị của bạn đang ngoại tuyến nên chưa gọi',
    dials: 0,
  },
  {
    name: 'AntBuddy limits the rate',
    number: '098-765-4321',
    before: () => company.stage.antbuddy.control.fault({ endpoint: 'click-to-call', times: 1, kind: 'status', status: 503 }),
    says: 'AntBuddy đang quá tải nên chưa gọi',
    dials: 0,
  },
  {
    name: 'AntBuddy answers a web page',
    number: '(+84) 24 3936 1234',
    before: () =>
      company.stage.antbuddy.control.fault({
        endpoint: 'click-to-call',
        times: 1,
        kind: 'answer',
        status: 200,
        headers: { 'content-type': 'text/html' },
        body: '<html>Bảo trì</html>',
      }),
    says: 'Chưa rõ cuộc gọi có thành công hay không. Hãy xem điện thoại',
    dials: 0,
  },
  {
    name: 'the connection breaks after the device rang',
    number: '0123 456 7890',
    before: () => company.stage.antbuddy.control.fault({ endpoint: 'click-to-call', times: 1, kind: 'reset', when: 'after' }),
    says: 'Chưa rõ cuộc gọi có thành công hay không. Hãy xem điện thoại',
    dials: 1,
  },
];

for (const { name, number, before, after, says, dials } of outcomes) {
  test(`on the page: ${name}`, async () => {
    const { crm, stage } = company;
    const earlier = stage.antbuddy.control.dials().length;
    before();
    await press(crm, number);
    await expect.poll(() => pageSays(crm, says)).toBe(true);
    expect(stage.antbuddy.control.dials().length - earlier).toBe(dials);
    after?.();
  });
}

test('a wrong address and a wrong code are answered at their field, and nothing typed is lost', async () => {
  const browser = await launchExtensionBrowser({ extensionDir: extensionDir() });
  try {
    await browser.grant(company.stage.relay.url);
    const options = await browser.openView('options');
    const code = '22222-22222';
    const cases = [
      { relayUrl: 'not an address', field: 'relayUrl', says: /address|địa chỉ/i },
      { relayUrl: 'http://relay.example.com', field: 'relayUrl', says: /https/i },
      // Nothing listens on the discard port.
      { relayUrl: 'http://127.0.0.1:9', field: 'relayUrl', says: /does not answer|not answer|không trả lời/i },
      { relayUrl: company.stage.crmUrl, field: 'relayUrl', says: /no Dialside relay|không có máy chủ/i },
      { relayUrl: company.stage.relay.url, field: 'code', says: /not valid|không hợp lệ/i },
    ];
    for (const { relayUrl, field, says } of cases) {
      await pressConnect(options, { relayUrl, code });
      const input = options.locator(`[name=${field}]`);
      await expect(input).toHaveAttribute('aria-invalid', 'true');
      await expect(options.locator(`[id="${await input.getAttribute('id')}-error"]`)).toHaveText(says);
      await expect(options.locator('[name=relayUrl]')).toHaveValue(relayUrl);
      await expect(options.locator('[name=code]')).toHaveValue(code);
    }
  } finally {
    await browser.close();
  }
});

test('a revoked browser is told so where the agent looks, within a second of the next click', async () => {
  const { stage, popup, crm } = company;
  const admin = await launchExtensionBrowser({ extensionDir: extensionDir() });
  try {
    await admin.grant(stage.relay.url);
    const options = await admin.openView('options');
    await connectAdmin(options, {
      relayUrl: stage.relay.url,
      code: await stage.relay.adminCode('Phó phòng'),
      passphrase: demoPassphrase,
    });
    await revokeBrowsersOf(options, demoAgent.name);
  } finally {
    await admin.close();
  }
  const dials = stage.antbuddy.control.dials().length;
  await press(crm, '1900 63 64 12');
  await expect.poll(() => pageSays(crm, 'Quyền của trình duyệt này đã bị thu hồi')).toBe(true);
  await popup.reload();
  await expect(popup.getByText(/đã bị thu hồi/).first()).toBeVisible();
  expect(stage.antbuddy.control.dials()).toHaveLength(dials);
});

test('with the relay away a click says so and no call is placed', async () => {
  const { stage, crm, browser } = company;
  // A fresh code connects the revoked browser again.
  const options = await browser.openView('options');
  await reconnect(options);
  await stage.relay.stop();
  await press(crm, '024 7300 1234');
  await expect.poll(() => pageSays(crm, 'Không kết nối được máy chủ công ty nên chưa gọi'), { timeout: 30_000 }).toBe(true);
  const popup = await openPopupBeside(browser);
  await expect(popup.getByText(/Máy chủ không trả lời/).first()).toBeVisible();
});

async function press(page: Page, number: string): Promise<void> {
  await page.bringToFront();
  // Closes the answer to the last call, which may cover the next button.
  await page.keyboard.press('Escape');
  await pressRested(page, number);
}

async function revokeBrowsersOf(options: Page, name: string): Promise<void> {
  await agentRow(options, name).locator('.agent-actions button').first().click();
  const device = options.getByTestId('device').first();
  await device.locator('button').click();
  await device.locator('.confirm .button-danger-solid').click();
  await confirmPassphrase(options, demoPassphrase, options.getByText(/No browser|Chưa có trình duyệt/));
  await expect(device).toBeHidden();
}

async function reconnect(options: Page): Promise<void> {
  const code = await company.stage.relay.adminCode('Trưởng phòng');
  const form = options.getByTestId('connect-form');
  if (!(await form.isVisible())) {
    await options.getByTestId('connected').locator('.button-danger').click();
    await options.getByTestId('connected').locator('.confirm .button-danger-solid').click();
  }
  await form.waitFor();
  await connectAdmin(options, { relayUrl: company.stage.relay.url, code, passphrase: demoPassphrase });
  await options.close();
}

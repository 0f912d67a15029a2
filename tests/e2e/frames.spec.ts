import { expect, type Page, test } from '@playwright/test';
import { pressPageButton, waitForPageButton, waitUntil } from '../../sandbox/story.ts';
import { type Company, openCompany } from './company.ts';

interface Extension {
  permissions: { request(permissions: { origins: string[] }): Promise<boolean> };
  runtime: { sendMessage(message: object): Promise<unknown> };
}

let company: Company;
test.beforeAll(async () => {
  company = await openCompany();
});
test.afterAll(() => company?.close());

test('numbers in the frames of an enabled page get buttons, those in frames of other sites do not', async () => {
  const { browser, stage } = company;
  const { context } = browser;
  const own = new URL('/frames', stage.crmUrl).href;
  const other = own.replace('127.0.0.1', 'localhost');
  const frames = `<p>Lan 0901000001</p>
    <iframe src="/inner?0901000002"></iframe><iframe srcdoc="<p>0901000003</p>"></iframe><iframe id="blank"></iframe>
    <iframe sandbox="allow-scripts" srcdoc="<p>0901000005</p>"></iframe>
    <iframe src="${other.replace('/frames', '/inner?0901000006')}"></iframe>
    <script>blank.contentDocument.body.innerHTML='<p>0901000004</p>'</script>`;
  await context.route(/\/(frames|inner)/, (route) => {
    const body = route.request().url().endsWith('/frames') ? frames : `<p>${new URL(route.request().url()).search.slice(1)}</p>`;
    return route.fulfill({
      contentType: 'text/html; charset=utf-8',
      body: `<!doctype html><style>iframe{height:60px}</style>${body}`,
    });
  });

  const page = await context.newPage();
  await page.goto(own);
  await waitForPageButton(page, '0901000001');
  for (const number of ['0901000002', '0901000003', '0901000004']) await expectButton(page, number);
  expect(await hasButton(page, '0901000005')).toBe(false);
  expect(await hasButton(page, '0901000006')).toBe(false);

  // Once that site is enabled too, its frame gets its button in the page around it.
  await browser.grant(other);
  const enabled = await company.popup.evaluate(async (origin) => {
    const { chrome } = globalThis as unknown as { chrome: Extension };
    // As in the popup: the view requests the permission, and the browser would show its prompt there.
    await chrome.permissions.request({ origins: [`${origin.replace(/:\d+$/, '')}/*`] });
    return chrome.runtime.sendMessage({ id: 1, type: 'enableSite', data: origin, timestamp: Date.now() });
  }, new URL(other).origin);
  expect(enabled).toMatchObject({ res: { ok: true, value: { enabled: true } } });
  await page.bringToFront();
  await page.reload();
  await expectButton(page, '0901000006');
  const shown = await Promise.all(page.frames().map((frame) => frame.locator('body').innerText()));
  expect(shown.map((text) => text.trim())).toContain('0901000005');
  expect(await hasButton(page, '0901000005')).toBe(false);
});

test('a layer in a shadow root that is closed to everybody is seen over a number', async () => {
  const { browser, stage } = company;
  await browser.context.route(/\/closed/, (route) =>
    route.fulfill({
      contentType: 'text/html; charset=utf-8',
      body: '<!doctype html><style>p{width:max-content;margin:40px}</style><p>0901000007</p><p>0901000008</p>',
    }),
  );
  const page = await browser.context.newPage();
  await page.goto(new URL('/closed', stage.crmUrl).href);
  const covered = await waitForPageButton(page, '0901000007');
  const plain = await waitForPageButton(page, '0901000008');
  await page.evaluate(() => {
    const host = document.createElement('div');
    document.body.append(host);
    host.attachShadow({ mode: 'closed' }).innerHTML =
      '<i><b style="position:fixed;inset:0 0 auto;height:70px;background:#fff;pointer-events:none;z-index:9">0999 888 777</b></i>';
  });
  await page.waitForTimeout(700);
  await pressPageButton(page, covered);
  await page.waitForTimeout(300);
  await page.keyboard.press('Escape');
  await pressPageButton(page, plain);
  await waitUntil('The call of the number in sight', () => stage.antbuddy.control.dialCounts()['0901000008'] === 1);
  expect(stage.antbuddy.control.dialCounts()).not.toHaveProperty('0901000007');
});

async function expectButton(page: Page, number: string): Promise<void> {
  await expect.poll(() => hasButton(page, number), { message: `A button for ${number}` }).toBe(true);
}

/** Whether a screen reader finds a button for a number in any frame of the page. */
async function hasButton(page: Page, number: string): Promise<boolean> {
  const found = await Promise.all(
    page.frames().map(async (frame) => {
      const session = await page.context().newCDPSession(frame.parentFrame() && isApart(frame.url(), page.url()) ? frame : page);
      try {
        const { frameTree } = await session.send('Page.getFrameTree');
        const ids = [frameTree, ...(frameTree.childFrames ?? [])].map((tree) => tree.frame.id);
        const trees = await Promise.all(
          ids.map((frameId) => session.send('Accessibility.getFullAXTree', { frameId }).catch(() => ({ nodes: [] }))),
        );
        return trees.some(({ nodes }) =>
          nodes.some(({ role, name }) => role?.value === 'button' && String(name?.value ?? '').includes(number)),
        );
      } finally {
        await session.detach();
      }
    }),
  );
  return found.includes(true);
}

function isApart(url: string, around: string): boolean {
  return url.startsWith('http') && new URL(url).hostname !== new URL(around).hostname;
}

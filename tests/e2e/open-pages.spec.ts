import { expect, type Page, test } from '@playwright/test';
import { demoAgent } from '../../sandbox/demo/enrol-agent.ts';
import { findPageButtons, pageSays } from '../../sandbox/extension-browser.ts';
import { pressPageButton, pressRested, waitForPageButton } from '../../sandbox/story.ts';
import pageEn from '../../utils/i18n/page-en.ts';
import pageVi from '../../utils/i18n/page-vi.ts';
import { type Company, openCompany } from './company.ts';

test.describe.configure({ mode: 'serial' });

const number = '024 7300 1234';
let company: Company;
let options: Page;
test.beforeAll(async () => {
  company = await openCompany({ antbuddy: { seed: { calls: 5 }, talkMs: 30_000 }, keepsPages: true });
  options = await company.browser.openView('options');
});
test.afterAll(() => company?.close());
test.afterEach(async ({}, testInfo) => {
  if (testInfo.status !== testInfo.expectedStatus) await company.crm.screenshot({ path: testInfo.outputPath('crm.png') });
});

const link = () => company.crm.locator('a[href="tel:+842473001234"]').first();
const names = async () => (await findPageButtons(company.crm, number)).map(({ name }) => name);

test('an open page speaks another language at once, with one button a number still', async () => {
  const { crm } = company;
  await link().scrollIntoViewIfNeeded();
  await waitForPageButton(crm, number);
  const before = await names();
  expect(before[0]).toMatch(/^Gọi /);
  await options.locator('#language select').selectOption('en');
  await expect.poll(names).toEqual(before.map((name) => name.replace('Gọi ', 'Call ')));
  await options.locator('#language select').selectOption('vi');
  await expect.poll(names).toEqual(before);
});

test('a call that is being placed is told to its end, in the other language', async () => {
  const { crm, stage } = company;
  const { control } = stage.antbuddy;
  control.putDevice({ sipUser: demoAgent.sipUser, online: false });
  control.fault({ kind: 'latency', endpoint: 'click-to-call', ms: 4_000, times: 1 });
  await pressRested(crm, number);
  await expect.poll(names).toEqual([pageVi.placing.replace('{number}', number)]);
  await options.locator('#language select').selectOption('en');
  await expect.poll(names).toEqual([pageEn.placing.replace('{number}', number)]);
  await expect.poll(names, { timeout: 10_000 }).toEqual([pageEn.failedLabel.replace('{number}', number)]);
  expect(control.dials()).toEqual([]);
  control.putDevice({ sipUser: demoAgent.sipUser, online: true });
  await options.locator('#language select').selectOption('vi');
  await expect.poll(names).toEqual([expect.stringMatching(/^Gọi /)]);
});

test('a number that was called in the popup a moment ago is asked about, and called by the answer', async () => {
  const { crm, popup, stage } = company;
  const other = '098-765-4321';
  const dials = () => stage.antbuddy.control.dialCounts()['0987654321'] ?? 0;
  const button = await waitForPageButton(crm, other);
  await popup.getByTestId('dial-open').click();
  await popup.getByTestId('dial-input').fill(other);
  await popup.getByTestId('dial-call').click();
  await expect.poll(dials).toBe(1);
  await pressPageButton(crm, button);
  await expect.poll(() => pageSays(crm, 'Gọi lại?')).toBe(true);
  expect(dials()).toBe(1);
  await pressAnswer();
  await expect.poll(dials).toBe(2);
});

test('call links of an open page ask Dialside from the switch on, call once, and are left alone from the switch off', async () => {
  const { crm, stage } = company;
  const asks = () => pageSays(crm, 'Gọi số này?');
  const dials = () => stage.antbuddy.control.dials().flatMap((dial) => (dial.number === '02473001234' ? [dial.number] : []));
  const turn = async (isOn: boolean) => {
    await options.getByTestId('setting-tel_links').click();
    await expect(options.getByTestId('setting-tel_links')).toHaveAttribute('aria-checked', String(isOn));
  };
  await crm.bringToFront();
  await turn(true);
  await expect(async () => {
    await takeClicks(crm);
    await link().click();
    expect(await taken(crm)).toBe(true);
  }).toPass({ timeout: 20_000 });
  await expect.poll(asks).toBe(true);
  expect(dials()).toEqual([]);
  await pressAnswer();
  await expect.poll(dials).toEqual(['02473001234']);

  await turn(false);
  await expect(async () => {
    await takeClicks(crm);
    await link().click();
    expect(await taken(crm)).toBe(false);
  }).toPass({ timeout: 20_000 });
  expect(await asks()).toBe(false);
  expect(await names()).toHaveLength(1);
  expect(dials()).toHaveLength(1);
});

test('a page that comes back is as the settings are by now', async () => {
  const { crm } = company;
  await link().scrollIntoViewIfNeeded();
  await expect.poll(names).toHaveLength(1);
  await backAfter(() => options.locator('#language select').selectOption('en'));
  await expect.poll(async () => (await findPageButtons(crm, 'Call ')).length).toBeGreaterThan(0);
  await backAfter(() => turnSite('disableSite'));
  await expect.poll(names).toEqual([]);
  await backAfter(() => turnSite('enableSite'));
  await expect.poll(names).toHaveLength(1);
  await options.locator('#language select').selectOption('vi');
  await expect.poll(async () => (await findPageButtons(crm, 'Gọi ')).length).toBeGreaterThan(0);
});

test('an open page that was left without a script starts once a view asks about its site', async () => {
  const { crm, popup } = company;
  await crm.bringToFront();
  await turnSite('disableSite');
  // The browser may still start the script of a site that was switched off a moment ago.
  await expect(async () => {
    await crm.goto(new URL('/', crm.url()).href);
    expect(await hasScript()).toBe(false);
  }).toPass();
  // As far as a background gets that is ended while it switches the site on.
  await options.evaluate(async (origin) => {
    const { chrome } = globalThis as unknown as { chrome: typeof import('wxt/browser').browser };
    await chrome.storage.local.set({ chosenSites: [origin] });
  }, new URL(crm.url()).origin);
  await link().scrollIntoViewIfNeeded();
  await tellBackground('getActiveSite', {}, popup);
  await expect.poll(names).toHaveLength(1);
  await turnSite('enableSite');
});

test('beside a number that is called the page tells to pick up, then that it rings there, then of the talk', async () => {
  const { crm, stage } = company;
  const { control } = stage.antbuddy;
  const other = '+84 93 555 1234';
  const going = () => control.calls().find(({ callee }) => callee.number === '0935551234');
  control.plan('0935551234', { liftMs: 600_000, ringMs: 600_000 });
  await crm.bringToFront();
  await pressRested(crm, other);
  const rings = () =>
    options.evaluate(async () => {
      const { chrome } = globalThis as unknown as { chrome: { storage: { session: { get(key: string): Promise<Kept> } } } };
      type Kept = { live?: { calls: { peer: { number: string }; rings?: string }[] } };
      return (await chrome.storage.session.get('live')).live?.calls.find(({ peer }) => peer.number === '+84935551234')?.rings;
    });
  await expect.poll(rings).toBe('own');
  // The page asks every two seconds.
  await crm.waitForTimeout(2_500);
  expect(await pageSays(crm, pageVi.sent)).toBe(true);
  const says = async () => (await findPageButtons(crm, other)).map(({ name }) => name);
  const label = (words: string) => words.replace('{number}', other);
  control.answer(going()?.id ?? '');
  await expect.poll(says).toEqual([label(pageVi.customerRingingLabel)]);
  control.answer(going()?.id ?? '');
  await expect.poll(says).toEqual([label(pageVi.talkingLabel)]);
  control.hangUp(going()?.id ?? '');
  await expect.poll(says).toEqual([expect.stringMatching(/^Gọi /)]);
});

test('a page that was left in a talk tells of its end once it is back', async () => {
  const { crm, stage } = company;
  const { control } = stage.antbuddy;
  const other = '(028) 3822 5678';
  const says = async () => (await findPageButtons(crm, other)).map(({ name }) => name)[0] ?? '';
  await crm.bringToFront();
  await pressRested(crm, other);
  await expect.poll(says).toBe(pageVi.talkingLabel.replace('{number}', other));
  await backAfter(async () => {
    for (const { id } of control.calls()) control.hangUp(id);
  });
  await expect.poll(says).toMatch(/^Gọi /);
});

for (const [name, load, other] of [
  ['an update of the extension', () => company.browser.update(), '0903.456.789'],
  ['the extension was switched off and on', () => company.browser.switchOffAndOn(), '0912 345 678'],
] as const)
  test(`after ${name} an open page has one button a number, which calls`, async () => {
    const { crm, stage } = company;
    await crm.bringToFront();
    await waitForPageButton(crm, other);
    const shown = async () => (await findPageButtons(crm, '')).map(({ name }) => name.replace(/\D/g, '')).toSorted();
    const before = await shown();
    await crm.evaluate(() => {
      const earlier = document.querySelector(':root > [popover]');
      const counts = { toggles: 0 };
      document.addEventListener('toggle', () => (counts.toggles += 1), true);
      Object.assign(globalThis, { earlier, counts });
    });
    await load();
    await expect.poll(() => crm.evaluate(() => (globalThis as unknown as { earlier: Element }).earlier.isConnected)).toBe(false);
    const button = await waitForPageButton(crm, other);
    expect(await shown()).toEqual(before);
    expect(await crm.evaluate(() => document.querySelectorAll('[popover]').length)).toBe(1);
    // The old and the new overlay do not keep raising themselves above each other.
    expect(await crm.evaluate(() => (globalThis as unknown as { counts: { toggles: number } }).counts.toggles)).toBeLessThan(10);
    const dials = () => stage.antbuddy.control.dialCounts()[other.replace(/\D/g, '')] ?? 0;
    await pressPageButton(crm, button);
    // A press before the button has been in view for long enough asks for confirmation first.
    await expect.poll(async () => dials() + Number(await pageSays(crm, 'Gọi số này?'))).toBe(1);
    if (dials() === 0) await pressAnswer();
    await expect.poll(dials).toBe(1);
  });

/** Leaves the page, runs `meanwhile` and goes back to the same document from the back/forward cache. */
async function backAfter(meanwhile: () => Promise<unknown>): Promise<void> {
  const { crm } = company;
  const isKept = () => crm.evaluate(() => 'kept' in globalThis).catch(() => undefined);
  await crm.evaluate(() => Object.assign(globalThis, { kept: true }));
  await crm.goto(new URL('/customer/1', crm.url()).href);
  await meanwhile();
  expect(await isKept()).toBe(false);
  await crm.evaluate(() => history.back());
  await expect.poll(isKept).toBe(true);
}

function turnSite(type: 'enableSite' | 'disableSite'): Promise<void> {
  return tellBackground(type, new URL(company.crm.url()).origin);
}

/** Whether the page script was ever started in the open document. */
function hasScript(): Promise<boolean> {
  return options.evaluate(async (url) => {
    const { chrome } = globalThis as unknown as { chrome: typeof import('wxt/browser').browser };
    const tab = (await chrome.tabs.query({})).find((one) => one.url === url);
    const [page] = await chrome.scripting.executeScript({
      target: { tabId: tab?.id ?? 0 },
      func: () => globalThis.dialsidePage !== undefined,
    });
    return page?.result === true;
  }, company.crm.url());
}

/** Sends a message as a view does. */
function tellBackground(type: string, data: unknown, view = options): Promise<void> {
  return view.evaluate(
    async ([name, content]) => {
      const { chrome } = globalThis as unknown as { chrome: { runtime: { sendMessage(message: object): Promise<unknown> } } };
      await chrome.runtime.sendMessage({ id: 1, type: name, data: content, timestamp: Date.now() });
    },
    [type, data] as const,
  );
}

/** Confirms the question beside a button. */
const pressAnswer = () => pressRested(company.crm, 'Gọi', { isExact: true });

/** Records, as the window's last listener, whether the next click was handled already, and then keeps it from the system. */
function takeClicks(page: Page): Promise<void> {
  return page.evaluate(() => {
    const note = (event: Event) => {
      Object.assign(globalThis, { taken: event.defaultPrevented });
      event.preventDefault();
    };
    window.addEventListener('click', note, { once: true });
  });
}
const taken = (page: Page) => page.evaluate(() => (globalThis as unknown as { taken?: boolean }).taken);

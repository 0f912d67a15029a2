import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type CDPSession, expect, type Page, test, type Worker } from '@playwright/test';
import { demoAgent } from '../../sandbox/demo/enrol-agent.ts';
import { type RelayProcess, startRelay } from '../../sandbox/relay-process.ts';
import { waitUntil } from '../../sandbox/story.ts';
import type { AgentSettings, LiveState } from '../../utils/storage.ts';
import { type Company, openCompany } from './company.ts';
import { withNotifications } from './with-notifications.ts';

/** The parts of the extension API that these tests use. */
interface Api {
  runtime: { connect(options: { name: string }): { disconnect(): void } };
  storage: { session: Area; local: Area };
  action: { getBadgeText(details: object): Promise<string>; setBadgeText(details: { text?: string }): Promise<void> };
  alarms: { getAll(): Promise<{ name: string }[]>; onAlarm: Dispatching };
  notifications: {
    getAll(): Promise<Record<string, boolean>>;
    create(id: string, options: { title: string; message: string }): Promise<string>;
    onClicked: Dispatching;
    onButtonClicked: Dispatching;
  };
  contextMenus: { onClicked: Dispatching };
  tabs: { query(filter: object): Promise<{ url?: string; active: boolean }[]> };
}
interface Area {
  get(key: string): Promise<Record<string, unknown>>;
  remove(keys: string[]): Promise<void>;
}
/** Code in the extension can fire Chromium's extension events with `dispatch`, as the browser's bindings do. */
interface Dispatching {
  dispatch(...values: unknown[]): void;
}
declare const chrome: Api;

test.describe.configure({ mode: 'serial' });

let company: Company;
/** A view that reads state without subscribing to live calls. */
let view: Page;
/** The side panel, which subscribes to live calls while it is open. */
let panel: Page;
let devtools: CDPSession;
/** The relay after its restart. */
let again: RelayProcess | undefined;
const dataRoot = join(import.meta.dirname, '../../.output/day');
const relayEnvironment = { RELAY_KEY: randomBytes(32).toString('base64'), RELAY_DATA_DIR: join(dataRoot, 'relay') };

test.beforeAll(async () => {
  rmSync(dataRoot, { recursive: true, force: true });
  company = await openCompany({
    extension: withNotifications(),
    dataRoot,
    relayEnvironment,
    antbuddy: { ringMs: 60_000, talkMs: 60_000, historyDelayMs: 100, seed: { calls: 20 } },
  });
  await company.popup.close();
  view = await company.browser.openView('options');
  devtools = await company.browser.context.newCDPSession(view);
});
test.afterAll(async () => {
  await again?.stop();
  await company?.close();
});

const worker = async (): Promise<Worker> =>
  company.browser.context.serviceWorkers()[0] ?? (await company.browser.context.waitForEvent('serviceworker'));
const bornAt = async () => (await worker()).evaluate(() => performance.timeOrigin);
const control = () => company.stage.antbuddy.control;
const live = async () =>
  (await view.evaluate(async () => (await chrome.storage.session.get('live')).live)) as LiveState | undefined;
const openPanel = async () => {
  panel = await company.browser.openView('sidepanel');
};
const dialInPanel = async (number: string) => {
  await panel.bringToFront();
  if (!(await panel.getByTestId('dial-input').isVisible())) await panel.getByTestId('dial-open').click();
  await panel.getByTestId('dial-input').fill(number);
  await panel.getByTestId('dial-input').press('Enter');
};
const rowOf = (kind: 'placed-row' | 'call-row' | 'live-call', number: string) =>
  panel.getByTestId(kind).filter({ hasText: number });
const callTo = (number: string) =>
  waitUntil('The call', () =>
    control()
      .calls()
      .find(({ callee }) => callee.number === number.replaceAll(' ', '')),
  );
const send = (type: string, data?: unknown, from = panel) =>
  from.evaluate(
    (message) =>
      (globalThis as unknown as { chrome: { runtime: { sendMessage(m: object): Promise<unknown> } } }).chrome.runtime.sendMessage(
        message,
      ),
    { id: 1, type, data, timestamp: 0 },
  ) as Promise<{ res: { ok: boolean; value: unknown } }>;
const badge = async () => (await worker()).evaluate(() => chrome.action.getBadgeText({}));
/** Records title and message of every notification from now on. */
const watchNotices = async () =>
  (await worker()).evaluate(() => {
    const { create } = chrome.notifications;
    const seen: string[] = [];
    Object.assign(globalThis, { told: seen });
    chrome.notifications.create = (id, options) => {
      seen.push(`${options.title}: ${options.message}`);
      return create.call(chrome.notifications, id, options);
    };
  });
const told = async () => (await worker()).evaluate(() => (globalThis as unknown as { told?: string[] }).told ?? []);
const notices = async () => Object.keys(await (await worker()).evaluate(() => chrome.notifications.getAll()));
const ringAlarm = async () => (await worker()).evaluate(() => chrome.alarms.onAlarm.dispatch({ name: 'day' }));

test('calls are known as they happen while a view looks, through a worker that is killed, and not after it', async () => {
  // The popup of the set-up was closed a moment ago, so the link may still be open.
  await expect.poll(async () => (await live())?.link ?? 'off').toBe('off');
  await openPanel();
  await expect.poll(live).toMatchObject({ link: 'open', signals: true });

  const call = control().incoming({ number: '0912000111', sipUser: demoAgent.sipUser });
  await expect
    .poll(live)
    .toMatchObject({ calls: [{ direction: 'inbound', peer: { number: '+84912000111' }, answeredAt: null }] });

  await expect(rowOf('live-call', '0912 000 111').getByTestId('live-known')).toHaveText('Chưa từng liên lạc với số này');
  // Scrolled far down, as in a long list.
  await panel.addStyleTag({ content: '.calls { padding-bottom: 2000px; }' });
  await panel.evaluate(() => window.scrollTo(0, 1000));
  expect(await panel.evaluate(() => window.scrollY)).toBe(1000);
  await expect(rowOf('live-call', '0912 000 111')).toBeInViewport({ ratio: 1 });
  await expect(panel.getByTestId('search')).toBeInViewport({ ratio: 1 });

  const killed = await bornAt();
  await devtools.send('ServiceWorker.enable');
  await devtools.send('ServiceWorker.stopAllWorkers');
  control().answer(call.id);
  await expect.poll(live).toMatchObject({ link: 'open', calls: [{ answeredAt: expect.any(Number), endedAt: null }] });
  expect(await bornAt()).toBeGreaterThan(killed);
  control().hangUp(call.id);
  await expect.poll(live).toMatchObject({ calls: [{ endedAt: expect.any(Number) }] });

  await panel.close();
  await expect.poll(live).toMatchObject({ link: 'off', signals: false });
});

test('the relay away and back: the stream goes on where it broke off', async () => {
  await openPanel();
  await expect.poll(live).toMatchObject({ link: 'open' });
  await company.stage.relay.stop();
  await expect.poll(live, { timeout: 20_000 }).toMatchObject({ link: 'waiting', signals: false });
  const { antbuddy, relay } = company.stage;
  again = await startRelay({
    antbuddy,
    dataRoot,
    preferredPort: Number(new URL(relay.url).port),
    environment: relayEnvironment,
  });
  await expect.poll(live, { timeout: 40_000 }).toMatchObject({ link: 'open', signals: true });
  await panel.close();
});

test('an incoming call is told of with nothing open, leads to the CRM, and its notification goes with the ring', async () => {
  const dials = control().dials().length;
  const crmSearch = `${company.stage.crmUrl}/?find={national}`;
  const settings = { badge: false, notifyIncoming: true, showCaller: true, crmSearch } satisfies Partial<AgentSettings>;
  await send('setAgentSettings', settings, view);
  await expect.poll(live).toMatchObject({ link: 'open', signals: true });
  await watchNotices();
  const ring = async (number: string) => {
    const call = control().incoming({ number, sipUser: demoAgent.sipUser });
    await expect.poll(notices).toEqual([expect.stringMatching(/^incoming:[0-9a-f]{32}$/)]);
    return { call, id: (await notices())[0] ?? '' };
  };

  const first = await ring('0912000888');
  await expect.poll(told).toEqual(['Cuộc gọi đến: 0912 000 888: Chưa từng liên lạc với số này']);
  const crm = company.browser.context.waitForEvent('page');
  await (await worker()).evaluate((id) => chrome.notifications.onButtonClicked.dispatch(id, 0), first.id);
  const found = await crm;
  await expect.poll(() => found.url()).toBe(`${company.stage.crmUrl}/?find=0912000888`);
  await expect.poll(notices).toEqual([]);
  // Answered, because later tests count missed calls.
  control().answer(first.call.id);
  control().hangUp(first.call.id);
  await found.close();

  const second = await ring('0912000999');
  control().answer(second.call.id);
  await expect.poll(notices).toEqual([]);
  control().hangUp(second.call.id);

  await ring('anonymous');
  await expect.poll(async () => (await told()).at(-1)).toBe('Cuộc gọi đến: số bị ẩn: ');
  // Without signals the call may end unnoticed, so its notification is withdrawn.
  control().dropSignals();
  await expect.poll(notices, { timeout: 15_000 }).toEqual([]);
  for (const { id } of control().calls()) control().hangUp(id);
  expect(control().dials()).toHaveLength(dials);
  await send('setAgentSettings', { badge: true, notifyIncoming: false, crmSearch: '' } satisfies Partial<AgentSettings>, view);
});

test('a missed call stands on the toolbar button until it is called back', async () => {
  await openPanel();
  const before = ((await send('getMissed', {})).res.value as { count: number }).count;
  const call = control().incoming({ number: '0912000222', sipUser: demoAgent.sipUser });
  control().hangUp(call.id);
  await expect
    .poll(
      async () => {
        await ringAlarm();
        return badge();
      },
      { timeout: 90_000, intervals: [2_000] },
    )
    .toBe(String(before + 1));
  expect(await (await worker()).evaluate(async () => (await chrome.alarms.getAll()).map(({ name }) => name))).toEqual(['day']);

  const key = crypto.randomUUID();
  const click = { key, number: '+84912000222', clickedAt: Date.now(), surface: 'sidepanel' };
  expect((await send('placeCall', click)).res).toMatchObject({ ok: true, value: { state: 'accepted' } });
  await expect.poll(badge).toBe(before ? String(before) : '');
  const going = control().calls().at(-1);
  if (going) control().hangUp(going.id);

  await send('setAgentSettings', { badge: false } satisfies Partial<AgentSettings>, view);
  await expect.poll(async () => (await worker()).evaluate(async () => (await chrome.alarms.getAll()).length)).toBe(0);
});

test('a missed call is told of, without its number where the agent wants that, and leads to the queue', async () => {
  const dials = control().dials().length;
  await send('setAgentSettings', { badge: true, notifyMissed: true, showCaller: true } satisfies Partial<AgentSettings>, view);
  await watchNotices();
  const miss = async (number: string) => {
    const before = (await told()).length;
    control().hangUp(control().incoming({ number, sipUser: demoAgent.sipUser }).id);
    await expect
      .poll(
        async () => {
          await ringAlarm();
          return (await told()).length;
        },
        { timeout: 30_000, intervals: [2_000] },
      )
      .toBe(before + 1);
    return (await told()).at(-1) ?? '';
  };
  expect(await miss('0912000666')).toMatch(/^Cuộc gọi nhỡ: 0912 000 666, /);
  expect(await notices()).toEqual(['missed']);
  await send('setAgentSettings', { showCaller: false } satisfies Partial<AgentSettings>, view);
  expect(await miss('0912000777')).toBe('2 cuộc gọi nhỡ: Mở Dialside để xem ai đã gọi.');

  await (await worker()).evaluate(() => chrome.notifications.onClicked.dispatch('missed'));
  // The view that is already open switches to the queue too, together with the one that opens.
  await expect(panel.getByTestId('filter-todo')).toHaveAttribute('aria-pressed', 'true');
  await expect(rowOf('call-row', '0912 000 777')).toHaveCount(1);
  await expect.poll(notices).toEqual([]);
  expect(control().dials()).toHaveLength(dials);
  await panel.getByTestId('filter-all').click();
  await send('setAgentSettings', { badge: false, notifyMissed: false } satisfies Partial<AgentSettings>, view);
});

test('a number in a selected text is called once, and the page it was on is found again', async () => {
  const dials = control().dials().length;
  await company.crm.bringToFront();
  const url = company.crm.url();
  // A popup that opens meanwhile clears the badge again, so every badge text is recorded.
  const signs = await (await worker()).evaluateHandle((pageUrl) => {
    const shown: (string | undefined)[] = [];
    const { setBadgeText } = chrome.action;
    chrome.action.setBadgeText = (details) => {
      shown.push(details.text);
      return setBadgeText(details);
    };
    const info = { menuItemId: 'call-selection', selectionText: 'Gọi 0912 000 333 nhé', pageUrl, editable: false };
    chrome.contextMenus.onClicked.dispatch(info, { id: 1, url: pageUrl, active: true, windowId: 1 });
    return shown;
  }, url);
  await expect
    .poll(() =>
      control()
        .dials()
        .slice(dials)
        .map(({ number }) => number),
    )
    .toEqual(['0912000333']);
  await expect.poll(() => signs.jsonValue()).toContain('✓');

  await company.crm.goto(`${url}?other`);
  const placedAt = Date.now();
  expect((await send('openCallPage', { number: '+84912000333', startedAt: placedAt })).res).toMatchObject({ ok: true });
  await expect.poll(() => company.browser.context.pages().map((page) => page.url())).toContain(url);
  expect((await send('openCallPage', crypto.randomUUID())).res).toMatchObject({ ok: false });

  // Closing the browser clears session storage; this simulates it.
  await panel.evaluate(() => chrome.storage.session.remove(['callPlaces', 'callPlaces$']));
  const killed = await bornAt();
  await devtools.send('ServiceWorker.stopAllWorkers');
  expect((await send('openCallPage', { number: '+84912000333', startedAt: placedAt })).res).toMatchObject({ ok: true });
  expect(await bornAt()).toBeGreaterThan(killed);
});

test('the row of a call just placed says what the strip above it says, then gives way to the history', async () => {
  const number = '0912 000 444';
  const [row, strip] = [rowOf('placed-row', number), rowOf('live-call', number)];
  await dialInPanel(number);
  const { id } = await callTo(number);
  await expect(row).toContainText('Đang đổ chuông…');
  await expect(strip).toContainText('Đang đổ chuông…');
  control().answer(id);
  await expect(strip).toContainText(/Đang nói 0:0\d/);
  await expect(row).toContainText('Đang trong cuộc gọi');
  control().hangUp(id);
  await expect(strip).toContainText(/Đã kết thúc, nói 0:0\d/);
  await expect(row).toContainText(/Đã kết thúc, nói 0:0\d/);
  await expect(rowOf('call-row', number)).toHaveCount(1, { timeout: 45_000 });
  await expect(row).toHaveCount(0);
});

test('where no signals are heard the row never says that a device rings, and soon that nobody knows', async () => {
  await again?.stop();
  const { antbuddy, relay } = company.stage;
  again = await startRelay({
    antbuddy,
    dataRoot,
    preferredPort: Number(new URL(relay.url).port),
    environment: { ...relayEnvironment, ANTBUDDY_ACCOUNT_ID: '' },
  });
  await expect.poll(live, { timeout: 60_000 }).toMatchObject({ link: 'open', signals: false });
  await expect(panel.getByTestId('live-limits')).toContainText('Không theo dõi được');
  await panel.clock.install();

  const number = '0912 000 555';
  const row = rowOf('placed-row', number);
  await dialInPanel(number);
  const { id } = await callTo(number);
  await expect(row).toContainText('Đã báo thiết bị của bạn đổ chuông');
  // Again, because the row may not have begun to count when it is first seen.
  await expect(async () => {
    await panel.clock.fastForward(70_000);
    await expect(row).toContainText('Đã gọi. Kết quả sẽ có trong lịch sử.', { timeout: 1000 });
  }).toPass();
  await expect(rowOf('live-call', number)).toHaveCount(0);
  control().hangUp(id);
  await expect(async () => {
    await panel.clock.fastForward(30_000);
    await expect(rowOf('call-row', number)).toHaveCount(1, { timeout: 1000 });
  }).toPass();
  await expect(row).toHaveCount(0);
});

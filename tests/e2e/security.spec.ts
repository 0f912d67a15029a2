import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page, type Request, test } from '@playwright/test';
import { demoAgent } from '../../sandbox/demo/enrol-agent.ts';
import { pressRested, waitForPageButton } from '../../sandbox/story.ts';
import { extensionDir } from '../../scripts/build-extension.ts';
import { type Company, openCompany } from './company.ts';

interface Extension {
  permissions: { getAll(): Promise<{ origins: string[] }> };
  scripting: { getRegisteredContentScripts(): Promise<{ matches?: string[] }[]> };
  runtime: { sendMessage(message: object): Promise<{ res: { ok: boolean } }> };
}
declare const chrome: Extension;

const dataRoot = join(import.meta.dirname, '../../.output/security');
const dataDir = join(dataRoot, 'relay');
const cycles = Number(process.env.GRANT_CYCLES ?? 14);
const requests: { url: string; text: string }[] = [];
let company: Company;
let view: Page;

test.describe.configure({ mode: 'serial' });
test.beforeAll(async () => {
  rmSync(dataRoot, { recursive: true, force: true });
  company = await openCompany({
    dataRoot,
    relayEnvironment: { RELAY_DATA_DIR: dataDir, RELAY_KEY: randomBytes(32).toString('base64'), RELAY_LOG_LEVEL: 'debug' },
    antbuddy: { talkMs: 500 },
  });
  const { context } = company.browser;
  context.on('request', (request) => void note(request));
  view = await company.browser.openView('options');
});
test.afterAll(() => company?.close());

for (const target of ['chrome', 'firefox'] as const) {
  test(`the ${target} build asks for no site and opens no door`, () => {
    const manifest = JSON.parse(readFileSync(join(extensionDir(target), 'manifest.json'), 'utf8'));
    for (const door of ['host_permissions', 'content_scripts', 'externally_connectable', 'web_accessible_resources'])
      expect(manifest[door] ?? null, door).toBeNull();
    expect(manifest.permissions.toSorted()).toEqual(
      [
        'activeTab',
        'alarms',
        'contextMenus',
        'scripting',
        'storage',
        'unlimitedStorage',
        ...(target === 'chrome' ? ['sidePanel'] : []),
      ].toSorted(),
    );
    expect(manifest.content_security_policy.extension_pages).toContain("script-src 'self';");
  });
}

test('no secret leaves the part that needs it', async () => {
  const { stage, crm, browser } = company;
  const written = '0912345678';
  await crm.bringToFront();
  await crm.evaluate(
    (number) => document.body.prepend(Object.assign(document.createElement('p'), { textContent: number })),
    written,
  );
  const button = await waitForPageButton(crm, written);
  await crm.mouse.move(button.x, button.y);
  await pressRested(crm, written);
  await expect.poll(() => stage.antbuddy.control.dialCounts()[written]).toBe(1);
  await playRecording(browser.extensionId);

  const token = await deviceToken();
  const ticket = requests.flatMap(({ url }) => URL.parse(url)?.searchParams.get('ticket') ?? [])[0];
  if (!ticket) throw new Error('No recording was asked for with a ticket.');
  const secrets = { appSecret: stage.antbuddy.appSecret, sipPassword: demoAgent.sipPassword, token, ticket };
  const page = await crm.evaluate(() => document.documentElement.outerHTML + JSON.stringify(performance.getEntries()));
  const metrics = await (await fetch(`${stage.relay.opsUrl}/metrics`)).text();
  const relayHost = new URL(stage.relay.url).host;
  const elsewhere = requests.filter(({ url }) => URL.parse(url)?.host !== relayHost).map(({ text }) => text);
  const places: Record<string, string> = {
    'the page': page,
    'what the page script can read': await readAsPageScript(crm),
    'requests to others than the relay': elsewhere.join('\n'),
    'the log of the relay': stage.relay.output(),
    'the metrics of the relay': metrics,
    'the files of the relay': readdirSync(dataDir)
      .map((name) => readFileSync(join(dataDir, name), 'latin1'))
      .join('\n'),
  };
  for (const [place, text] of Object.entries(places)) {
    expect(text.length, place).toBeGreaterThan(20);
    for (const [name, secret] of Object.entries(secrets)) expect(text.includes(secret), `${name} in ${place}`).toBe(false);
  }
  // No request of the agent's browser contains either secret, and none goes to the vendor's address of a recording.
  const told = requests.map(({ text }) => text).join('\n');
  for (const name of ['appSecret', 'sipPassword'] as const) expect(told.includes(secrets[name]), name).toBe(false);
  expect(requests.filter(({ url }) => url.startsWith(stage.antbuddy.mediaUrl))).toEqual([]);
  expect(told).toContain(token);
});

test(`${cycles} times granted and revoked: what is registered is what is granted`, async () => {
  test.slow();
  const { browser } = company;
  for (let turn = 0; turn < cycles; turn += 1) {
    const origin = `http://site-${turn % 7}.test`;
    const grants = turn % 2 === 0 || turn % 7 === 3;
    if (grants) await browser.grant(origin);
    const { res } = await view.evaluate(
      ({ type, data }) => chrome.runtime.sendMessage({ id: 1, type, data, timestamp: Date.now() }),
      { type: turn % 3 === 2 ? 'disableSite' : 'enableSite', data: origin },
    );
    const { granted, registered } = await view.evaluate(async () => ({
      granted: (await chrome.permissions.getAll()).origins,
      registered: (await chrome.scripting.getRegisteredContentScripts()).flatMap(({ matches }) => matches ?? []),
    }));
    expect(
      registered.filter((match) => !granted.includes(match)),
      `after ${turn}`,
    ).toEqual([]);
    expect(registered.includes(`${origin}/*`), `${origin} after ${turn}`).toBe(turn % 3 !== 2 && res.ok);
  }
});

test('a page of a site that is not enabled has no trace of Dialside', async () => {
  const page = await company.browser.context.newPage();
  const heard: string[] = [];
  page.on('request', (request) => heard.push(request.url()));
  await page.goto(company.stage.crmUrl.replace('127.0.0.1', 'localhost'));
  const tracesIn = (tab: Page) =>
    tab.evaluate(() => ({
      besideBody: [...document.documentElement.children].map(({ localName }) => localName),
      highlights: [...CSS.highlights.keys()],
      sheets: document.adoptedStyleSheets.length,
    }));
  const untouched = { besideBody: ['head', 'body'], highlights: [], sheets: 0 };
  // What an enabled page shows has had the same time to show here.
  await company.crm.reload();
  await waitForPageButton(company.crm, '0912 345 678');
  expect(await tracesIn(company.crm)).not.toEqual(untouched);
  await page.bringToFront();
  expect(await tracesIn(page)).toEqual(untouched);
  expect(heard.filter((url) => url.includes('extension'))).toEqual([]);
  await page.close();
});

async function note(request: Request): Promise<void> {
  const headers = await request.allHeaders().catch(() => ({}));
  requests.push({ url: request.url(), text: `${request.url()} ${JSON.stringify(headers)} ${request.postData() ?? ''}` });
}

async function playRecording(extensionId: string): Promise<void> {
  const popup = await company.browser.context.newPage();
  await popup.goto(`chrome-extension://${extensionId}/popup.html`);
  await popup.getByTestId('play-recording').first().click();
  await expect(popup.getByTestId('player-seek')).toBeEnabled({ timeout: 20_000 });
  await popup.close();
}

/** Reads the device token from the extension's IndexedDB, which only the extension can access. */
async function deviceToken(): Promise<string> {
  const held = await view.evaluate(async () => {
    const texts: string[] = [];
    for (const { name } of await indexedDB.databases()) {
      const database = await new Promise<IDBDatabase>((resolve) => {
        const opening = indexedDB.open(name ?? '');
        opening.onsuccess = () => resolve(opening.result);
      });
      for (const store of database.objectStoreNames) {
        const asking = database.transaction(store).objectStore(store).getAll();
        await new Promise((resolve) => {
          asking.onsuccess = resolve;
        });
        texts.push(JSON.stringify(asking.result));
      }
      database.close();
    }
    return texts.join();
  });
  const token = /"([\w-]{43})"/.exec(held)?.[1];
  if (!token) throw new Error('The extension keeps no device token where it was looked for.');
  return token;
}

/** Everything that the extension API exposes to the script in a page. */
async function readAsPageScript(page: Page): Promise<string> {
  const session = await page.context().newCDPSession(page);
  const contexts: number[] = [];
  session.on('Runtime.executionContextCreated', ({ context }) => {
    if (context.origin.startsWith('chrome-extension:')) contexts.push(context.id);
  });
  await session.send('Runtime.enable');
  const texts = await Promise.all(
    contexts.map(async (contextId) => {
      const expression = `(async () => {
        const areas = await Promise.all(['local', 'session', 'sync'].map((area) => chrome.storage?.[area]?.get(null).catch(String)));
        return JSON.stringify([Object.keys(chrome), areas, Object.keys(globalThis)]);
      })()`;
      const { result } = await session.send('Runtime.evaluate', {
        contextId,
        expression,
        awaitPromise: true,
        returnByValue: true,
      });
      return String(result.value);
    }),
  );
  await session.detach();
  return texts.join('\n');
}

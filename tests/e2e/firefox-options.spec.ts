import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import type { Page } from 'puppeteer-core';
import { demoPassphrase } from '../../sandbox/demo/enrol-agent.ts';
import { type FirefoxBrowser, launchFirefox } from '../../sandbox/firefox-browser.ts';
import { enableSite, press } from '../../sandbox/firefox-story.ts';
import { type Stage, startStage } from '../../sandbox/stage.ts';
import { findFirefox } from '../../scripts/browsers.mjs';
import { extensionDir } from '../../scripts/build-extension.ts';

declare const browser: { permissions: { remove(wanted: { origins: string[] }): Promise<boolean> } };

test.describe.configure({ mode: 'serial' });
test.skip(!findFirefox(), 'No Firefox is installed; set DIALSIDE_FIREFOX to its path.');

const name = 'Mai Lan';
let stage: Stage;
let firefox: FirefoxBrowser;
let options: Page;
let files: string;

test.beforeAll(async () => {
  files = mkdtempSync(join(tmpdir(), 'dialside-files-'));
  stage = await startStage({ antbuddy: { seed: { calls: 60, agents: 1, days: 5 } } });
  firefox = await launchFirefox(extensionDir('firefox'), {
    'browser.download.dir': files,
    'browser.download.folderList': 2,
    'browser.download.useDownloadDir': true,
    'browser.download.always_ask_before_handling_new_types': false,
  });
  options = await firefox.openView('options');
  await options.type('[name=relayUrl]', stage.relay.url);
  await connectWith(await stage.relay.adminCode(name));
});
test.afterAll(async () => {
  await firefox?.close();
  await stage?.stop();
  rmSync(files, { recursive: true, force: true });
});

const text = (selector: string) => options.$eval(selector, (element) => element.textContent);
const gone = (selector: string) => options.waitForFunction((css) => !document.querySelector(css), {}, selector);

/** Connects with an admin's code, for which the relay requires a passphrase. */
async function connectWith(code: string): Promise<void> {
  await options.type('[name=code]', code);
  await press(options, '[name=connect]');
  await (await options.waitForSelector('[name=passphrase]'))?.type(demoPassphrase);
  await press(options, '[name=connect]');
  await gone('[name=passphrase]');
  await options.waitForSelector('[data-testid=agents]');
}

async function confirm(): Promise<void> {
  await (await options.waitForSelector('[data-testid=step-up] input'))?.type(demoPassphrase);
  await press(options, '[data-testid=step-up] button[type=submit]');
  await gone('[data-testid=step-up]');
}

test('a browser that was shut out says so, and is connected again by a new code typed right there', async () => {
  await press(options, '[data-testid=agent-row] .agent-actions button');
  await press(options, '[data-testid=device] .button');
  await press(options, '[data-testid=device] .button-danger-solid');
  await confirm();
  await press(options, '[data-testid=agent-row] .agent-actions button');
  await gone('[data-testid=agent-editor]');
  await options.waitForFunction(() => dispatchEvent(new Event('focus')) && document.querySelector('[data-testid=regain-access]'));
  expect(await text('[data-testid=regain-access] [data-testid=notice]')).toContain('access was revoked');
  expect(await options.$eval('[name=relayUrl]', (field) => (field as HTMLInputElement).value)).toBe(stage.relay.url);
  await connectWith(await stage.relay.adminCode(name));
  expect(await options.$('[data-testid=regain-access]')).toBeNull();
});

test('a browser that took the permission for the relay away gets it back by one press', async () => {
  const pattern = `${new URL(stage.relay.url).protocol}//${new URL(stage.relay.url).hostname}/*`;
  await options.evaluate((origin) => browser.permissions.remove({ origins: [origin] }), pattern);
  await options.waitForFunction(() => dispatchEvent(new Event('focus')) && document.querySelector('[data-testid=regain-access]'));
  expect(await text('[data-testid=regain-access]')).toContain('no longer lets Dialside reach');
  await press(options, '[data-testid=regain-access] button');
  await gone('[data-testid=regain-access]');
});

test('a recording is saved as a file once the policy allows it', async () => {
  await press(options, '[data-testid=agent-row] .agent-actions button');
  await options.waitForSelector('[data-testid=agent-editor]');
  for (const [field, value] of Object.entries({ username: 'mailan', sipUser: 'mailan101', sipPassword: 'sip-mailan-4Tq8' }))
    await options.type(`[data-testid=agent-editor] [name=${field}]`, value);
  await press(options, '[data-testid=agent-editor] button[type=submit]');
  await confirm();
  await gone('[data-testid=agent-editor]');
  await press(options, '[data-testid=policy-download]');
  await press(options, '[data-testid=policy] [type=submit]');
  await options.waitForSelector('::-p-xpath(//*[@data-testid="policy"]//*[@role="status"][contains(., "In force now")])');
  const popup = await firefox.openView('popup');
  await press(popup, '[data-testid=filter-recorded]');
  await press(popup, '[data-testid=play-recording]');
  await press(popup, '[data-testid=player-download]:not([disabled])');
  await popup.waitForSelector('.download-saved');
  await expect
    .poll(() => readdirSync(files).filter((file) => /^\d{4}-\d\d-\d\d \d\d\.\d\d .+\.(mp3|wav)$/.test(file)))
    .toHaveLength(1);
  // Firefox creates an empty file first and fills it when the download is complete.
  await expect.poll(() => readFileSync(join(files, readdirSync(files)[0] as string)).byteLength).toBeGreaterThan(1000);
});

test('call links of an open page ask Dialside from the switch on, and are left alone from the switch off', async () => {
  const crm = await firefox.browser.newPage();
  await crm.goto(stage.crmUrl);
  await enableSite(options, stage.crmUrl);
  const link = 'a[href="tel:+842473001234"]';
  /** Whether a click on the link is handled before it reaches the system. */
  const isTaken = async () => {
    await crm.bringToFront();
    await crm.evaluate(() => {
      const note = (event: Event) => {
        Object.assign(globalThis, { taken: event.defaultPrevented });
        event.preventDefault();
      };
      window.addEventListener('click', note, { once: true });
    });
    await crm.click(link);
    return crm.evaluate(() => (globalThis as unknown as { taken?: boolean }).taken);
  };
  for (const isOn of [true, false]) {
    await options.bringToFront();
    await press(options, '[data-testid=setting-tel_links]');
    await options.waitForSelector(`[data-testid=setting-tel_links][aria-checked=${isOn}]`);
    await expect.poll(isTaken, { timeout: 20_000 }).toBe(isOn);
  }
  expect(stage.antbuddy.control.dials()).toEqual([]);
});

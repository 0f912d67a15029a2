import { expect, test } from '@playwright/test';
import type { Page } from 'puppeteer-core';
import { extensionDir } from '../../sandbox/build-extension.ts';
import { customers } from '../../sandbox/crm/customers.ts';
import { demoPassphrase } from '../../sandbox/demo/enrol-agent.ts';
import { type FirefoxBrowser, launchFirefox } from '../../sandbox/firefox-browser.ts';
import { type Stage, startStage } from '../../sandbox/stage.ts';
import { waitUntil } from '../../sandbox/story.ts';
import { findFirefox } from '../../scripts/browsers.mjs';

test.skip(!findFirefox(), 'No Firefox is installed; set DIALSIDE_FIREFOX to its path.');

const customer = customers[0]!;
const written = customer.phones[0]!.parts.join('');
const cell = '[data-testid="phone-1-1"]';

let stage: Stage;
let firefox: FirefoxBrowser;

test.beforeAll(async () => {
  stage = await startStage({ antbuddy: { ringMs: 500, talkMs: 4000, historyDelayMs: 200, seed: { calls: 40 } } });
  firefox = await launchFirefox(extensionDir('firefox'));
});
test.afterAll(async () => {
  await firefox?.close();
  await stage?.stop();
});

test('an agent maps itself, enables the CRM, calls by one click and plays the recording', async () => {
  const options = await firefox.openView('options');
  await connectAsMappedAdmin(options);

  const crm = await firefox.browser.newPage();
  await crm.goto(stage.crmUrl);
  await enableCrm(options);

  await clickButtonBeside(crm, cell);
  await waitUntil('The ringing of the device', () => stage.antbuddy.control.dials().length > 0);

  const popup = await firefox.openView('popup');
  await popup.waitForSelector(`::-p-xpath(//*[@data-testid="placed-row" or @data-testid="call-row"][contains(., "${written}")])`);
  await waitUntil('The end of the call', () => stage.antbuddy.control.historySize() > 40, 20_000);
  await playFirstRecording(popup);

  expect(stage.antbuddy.control.dialCounts()).toEqual({ [written.replace(/\D/g, '')]: 1 });
  expect(stage.antbuddy.control.violations()).toEqual([]);
});

/** One person is admin and agent, as in a company of two. */
async function connectAsMappedAdmin(options: Page): Promise<void> {
  await options.type('[name=relayUrl]', stage.relay.url);
  await options.type('[name=code]', await stage.relay.adminCode('Mai Lan'));
  await options.click('[name=connect]');
  const passphrase = await options.waitForSelector('[name=passphrase]');
  await passphrase!.type(demoPassphrase);
  await options.click('[name=connect]');
  await options.waitForSelector('[data-testid=agents]');

  await options.click('[data-testid=agent-row] .agent-actions button');
  for (const [name, value] of Object.entries({ username: 'mailan', sipUser: 'mailan101', sipPassword: 'sip-mailan-4Tq8' })) {
    await options.type(`[data-testid=agent-editor] [name=${name}]`, value);
  }
  await options.click('[data-testid=agent-editor] button[type=submit]');
  const confirmation = await options.waitForSelector('[data-testid=step-up] input');
  await confirmation?.type(demoPassphrase);
  await options.click('[data-testid=step-up] button[type=submit]');
  await options.waitForSelector('::-p-xpath(//*[@data-testid="agent-row"][contains(., "mailan101")])');
}

/**
 * Connecting has granted the host that relay and CRM share. The popup's switch needs the CRM's tab in front, which WebDriver
 * takes away; the message behind the switch is the same.
 */
async function enableCrm(options: Page): Promise<void> {
  const reply = await options.evaluate((origin) => {
    const { browser } = globalThis as unknown as { browser: { runtime: { sendMessage(message: unknown): Promise<unknown> } } };
    return browser.runtime.sendMessage({ id: 1, type: 'enableSite', data: origin, timestamp: Date.now() });
  }, stage.crmUrl);
  expect(reply).toMatchObject({ res: { ok: true } });
}

/** The button stands right after its number, in a shadow root that nothing outside can enter: the mouse finds it by its place. */
async function clickButtonBeside(page: Page, selector: string): Promise<void> {
  await page.bringToFront();
  const end = await page.$eval(selector, (element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    const box = [...range.getClientRects()].at(-1)!;
    return { x: box.right + 12, y: box.top + box.height / 2 };
  });
  await page.waitForFunction(
    ({ x, y }) => document.elementFromPoint(x, y)?.parentElement === document.documentElement,
    { timeout: 10_000 },
    end,
  );
  await page.mouse.move(end.x, end.y);
  await new Promise((resolve) => setTimeout(resolve, 700));
  await page.mouse.click(end.x, end.y);
}

async function playFirstRecording(first: Page): Promise<void> {
  let popup = first;
  for (let attempt = 0; attempt < 10; attempt++) {
    await popup.bringToFront();
    await popup.waitForSelector('[data-testid=call-row]');
    const play = await popup.$(
      `::-p-xpath((//*[@data-testid="call-row"][contains(., "${written}")])[1]//*[@data-testid="play-recording"])`,
    );
    if (play) {
      await playWithoutSoundCard(popup);
      await play.click();
      break;
    }
    popup = await firefox.openView('popup');
  }
  await popup.waitForFunction(() => Number(document.querySelector<HTMLInputElement>('[data-testid=player-seek]')?.value) > 1, {
    timeout: 20_000,
  });
}

/** Firefox ends audio with an error where there is no sound device; one whose sound is captured needs none. */
async function playWithoutSoundCard(popup: Page): Promise<void> {
  await popup.evaluate(() => {
    const RealAudio = globalThis.Audio;
    globalThis.Audio = class extends RealAudio {
      constructor(source?: string) {
        super(source);
        (this as unknown as { mozCaptureStream(): MediaStream }).mozCaptureStream();
      }
    };
  });
}

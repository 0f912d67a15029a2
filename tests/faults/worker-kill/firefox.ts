import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from 'puppeteer-core';
import type { CallState } from '../../../relay/contract.ts';
import { launchFirefox } from '../../../sandbox/firefox-browser.ts';
import { type OpenClicker, type Shown, showOnly } from './clicker.ts';

/** Shorter than the relay takes to answer. */
const idleMs = 500;
const settledMs = 700;
const shownAs: Partial<Record<CallState, Shown>> = {
  accepted: 'ringing',
  rejected: 'failed',
  not_sent: 'failed',
  unknown: 'unknown',
};

/**
 * WebDriver sees nothing of the page's closed shadow root in Firefox, so the outcome is read where the agent finds it next: in the
 * popup, opened once the relay has had time to answer.
 */
export const openFirefox: OpenClicker = async (stage, { extensionDir, code }) => {
  const firefox = await launchFirefox(extensionDir, { 'extensions.background.idle.timeout': idleMs });
  const options = await firefox.openView('options');
  await options.type('[name=relayUrl]', stage.relay.url);
  await options.type('[name=code]', code);
  await options.click('[name=connect]');
  await options.waitForSelector('[data-testid=connected]');
  await options.evaluate((origin) => {
    const { browser } = globalThis as unknown as { browser: { runtime: { sendMessage(message: unknown): Promise<unknown> } } };
    return browser.runtime.sendMessage({ id: 1, type: 'enableSite', data: origin, timestamp: Date.now() });
  }, stage.crmUrl);
  await options.close();
  const page = await firefox.browser.newPage();
  await page.goto(stage.crmUrl);
  let popup: Page | undefined;
  let ended = 0;
  let asked = 0;

  /** The relay is asked once how a call goes on, and more often only when the channel to the background was lost. */
  async function noteQuestions(): Promise<void> {
    const metrics = await (await fetch(`${stage.relay.opsUrl}/metrics`)).text();
    const lines = metrics.split('\n').filter((line) => /^\w+_count\{.*\/v1\/calls\/:key/.test(line) && line.includes('GET'));
    const now = lines.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
    if (now - asked > 1) ended += 1;
    asked = now;
  }

  return {
    async click(number) {
      await noteQuestions();
      await popup?.close();
      popup = undefined;
      await page.bringToFront();
      await page.evaluate(showOnly, number);
      const end = await page.$eval('#only', (element) => {
        const range = document.createRange();
        range.selectNodeContents(element);
        const { right, top, height } = range.getBoundingClientRect();
        return { x: right + 12, y: top + height / 2 };
      });
      await page.waitForFunction(
        ({ x, y }) => document.elementFromPoint(x, y)?.parentElement === document.documentElement,
        { timeout: 10_000 },
        end,
      );
      await page.mouse.move(end.x, end.y);
      await wait(settledMs);
      await page.mouse.click(end.x, end.y);
    },
    /** It ends by itself, half a second after the click's message came. */
    async endBackground() {
      await wait(5_000);
    },
    async read(number) {
      popup ??= await firefox.openView('popup');
      const digits = number.slice(1);
      const state = await popup.evaluate((text) => {
        const rows = [...document.querySelectorAll<HTMLElement>('[data-testid=placed-row]')];
        return rows.find((row) => row.textContent?.replace(/\D/g, '').includes(text))?.dataset.state;
      }, digits);
      return shownAs[state as CallState] ?? null;
    },
    async ended() {
      await noteQuestions();
      return ended;
    },
    close: () => firefox.close(),
  };
};

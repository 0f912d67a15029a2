import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from 'puppeteer-core';
import type { CallState } from '../../../relay/contract.ts';
import { launchFirefox } from '../../../sandbox/firefox-browser.ts';
import { clickButtonBeside, enableSite } from '../../../sandbox/firefox-story.ts';
import { type OpenClicker, type Shown, showOnly } from './clicker.ts';

/** Idle timeout of the event page, shorter than the relay's response time. */
const idleMs = 500;
const shownAs: Partial<Record<CallState, Shown>> = {
  accepted: 'ringing',
  rejected: 'failed',
  not_sent: 'failed',
  unknown: 'unknown',
};

/**
 * In Firefox WebDriver cannot look into the closed shadow root on the page, so the outcome is read from the popup instead, opened
 * once the relay has had time to answer.
 */
export const openFirefox: OpenClicker = async (stage, { extensionDir, code }) => {
  const firefox = await launchFirefox(extensionDir, { 'extensions.background.idle.timeout': idleMs });
  const options = await firefox.openView('options');
  await options.type('[name=relayUrl]', stage.relay.url);
  await options.type('[name=code]', code);
  await options.click('[name=connect]');
  await options.waitForSelector('[data-testid=connected]');
  await enableSite(options, stage.crmUrl);
  await options.close();
  const page = await firefox.browser.newPage();
  await page.goto(stage.crmUrl);
  let popup: Page | undefined;
  let ended = 0;
  let asked = 0;

  /** Counts the clicks whose outcome was requested more than once, which happens only when the background was lost. */
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
      await page.evaluate(showOnly, number);
      await clickButtonBeside(page, '#only');
    },
    /** The event page ends by itself, half a second after the click's message arrived. */
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

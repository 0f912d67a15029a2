import { randomInt } from 'node:crypto';
import { findPageButtons, launchExtensionBrowser } from '../../../sandbox/extension-browser.ts';
import { openCrm, pressPageButton, waitForPageButton } from '../../../sandbox/story.ts';
import pageEn from '../../../utils/i18n/page-en.ts';
import { type OpenClicker, type Shown, showOnly } from './clicker.ts';

/** How long a button must have been visible before a press counts as intended. */
const settledMs = 600;
/** About three times as long as a click is on its way to the relay. */
const atOnceMs = 300;

export const openChromium: OpenClicker = async (stage, { extensionDir, code }) => {
  const browser = await launchExtensionBrowser({ extensionDir, language: 'en' });
  const input = { relayUrl: stage.relay.url, crmUrl: stage.crmUrl, code, language: 'en' } as const;
  const { crm: page, popup } = await openCrm(browser, input);
  await popup.close();
  const devtools = await browser.context.newCDPSession(page);
  let ended = 0;
  devtools.on('ServiceWorker.workerVersionUpdated', ({ versions }) => {
    ended += versions.filter(({ runningStatus }) => runningStatus === 'stopped').length;
  });
  await devtools.send('ServiceWorker.enable');

  const labels: [Shown, string][] = [
    ['ringing', pageEn.ringingLabel],
    ['ringing', pageEn.talkingLabel],
    ['failed', pageEn.failedLabel],
    ['unknown', pageEn.unknownLabel],
  ];
  return {
    async click(number) {
      await page.evaluate(showOnly, number);
      const button = await waitForPageButton(page, number);
      await page.mouse.move(button.x, button.y, { steps: 3 });
      await page.waitForTimeout(settledMs);
      await pressPageButton(page, button);
    },
    async endBackground(reached) {
      await reached?.();
      await page.waitForTimeout(randomInt(0, reached ? 1_200 : atOnceMs));
      await devtools.send('ServiceWorker.stopAllWorkers');
    },
    async read(number) {
      const [button] = await findPageButtons(page, number);
      return labels.find(([, label]) => button?.name === label.replace('{number}', number))?.[0] ?? null;
    },
    ended: async () => ended,
    close: () => browser.close(),
  };
};

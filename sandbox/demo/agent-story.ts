import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { customers } from '../crm/customers.ts';
import { type ExtensionBrowser, launchExtensionBrowser } from '../extension-browser.ts';
import type { Stage } from '../stage.ts';
import { connect, enableSite, openPopupBeside, pressRested, waitForPageButton, waitUntil } from '../story.ts';
import { demoAgent, demoDevices, enrolAgent } from './enrol-agent.ts';
import type { Steps } from './steps.ts';

interface StoryInput {
  stage: Stage;
  extensionDir: string;
  shotsDir: string;
  steps: Steps;
}

/** The number of the first customer in the list, printed as `0912 345 678`. */
const written = customers[0]?.phones[0]?.parts.join('') ?? '';
const dialled = written.replace(/\D/g, '');

/** Plays the story headless, from an admin's mapping to a playing recording, and checks each step in the browser or stand-in. */
export async function playAgentStory({ stage, extensionDir, shotsDir, steps }: StoryInput): Promise<void> {
  const shot = (page: Page, name: string) => page.screenshot({ path: join(shotsDir, `${name}.png`) });
  const code = await steps.run('An admin connects and maps the agent Mai Lan to the SIP devices mailan101 and mailan201', () =>
    enrolAgent(stage, extensionDir, { shotPath: join(shotsDir, '1-admin.png'), devices: demoDevices }),
  );

  const browser = await launchExtensionBrowser({ extensionDir });
  try {
    await steps.run('The agent connects this browser with the enrolment code', () => connectAgent(browser, stage, code, shot));

    const crm = await browser.context.newPage();
    await crm.goto(stage.crmUrl);
    await browser.grant(stage.crmUrl);
    await crm.bringToFront();
    const popup = await openPopupBeside(browser);
    await steps.run('The agent enables Dialside on the CRM with one press in the popup', () => enableSite(popup));

    await steps.run(`A call button stands beside ${written}`, () => waitForPageButton(crm, written));
    await shot(crm, '3-crm');
    await steps.run('A mouse click on it makes the device ring, once', async () => {
      await pressRested(crm, written);
      await waitUntil('The ringing of the device', () => stage.antbuddy.control.dials().length > 0);
      await crm.waitForTimeout(1000);
      assert.deepEqual(stage.antbuddy.control.dialCounts(), { [dialled]: 1 });
      assert.equal(stage.antbuddy.control.dials()[0]?.sipUser, demoAgent.sipUser);
    });
    await shot(crm, '4-calling');

    await steps.run('The popup shows the call', async () => {
      await popup.reload();
      await popup.locator('[data-testid=placed-row], [data-testid=call-row]').filter({ hasText: written }).first().waitFor();
    });
    await shot(popup, '5-popup');

    await steps.run('Its recording plays past 1 second', () => playRecording(popup, written));
    await steps.run('The recording can be sought', () => seekRecording(popup));
    await shot(popup, '6-playing');

    await steps.run('AntBuddy’s stand-in saw no request that its document does not allow', async () => {
      assert.deepEqual(stage.antbuddy.control.violations(), []);
      assert.deepEqual(stage.antbuddy.control.dialCounts(), { [dialled]: 1 });
    });
  } finally {
    await browser.close();
  }
}

async function connectAgent(
  browser: ExtensionBrowser,
  stage: Stage,
  code: string,
  shot: (page: Page, name: string) => Promise<unknown>,
) {
  await browser.grant(stage.relay.url);
  const options = await browser.openView('options');
  await options.locator('#language select').selectOption('vi');
  await connect(options, { relayUrl: stage.relay.url, code });
  await shot(options, '2-connected');
  await options.close();
}

/** Waits until the call just made is in the history with its recording, then presses play. */
async function playRecording(popup: Page, number: string): Promise<void> {
  const row = popup.getByTestId('call-row').filter({ hasText: number }).first();
  const play = row.getByTestId('play-recording');
  for (let attempt = 0; attempt < 20 && !(await play.isVisible()); attempt++) {
    await popup.waitForTimeout(1000);
    await popup.reload();
    await row.or(popup.getByTestId('placed-row')).first().waitFor();
  }
  await play.click();
  await popup.waitForFunction(
    () => Number(document.querySelector<HTMLInputElement>('[data-testid=player-seek]')?.value) > 1,
    undefined,
    { timeout: 20_000 },
  );
}

async function seekRecording(popup: Page): Promise<void> {
  const seek = popup.getByTestId('player-seek');
  const length = Number(await seek.getAttribute('max'));
  const target = Math.floor(length * 0.6 * 10) / 10;
  const box = await seek.boundingBox();
  assert.ok(box, 'the seek slider is shown');
  await popup.mouse.click(box.x + box.width * 0.6, box.y + box.height / 2);
  await popup.waitForFunction(
    (wanted) => Number(document.querySelector<HTMLInputElement>('[data-testid=player-seek]')?.value) >= wanted,
    target * 0.8,
    { timeout: 10_000 },
  );
}

import type { Page } from '@playwright/test';
import { type ExtensionBrowser, findPageButtons, type PageButton } from './extension-browser.ts';

/** What people do in Dialside's own views and on a CRM page, by real input events; shared by the demo and the browser tests. */

interface ConnectInput {
  relayUrl: string;
  code: string;
  passphrase?: string;
}

interface AgentInput {
  name: string;
  username: string;
  sipUser: string;
  sipPassword: string;
}

/** Fills in and submits the connect form; the caller waits for the result. */
export async function pressConnect(options: Page, { relayUrl, code, passphrase }: ConnectInput): Promise<void> {
  await options.locator('[name=relayUrl]').fill(relayUrl);
  await options.locator('[name=code]').fill(code);
  if (passphrase) await options.locator('[name=passphrase]').fill(passphrase);
  await options.locator('[name=connect]').click();
}

export async function connect(options: Page, input: ConnectInput): Promise<void> {
  await pressConnect(options, input);
  await options.getByTestId('connected').waitFor();
}

/** Connects an admin's browser: the form asks for a passphrase once the relay has recognised an admin's code. */
export async function connectAdmin(options: Page, input: ConnectInput & { passphrase: string }): Promise<void> {
  await pressConnect(options, { relayUrl: input.relayUrl, code: input.code });
  await options.locator('[name=passphrase]').fill(input.passphrase);
  await options.locator('[name=connect]').click();
  await options.getByTestId('agents').waitFor();
}

/** Adds an agent with its SIP device in the agents table; answers the passphrase prompt if it appears. */
export async function addAgent(options: Page, agent: AgentInput, passphrase: string): Promise<void> {
  const form = options.getByTestId('quick-add');
  for (const [name, value] of Object.entries(agent)) await form.locator(`[name=${name}]`).fill(value);
  await form.locator('button[type=submit]').click();
  await confirmPassphrase(options, passphrase, agentRow(options, agent.name));
}

export interface AgentDevices {
  /** New name of the device that the agent already has. */
  first: string;
  further: { deviceName: string; sipUser: string; sipPassword: string }[];
}

/** Adds further SIP devices to an agent in the editor. */
export async function addDevices(options: Page, agentName: string, devices: AgentDevices, passphrase: string): Promise<void> {
  await agentRow(options, agentName).locator('.agent-actions button').first().click();
  const editor = options.getByTestId('agent-editor');
  const list = editor.getByTestId('sip-device');
  await list.first().locator('[name=deviceName]').fill(devices.first);
  for (const device of devices.further) {
    await editor.getByTestId('sip-device-add').click();
    for (const [name, value] of Object.entries(device)) await list.last().locator(`[name=${name}]`).fill(value);
  }
  await editor.locator('button[type=submit]').click();
  const last = devices.further.at(-1)?.deviceName ?? devices.first;
  await confirmPassphrase(options, passphrase, agentRow(options, agentName).filter({ hasText: last }));
  await editor.waitFor({ state: 'detached' });
}

/** Requests an enrolment code for an agent and reads it. */
export async function readEnrolmentCode(options: Page, agentName: string, passphrase: string): Promise<string> {
  await agentRow(options, agentName).locator('.agent-actions button').nth(1).click();
  const code = options.getByTestId('enrolment-code');
  await confirmPassphrase(options, passphrase, code);
  return ((await code.textContent()) ?? '').trim();
}

export function agentRow(options: Page, name: string) {
  return options.getByTestId('agent-row').filter({ hasText: name });
}

/** Waits for `done`; if the passphrase prompt appears first, answers it. */
export async function confirmPassphrase(options: Page, passphrase: string, done: ReturnType<Page['locator']>): Promise<void> {
  const prompt = options.getByTestId('step-up');
  await done.or(prompt).first().waitFor();
  if (await prompt.isVisible()) {
    await prompt.locator('input').fill(passphrase);
    await prompt.locator('button[type=submit]').click();
  }
  await done.waitFor();
}

/** Opens the popup's document in a background tab, so that the page in front stays the active tab. */
export async function openPopupBeside(browser: ExtensionBrowser): Promise<Page> {
  const worker = browser.context.serviceWorkers()[0] ?? (await browser.context.waitForEvent('serviceworker'));
  const [popup] = await Promise.all([
    browser.context.waitForEvent('page'),
    worker.evaluate(() => {
      const { chrome } = globalThis as unknown as { chrome: { tabs: { create(tab: { url: string; active: boolean }): void } } };
      chrome.tabs.create({ url: 'popup.html', active: false });
    }),
  ]);
  await popup.setViewportSize({ width: 380, height: 600 });
  return popup;
}

/** Enables Dialside for the page in front with the popup's switch. */
export async function enableSite(popup: Page): Promise<void> {
  const control = popup.getByTestId('site-switch').getByRole('switch');
  await control.click();
  await popup.locator('[data-testid=site-switch] [role=switch][aria-checked=true]').waitFor();
}

/** Connects an agent's browser and enables Dialside on the CRM, which is then in front, with the popup in a background tab. */
export async function openCrm(
  browser: ExtensionBrowser,
  { relayUrl, crmUrl, code, language }: Omit<ConnectInput, 'passphrase'> & { crmUrl: string; language: 'vi' | 'en' },
): Promise<{ crm: Page; popup: Page }> {
  for (const url of [relayUrl, crmUrl]) await browser.grant(url);
  const options = await browser.openView('options');
  await options.locator('#language select').selectOption(language);
  await connect(options, { relayUrl, code });
  await options.close();
  const crm = await browser.context.newPage();
  await crm.goto(crmUrl);
  await crm.bringToFront();
  const popup = await openPopupBeside(browser);
  await enableSite(popup);
  return { crm, popup };
}

/** Waits for the call button whose accessible name contains the number. */
export async function waitForPageButton(page: Page, number: string, timeoutMs = 10_000): Promise<PageButton> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const [button] = await findPageButtons(page, number);
    if (button) return button;
    if (Date.now() > deadline) throw new Error(`No call button for ${number} appeared within ${timeoutMs / 1000} s.`);
    await page.waitForTimeout(100);
  }
}

/** Buttons accept a press only after half a second in view. */
const restedMs = 600;

/** Presses the button whose accessible name contains `text`, or is it, once it has stayed in its place for long enough. */
export async function pressRested(page: Page, text: string, { isExact = false, timeoutMs = 15_000 } = {}): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  let rested: { x: number; y: number; since: number } | undefined;
  while (Date.now() < deadline) {
    const button = (await findPageButtons(page, text)).find(({ name }) => !isExact || name === text);
    if (!button) rested = undefined;
    else if (rested?.x !== button.x || rested.y !== button.y) rested = { x: button.x, y: button.y, since: Date.now() };
    else if (Date.now() - rested.since >= restedMs) return pressPageButton(page, button);
    await page.waitForTimeout(100);
  }
  throw new Error(`No button “${text}” stayed in its place within ${timeoutMs / 1000} s.`);
}

/** Moves the mouse to a button and clicks it, as a person does. */
export async function pressPageButton(page: Page, button: PageButton): Promise<void> {
  await page.mouse.move(button.x, button.y, { steps: 5 });
  await page.mouse.click(button.x, button.y);
}

/** Waits until a condition outside the browser holds. */
export async function waitUntil<T>(what: string, read: () => T | undefined | false, timeoutMs = 15_000): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const value = read();
    if (value) return value;
    if (Date.now() > deadline) throw new Error(`${what} did not happen within ${timeoutMs / 1000} s.`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

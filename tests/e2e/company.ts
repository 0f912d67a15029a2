import type { Page } from '@playwright/test';
import { extensionDir } from '../../sandbox/build-extension.ts';
import { enrolAgent } from '../../sandbox/demo/enrol-agent.ts';
import { type ExtensionBrowser, launchExtensionBrowser } from '../../sandbox/extension-browser.ts';
import { type Stage, type StageOptions, startStage } from '../../sandbox/stage.ts';
import { type AgentDevices, connect, enableSite, openPopupBeside } from '../../sandbox/story.ts';

export interface Company {
  stage: Stage;
  browser: ExtensionBrowser;
  /** The CRM's customer list, enabled. */
  crm: Page;
  popup: Page;
  close(): Promise<void>;
}

interface CompanyOptions extends StageOptions {
  /** Folder of the agent's extension. */
  extension?: string;
  devices?: AgentDevices;
}

/** A stage whose agent is mapped, connected and enabled on the CRM: where most stories begin. */
export async function openCompany({ extension = extensionDir(), devices, ...options }: CompanyOptions = {}): Promise<Company> {
  const stage = await startStage({
    ...options,
    antbuddy: { ringMs: 300, talkMs: 3000, historyDelayMs: 200, seed: { calls: 120 }, ...options.antbuddy },
  });
  const code = await enrolAgent(stage, extensionDir(), devices && { devices });
  const browser = await launchExtensionBrowser({ extensionDir: extension });
  for (const url of [stage.relay.url, stage.crmUrl]) await browser.grant(url);
  const view = await browser.openView('options');
  await view.locator('#language select').selectOption('vi');
  await connect(view, { relayUrl: stage.relay.url, code });
  await view.close();

  const crm = await browser.context.newPage();
  await crm.goto(stage.crmUrl);
  await crm.bringToFront();
  const popup = await openPopupBeside(browser);
  await enableSite(popup);
  return {
    stage,
    browser,
    crm,
    popup,
    async close() {
      await browser.close();
      await stage.stop();
    },
  };
}

import type { Page } from '@playwright/test';
import { demoPassphrase } from '../../sandbox/demo/enrol-agent.ts';
import { type ExtensionBrowser, launchExtensionBrowser } from '../../sandbox/extension-browser.ts';
import { type Stage, type StageOptions, startStage } from '../../sandbox/stage.ts';
import { type AgentDevices, connectAdmin, openCrm } from '../../sandbox/story.ts';
import { extensionDir } from '../../scripts/build-extension.ts';
import { enrolByRelay } from './enrol-by-relay.ts';

export interface Company {
  stage: Stage;
  browser: ExtensionBrowser;
  /** The CRM's customer list, with Dialside enabled. */
  crm: Page;
  popup: Page;
  close(): Promise<void>;
}

interface CompanyOptions extends StageOptions {
  /** Folder of the extension build that the agent's browser loads. */
  extension?: string;
  devices?: AgentDevices;
  /** Whether the agent's browser uses its back/forward cache. */
  keepsPages?: boolean;
}

/** A stage whose agent is mapped, connected and enabled on the CRM: the start of most stories. */
export async function openCompany({
  extension = extensionDir(),
  devices,
  keepsPages = false,
  ...options
}: CompanyOptions = {}): Promise<Company> {
  const stage = await startStage({
    ...options,
    antbuddy: { ringMs: 300, talkMs: 3000, historyDelayMs: 200, seed: { calls: 120 }, ...options.antbuddy },
  });
  const code = await enrolByRelay(stage, devices);
  const browser = await launchExtensionBrowser({ extensionDir: extension, keepsPages });
  const { crm, popup } = await openCrm(browser, { relayUrl: stage.relay.url, crmUrl: stage.crmUrl, code, language: 'vi' });
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

/** The browser of an admin of the company, with the options open in Vietnamese. */
export async function openAdmin({ stage: { relay } }: Company): Promise<{ admin: ExtensionBrowser; options: Page }> {
  const admin = await launchExtensionBrowser({ extensionDir: extensionDir() });
  await admin.grant(relay.url);
  const options = await admin.openView('options');
  await options.locator('#language select').selectOption('vi');
  const code = await relay.adminCode('Trưởng phòng');
  await connectAdmin(options, { relayUrl: relay.url, code, passphrase: demoPassphrase });
  return { admin, options };
}

import { launchExtensionBrowser } from '../extension-browser.ts';
import type { Stage } from '../stage.ts';
import { connect, enableSite, openPopupBeside } from '../story.ts';
import { demoDevices, demoPassphrase, enrolAgent } from './enrol-agent.ts';
import type { Steps } from './steps.ts';

interface CompanyInput {
  stage: Stage;
  extensionDir: string;
  steps: Steps;
}

/** Opens a browser window that is connected and enabled on the sample CRM, and waits until the window is closed. */
export async function openCompany({ stage, extensionDir, steps }: CompanyInput): Promise<void> {
  const code = await steps.run('An admin has mapped the agent Mai Lan to the SIP devices mailan101 and mailan201', () =>
    enrolAgent(stage, extensionDir, { devices: demoDevices }),
  );
  const browser = await launchExtensionBrowser({ extensionDir, headless: false });
  await steps.run('A browser is connected as Mai Lan and enabled on the sample CRM', async () => {
    for (const url of [stage.relay.url, stage.crmUrl]) await browser.grant(url);
    const options = await browser.openView('options');
    await connect(options, { relayUrl: stage.relay.url, code });
    await options.goto(stage.crmUrl);
    await options.bringToFront();
    const popup = await openPopupBeside(browser);
    await enableSite(popup);
    await popup.close();
  });

  const { appId, appSecret, control, url } = stage.antbuddy;
  console.log(`
Sample CRM        ${stage.crmUrl}
Relay             ${stage.relay.url}
AntBuddy stand-in ${url}   (control: ${url}/control)
  appId           ${appId}
  appSecret       ${appSecret}
  devices         ${control
    .credentials()
    .devices.map(({ sipUser, sipPassword }) => `${sipUser} / ${sipPassword}`)
    .join(', ')}
Admin             code ${await stage.relay.adminCode('Quản trị')}, passphrase “${demoPassphrase}”

Click a number’s button, then open the Dialside button of the toolbar. Close the window to end.`);
  await new Promise<void>((resolve) => browser.context.once('close', () => resolve()));
}

import { launchExtensionBrowser } from '../extension-browser.ts';
import type { Stage } from '../stage.ts';
import { type AgentDevices, addAgent, addDevices, connectAdmin, readEnrolmentCode } from '../story.ts';

export const demoPassphrase = 'hoa phượng đỏ';
export const demoAgent = { name: 'Mai Lan', username: 'mailan', sipUser: 'mailan101', sipPassword: 'sip-mailan-4Tq8' };

/** The agent's SIP devices: the desk phone and a mobile for use away from the desk. */
export const demoDevices: AgentDevices = {
  first: 'Máy bàn',
  further: [{ deviceName: 'Di động', sipUser: 'mailan201', sipPassword: 'sip-mailan-8Wd3' }],
};

/** Does an admin's part: connects, maps the agent to its SIP device and any further `devices`, and returns an enrolment code. */
export async function enrolAgent(
  stage: Stage,
  extensionDir: string,
  { shotPath, devices }: { shotPath?: string; devices?: AgentDevices } = {},
): Promise<string> {
  const browser = await launchExtensionBrowser({ extensionDir });
  try {
    await browser.grant(stage.relay.url);
    const options = await browser.openView('options');
    await options.locator('#language select').selectOption('vi');
    const code = await stage.relay.adminCode('Quản trị');
    await connectAdmin(options, { relayUrl: stage.relay.url, code, passphrase: demoPassphrase });
    await addAgent(options, demoAgent, demoPassphrase);
    if (devices) await addDevices(options, demoAgent.name, devices, demoPassphrase);
    const agentCode = await readEnrolmentCode(options, demoAgent.name, demoPassphrase);
    if (shotPath) await options.screenshot({ path: shotPath, fullPage: true });
    return agentCode;
  } finally {
    await browser.close();
  }
}

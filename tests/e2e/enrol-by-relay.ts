import { demoAgent, demoPassphrase } from '../../sandbox/demo/enrol-agent.ts';
import type { Stage } from '../../sandbox/stage.ts';
import type { AgentDevices } from '../../sandbox/story.ts';
import { createDeviceKeys } from '../../utils/relay/device-keys.ts';
import { createRelayClient } from '../../utils/relay/relay-client.ts';
import type { Reply } from '../../utils/reply.ts';

const clock = { now: Date.now, offset: async () => 0, learn: async () => {} };

/**
 * Does what enrolAgent does in an admin's browser, but through the relay's API, so that no browser has to start. main-job.spec.ts
 * and admin.spec.ts check that an admin can do it on screen.
 */
export async function enrolByRelay({ relay }: Stage, devices?: AgentDevices): Promise<string> {
  const connection = { baseUrl: relay.url, keys: await createDeviceKeys() };
  const code = await relay.adminCode('Quản trị');
  const { token } = granted(await createRelayClient(connection, { clock }).redeem({ code, passphrase: demoPassphrase }));
  const admin = createRelayClient({ ...connection, token }, { clock });
  granted(await admin.stepUp(demoPassphrase));
  const { sipUser, sipPassword, ...agent } = demoAgent;
  const sipDevices = [{ deviceName: devices?.first ?? '', sipUser, sipPassword }, ...(devices?.further ?? [])];
  const { id } = granted(
    await admin.createAgent({ ...agent, sipDevices: sipDevices.map(({ deviceName: name, ...device }) => ({ name, ...device })) }),
  );
  return granted(await admin.createEnrolment(id)).code;
}

function granted<T>(reply: Reply<T>): T {
  if (!reply.ok) throw new Error(`The relay refused: ${JSON.stringify(reply.error)}`);
  return reply.value;
}

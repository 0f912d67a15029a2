import { seal } from '../../relay/agents/seal.ts';
import { sipPasswordPlace } from '../../relay/agents/sip-credentials.ts';
import { defaultPolicy } from '../../relay/policy/default-policy.ts';
import { savePolicy } from '../../relay/policy/policies.ts';
import { addDevice } from '../../relay/testing/device.ts';
import type { TestDeps } from '../../relay/testing/make-deps.ts';
import type { Caller } from './call-clients.ts';

interface CallerDevice {
  sipUser: string;
  sipPassword: string;
  username: string;
  online: boolean;
}

export const makeDevices = (count: number): CallerDevice[] =>
  Array.from({ length: count }, (_, turn) => ({
    sipUser: `agent${turn}`,
    sipPassword: `pw-${turn}`,
    username: `user${turn}`,
    online: true,
  }));

/** Stores one agent for each SIP device, each with a connected browser, under a policy without caps. */
export async function addCallers(deps: TestDeps, devices: readonly CallerDevice[]): Promise<Caller[]> {
  const running = { ...deps, now: Date.now };
  const most = 1_000_000;
  const open = {
    caps: { agentPerMinute: most, agentPerDay: most, companyPerMinute: most, companyPerDay: most },
    burst: { calls: most, minutes: 10 },
  };
  await savePolicy(running, 0, { ...defaultPolicy(deps.config), ...open }, 'command-line');
  return Promise.all(
    devices.map(async ({ sipUser, sipPassword, username }) => {
      const device = await addDevice(running, { username, sipUser });
      const sealed = seal(deps.config.relayKey, sipPasswordPlace(device.agentId), sipPassword);
      await deps.store.updateTable('sip_devices').set({ sip_password: sealed }).where('id', '=', device.agentId).execute();
      return { agentId: device.agentId, headers: device.headers };
    }),
  );
}

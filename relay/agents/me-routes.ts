import { Hono } from 'hono';
import type { Me } from '../contract.ts';
import type { Deps } from '../deps.ts';
import { readMirrorStatus } from '../history/mirror-status.ts';
import type { RelayEnv } from '../http/relay-env.ts';
import { requireAgent } from '../http/require-agent.ts';
import { readPolicy } from '../policy/policies.ts';
import { listSipDevices } from './sip-devices.ts';

/** GET /me: this device's agent, the policy that concerns it, and the state of the relay and AntBuddy. */
export function meRoutes(deps: Deps): Hono<RelayEnv> {
  const routes = new Hono<RelayEnv>();

  routes.get('/me', requireAgent(deps), async (c) => {
    const { agentId, agentName, role, deviceId, deviceName, stepUpUntil } = c.get('principal');
    const [devices, history, { policy }] = await Promise.all([
      listSipDevices(deps.store, agentId),
      readMirrorStatus(deps.store),
      readPolicy(deps),
    ]);
    const own = devices.get(agentId) ?? [];
    const sipDevices = own
      .filter(({ hasSipPassword }) => hasSipPassword)
      .map(({ id, name, sipUser }) => ({ id, name: name || sipUser, sipUser }));
    const me: Me = {
      agent: {
        id: agentId,
        name: agentName,
        role,
        sipUser: (sipDevices[0] ?? own[0])?.sipUser ?? null,
        sipDevices,
        mapped: sipDevices.length > 0,
      },
      device: { id: deviceId, name: deviceName },
      policy: {
        homeRegion: deps.config.homeRegion,
        regions: policy.countries,
        recordingDownload: policy.recordingDownload,
      },
      upstream: deps.antbuddy.health(),
      history,
      stepUpUntil,
      serverTime: deps.now(),
    };
    return c.json(me);
  });

  return routes;
}

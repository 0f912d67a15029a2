import { Hono } from 'hono';
import type { Me } from '../contract.ts';
import type { Deps } from '../deps.ts';
import { readMirrorStatus } from '../history/mirror-status.ts';
import type { RelayEnv } from '../http/relay-env.ts';
import { requireAgent } from '../http/require-agent.ts';
import { readPolicy } from '../policy/policies.ts';

/** GET /me: who this device is, what it may do, and how the relay and AntBuddy are. */
export function meRoutes(deps: Deps): Hono<RelayEnv> {
  const routes = new Hono<RelayEnv>();

  routes.get('/me', requireAgent(deps), async (c) => {
    const { agentId, agentName, role, deviceId, deviceName, stepUpUntil } = c.get('principal');
    const [agent, history, { policy }] = await Promise.all([
      deps.store.selectFrom('agents').select(['sip_user', 'sip_password']).where('id', '=', agentId).executeTakeFirstOrThrow(),
      readMirrorStatus(deps.store),
      readPolicy(deps),
    ]);
    const me: Me = {
      agent: {
        id: agentId,
        name: agentName,
        role,
        sipUser: agent.sip_user,
        mapped: Boolean(agent.sip_user && agent.sip_password),
      },
      device: { id: deviceId, name: deviceName },
      policy: { homeRegion: deps.config.homeRegion, regions: policy.countries },
      upstream: deps.antbuddy.health(),
      history,
      stepUpUntil: stepUpUntil !== null && stepUpUntil > deps.now() ? stepUpUntil : null,
      serverTime: deps.now(),
    };
    return c.json(me);
  });

  return routes;
}

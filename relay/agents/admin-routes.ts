import { Hono } from 'hono';
import { AgentChangeSchema, AgentCreateSchema, EnrolmentRequestSchema, Id } from '../contract.ts';
import type { Deps } from '../deps.ts';
import { readIfMatch } from '../http/if-match.ts';
import { parseBody, parseValue } from '../http/parse.ts';
import type { RelayEnv } from '../http/relay-env.ts';
import { actorOf, requireAdmin, requireAgent, requireStepUp } from '../http/require-agent.ts';
import { changeAgent, createAgent, listAgents, revokeDevice } from './agent-records.ts';
import { createEnrolment } from './enrolments.ts';
import { trySipDevice } from './try-sip-device.ts';

/** /admin/agents, /admin/enrolments, /admin/sip-devices, /admin/devices: admins manage agents, their SIP devices and their browsers. */
export function adminRoutes(deps: Deps): Hono<RelayEnv> {
  const routes = new Hono<RelayEnv>();
  const agent = requireAgent(deps);

  routes.get('/admin/agents', agent, requireAdmin, async (c) => c.json({ agents: await listAgents(deps.store) }));

  routes.post('/admin/agents', agent, requireStepUp, async (c) => {
    const created = await createAgent(deps, await parseBody(c, AgentCreateSchema), actorOf(c));
    return c.json(created, 201, { ETag: `"${created.version}"` });
  });

  routes.patch('/admin/agents/:id', agent, requireStepUp, async (c) => {
    const id = parseValue(Id, c.req.param('id'), 'not_found');
    const version = readIfMatch(c);
    const change = await parseBody(c, AgentChangeSchema);
    const changed = await changeAgent(deps, id, version, change, actorOf(c));
    return c.json(changed, 200, { ETag: `"${changed.version}"` });
  });

  routes.post('/admin/enrolments', agent, requireStepUp, async (c) => {
    const { agentId } = await parseBody(c, EnrolmentRequestSchema);
    return c.json(await createEnrolment(deps, agentId, actorOf(c)), 201);
  });

  routes.post('/admin/sip-devices/:id/test', agent, requireStepUp, async (c) => {
    const id = parseValue(Id, c.req.param('id'), 'not_found');
    return c.json(await trySipDevice(deps, id, actorOf(c)));
  });

  routes.delete('/admin/devices/:id', agent, requireStepUp, async (c) => {
    const id = parseValue(Id, c.req.param('id'), 'not_found');
    await revokeDevice(deps, id, actorOf(c));
    return c.body(null, 204);
  });

  return routes;
}

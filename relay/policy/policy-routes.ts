import { Hono } from 'hono';
import { DryRunRequestSchema, Id, ImportQuerySchema, PolicySchema } from '../contract.ts';
import type { Deps } from '../deps.ts';
import { readIfMatch } from '../http/if-match.ts';
import { parseBody, parseQuery, parseValue, readText } from '../http/parse.ts';
import type { RelayEnv } from '../http/relay-env.ts';
import { actorOf, requireAdmin, requireAgent, requireStepUp } from '../http/require-agent.ts';
import { listAskedNotToCall } from './asked-not-to-call.ts';
import { listLocks, unlockAgent } from './call-locks.ts';
import { exportDoNotCall, importDoNotCall, removeDoNotCall } from './do-not-call.ts';
import { dryRun } from './dry-run.ts';
import { readPolicy, savePolicy } from './policies.ts';

/** /admin/policy, /admin/do-not-call, /admin/locks: which calls are allowed, and which agents are locked. */
export function policyRoutes(deps: Deps): Hono<RelayEnv> {
  const routes = new Hono<RelayEnv>();
  const agent = requireAgent(deps);

  routes.get('/admin/policy', agent, requireAdmin, async (c) => {
    const current = await readPolicy(deps);
    return c.json(current, 200, { ETag: `"${current.version}"` });
  });

  routes.put('/admin/policy', agent, requireStepUp, async (c) => {
    const version = readIfMatch(c);
    const saved = await savePolicy(deps, version, await parseBody(c, PolicySchema), actorOf(c));
    return c.json(saved, 200, { ETag: `"${saved.version}"` });
  });

  routes.post('/admin/policy/dry-run', agent, requireAdmin, async (c) =>
    c.json(await dryRun(deps, await parseBody(c, DryRunRequestSchema))),
  );

  routes.get('/admin/do-not-call', agent, requireAdmin, async (c) =>
    c.body(await exportDoNotCall(deps), 200, {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': 'attachment; filename="do-not-call.csv"',
    }),
  );

  routes.post('/admin/do-not-call', agent, requireStepUp, async (c) => {
    const { mode } = parseQuery(c, ImportQuerySchema);
    const csv = await readText(c, 'text/csv');
    return c.json(await importDoNotCall(deps, csv, mode === 'replace', actorOf(c)));
  });

  routes.get('/admin/do-not-call/asked', agent, requireAdmin, async (c) =>
    c.json({ asked: await listAskedNotToCall(deps.store) }),
  );

  routes.delete('/admin/do-not-call/:number', agent, requireStepUp, async (c) => {
    await removeDoNotCall(deps, c.req.param('number'), actorOf(c));
    return c.body(null, 204);
  });

  routes.get('/admin/locks', agent, requireAdmin, async (c) => c.json({ locks: await listLocks(deps.store) }));

  routes.delete('/admin/locks/:id', agent, requireStepUp, async (c) => {
    const id = parseValue(Id, c.req.param('id'), 'not_found');
    await unlockAgent(deps, id, actorOf(c));
    return c.body(null, 204);
  });

  return routes;
}

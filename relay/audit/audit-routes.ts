import { Hono } from 'hono';
import { type AuditPage, AuditQuerySchema } from '../contract.ts';
import type { Deps } from '../deps.ts';
import { parseQuery } from '../http/parse.ts';
import type { RelayEnv } from '../http/relay-env.ts';
import { requireAdmin, requireAgent } from '../http/require-agent.ts';
import { requireTypedNumber } from '../policy/read-typed-number.ts';
import { readAuditPage } from './read-audit.ts';

/** GET /admin/audit: who did what, to what and when; newest first. */
export function auditRoutes(deps: Deps): Hono<RelayEnv> {
  const routes = new Hono<RelayEnv>();

  routes.get('/admin/audit', requireAgent(deps), requireAdmin, async (c) => {
    const { limit = 50, number: typed, ...filter } = parseQuery(c, AuditQuerySchema);
    const number = typed === undefined ? undefined : requireTypedNumber(typed, deps.config.homeRegion);
    const lines = await readAuditPage(deps, { ...filter, number, limit });
    const last = lines.length === limit ? lines.at(-1) : undefined;
    const page: AuditPage = {
      lines: lines.map(({ seq, at, actor, action, subject, detail, call, hash }) => ({
        seq,
        at,
        actor,
        action,
        subject,
        detail: JSON.parse(detail),
        ...(call !== undefined && { call }),
        hash,
      })),
      nextBefore: last && last.seq > 1 ? last.seq : null,
    };
    return c.json(page);
  });

  return routes;
}

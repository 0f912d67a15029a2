import { Hono } from 'hono';
import { HistoryQuerySchema } from '../contract.ts';
import type { Deps } from '../deps.ts';
import { BadRequest } from '../http/bad-request.ts';
import { parseQuery } from '../http/parse.ts';
import type { RelayEnv } from '../http/relay-env.ts';
import { requireAgent } from '../http/require-agent.ts';
import { queryHistory } from './query-history.ts';

/** `GET /history`, to be mounted under /v1: only the calls of the agent who asks. */
export function historyRoutes(deps: Deps): Hono<RelayEnv> {
  return new Hono<RelayEnv>().get('/history', requireAgent(deps), async (c) => {
    const query = parseQuery(c, HistoryQuerySchema);
    const page = await queryHistory(deps, c.get('principal').agentId, query);
    if (!page) throw new BadRequest('The cursor is not one that this relay gave.');
    return c.json(page);
  });
}

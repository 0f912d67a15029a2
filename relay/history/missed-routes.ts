import { Hono } from 'hono';
import { MissedQuerySchema } from '../contract.ts';
import type { Deps } from '../deps.ts';
import { parseQuery } from '../http/parse.ts';
import type { RelayEnv } from '../http/relay-env.ts';
import { requireAgent } from '../http/require-agent.ts';
import { findMissed } from './missed-calls.ts';

/** `GET /missed`, to be mounted under /v1: the numbers that the asking agent has to call back. */
export function missedRoutes(deps: Deps): Hono<RelayEnv> {
  return new Hono<RelayEnv>().get('/missed', requireAgent(deps), async (c) => {
    return c.json(await findMissed(deps, c.get('principal').agentId, parseQuery(c, MissedQuerySchema)));
  });
}

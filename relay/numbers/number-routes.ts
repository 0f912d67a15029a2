import { Hono } from 'hono';
import { DialableSchema } from '../contract.ts';
import type { Deps } from '../deps.ts';
import { parseValue } from '../http/parse.ts';
import type { RelayEnv } from '../http/relay-env.ts';
import { requireAgent } from '../http/require-agent.ts';
import { findNumberFacts } from './number-facts.ts';

/** `GET /numbers/{number}`, to be mounted under /v1: what the asking agent should know before calling it. */
export function numberRoutes(deps: Deps): Hono<RelayEnv> {
  return new Hono<RelayEnv>().get('/numbers/:number', requireAgent(deps), async (c) => {
    const number = parseValue(DialableSchema, c.req.param('number'), 'number_invalid');
    return c.json(await findNumberFacts(deps, c.get('principal').agentId, number));
  });
}

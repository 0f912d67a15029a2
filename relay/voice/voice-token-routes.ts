import { Hono } from 'hono';
import type { Deps } from '../deps.ts';
import type { RelayEnv } from '../http/relay-env.ts';
import { requireAgent } from '../http/require-agent.ts';

/** `POST /voice-token`, to be mounted under /v1: the asking agent's own token, made with its first SIP device. */
export function voiceTokenRoutes(deps: Deps): Hono<RelayEnv> {
  const { tokens } = deps;
  return new Hono<RelayEnv>().post('/voice-token', requireAgent(deps), async (c) => {
    const { value, expiresAt } = await tokens.tokenFor(c.get('principal').agentId);
    return c.json({ value, expiresAt }, 200, { 'cache-control': 'no-store' });
  });
}

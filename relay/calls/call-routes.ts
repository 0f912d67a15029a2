import { Hono } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { CallRequestSchema, IdempotencyKeySchema } from '../contract.ts';
import type { Deps } from '../deps.ts';
import { parseBody, parseValue } from '../http/parse.ts';
import type { RelayEnv } from '../http/relay-env.ts';
import { RelayError } from '../http/relay-error.ts';
import { requireAgent } from '../http/require-agent.ts';
import { asServiceLine } from '../policy/classify-number.ts';
import { StoreError } from '../store/store-error.ts';
import { callOf } from './call-answer.ts';
import { findAgentCall } from './ledger.ts';
import { currentCall, placeCall } from './place-call.ts';

/** `POST /calls` and `GET /calls/{key}`, to be mounted under /v1. */
export function callRoutes(deps: Deps): Hono<RelayEnv> {
  const app = new Hono<RelayEnv>();

  app.post('/calls', requireAgent(deps), async (c) => {
    const { deviceId, agentId, sealedSip } = c.get('principal');
    const key = parseValue(IdempotencyKeySchema, c.req.header('idempotency-key'), 'idempotency_key_missing').toLowerCase();
    const body = await parseBody(c, CallRequestSchema);
    const request = { ...body, number: asServiceLine(body.number, deps.config.homeRegion) };
    // Runs on after the client disconnects: the outcome is recorded even if nobody waits for it.
    const answer = await deps.calls.track(withStoreErrors(placeCall(deps, { ...request, deviceId, agentId, key }, sealedSip)));
    return c.body(answer.body, answer.status as ContentfulStatusCode, { 'content-type': 'application/json' });
  });

  app.get('/calls/:key', requireAgent(deps), async (c) => {
    const { deviceId, agentId } = c.get('principal');
    const key = parseValue(IdempotencyKeySchema, c.req.param('key'), 'call_not_found').toLowerCase();
    const row = await findAgentCall(deps.store, { deviceId, agentId, key });
    if (!row) throw new RelayError('call_not_found');
    return c.json(callOf(...(await currentCall(deps, row))));
  });

  return app;
}

/** While the ledger cannot be written no call is placed, whatever the cause. */
async function withStoreErrors<Value>(work: Promise<Value>): Promise<Value> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof StoreError) throw new RelayError('store_unavailable', { cause: error });
    throw error;
  }
}

import { randomUUID } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { routePath } from 'hono/route';
import type { Deps } from '../deps.ts';
import type { Metrics } from './metrics.ts';
import type { RelayEnv } from './relay-env.ts';
import { runAsRequest } from './request-context.ts';

/**
 * Gives each request an id (`X-Request-Id` in the answer, `requestId` in every log line of the request), one log line and a
 * metrics entry. The log holds method, route pattern, status, duration, agent and device; never the query, a header or a body.
 */
export function logRequests({ log }: Pick<Deps, 'log'>, metrics: Metrics): MiddlewareHandler<RelayEnv> {
  return (c, next) => {
    const started = performance.now();
    const requestId = randomUUID();
    c.set('requestId', requestId);
    return runAsRequest(requestId, async () => {
      await next();
      // Set on the response itself: `c.header` would create a new response with a stream as its body.
      c.res.headers.set('X-Request-Id', requestId);
      const route = routeOf(routePath(c, -1));
      const { method } = c.req;
      const { status } = c.res;
      const ms = Math.round((performance.now() - started) * 10) / 10;
      metrics.noteRequest({ route, method, status, seconds: ms / 1000 });
      const who = c.get('principal');
      log.info({ method, route, status, ms, agent: who?.agentId, device: who?.deviceId }, 'request');
    });
  };
}

/** Middleware patterns end in *, which means that no route handled the request. */
function routeOf(pattern: string): string {
  return pattern.includes('*') ? 'none' : pattern;
}

import { Hono } from 'hono';
import { adminRoutes } from './agents/admin-routes.ts';
import { enrolmentRoutes } from './agents/enrolment-routes.ts';
import { meRoutes } from './agents/me-routes.ts';
import { stepUpRoutes } from './agents/step-up-routes.ts';
import { auditRoutes } from './audit/audit-routes.ts';
import { callRoutes } from './calls/call-routes.ts';
import { longestDoNotCallList } from './contract.ts';
import type { Deps } from './deps.ts';
import { docsRoutes } from './docs/docs-routes.ts';
import { eventRoutes } from './events/event-routes.ts';
import { historyRoutes } from './history/history-routes.ts';
import { missedRoutes } from './history/missed-routes.ts';
import { limitBody } from './http/limit-body.ts';
import { logRequests } from './http/log-requests.ts';
import { createMetrics, type Metrics } from './http/metrics.ts';
import { refuseMethod, refuseUnknown } from './http/refuse-methods.ts';
import { refuseOrigins } from './http/refuse-origins.ts';
import type { RelayEnv } from './http/relay-env.ts';
import { reportError } from './http/report-error.ts';
import { noteRoutes } from './notes/note-routes.ts';
import { numberRoutes } from './numbers/number-routes.ts';
import { policyRoutes } from './policy/policy-routes.ts';
import { recordingRoutes } from './recordings/recording-routes.ts';
import { reportRoutes } from './reports/report-routes.ts';
import { voiceTokenRoutes } from './voice/voice-token-routes.ts';

/** The whole HTTP surface without a socket: `server.ts` listens with it and tests call `request()` on it. */
export function createApp(deps: Deps, metrics: Metrics = createMetrics(deps)): Hono<RelayEnv> {
  const app = new Hono<RelayEnv>();
  app.onError(reportError(deps.log, metrics));
  app.notFound(refuseUnknown(app));

  app.use(logRequests(deps, metrics));
  app.use(async (c, next) => (c.req.method === 'OPTIONS' ? refuseMethod(c) : next()));
  app.use(refuseOrigins);
  app.use(limitBody(64_000, { '/v1/admin/do-not-call': longestDoNotCallList }));
  app.use(async (c, next) => {
    await next();
    // Responses may hold data that only this agent may see; routes whose response may be cached set the header themselves.
    if (!c.res.headers.has('Cache-Control')) c.res.headers.set('Cache-Control', 'no-store');
    c.res.headers.set('X-Content-Type-Options', 'nosniff');
  });

  for (const routes of [enrolmentRoutes, meRoutes, callRoutes, historyRoutes, missedRoutes, noteRoutes, numberRoutes]) {
    app.route('/v1', routes(deps));
  }
  for (const routes of [recordingRoutes, voiceTokenRoutes, eventRoutes]) app.route('/v1', routes(deps));
  for (const routes of [stepUpRoutes, adminRoutes, policyRoutes, auditRoutes, reportRoutes]) app.route('/v1', routes(deps));
  app.route('/', docsRoutes(deps));
  return app;
}

import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { type Context, Hono } from 'hono';
import { type ApiProblem, type Checked, problemResponse, refuse } from './api-problem.ts';
import { authenticateHeaders, authenticateQuery } from './authenticate.ts';
import { partyOf } from './devices.ts';
import { wrapRecords } from './envelope.ts';
import { type Endpoint, injectFaults } from './faults.ts';
import type { HashOrder } from './hash.ts';
import { historiesParameters, parseHistoriesQuery } from './histories-query.ts';
import { readCredentials } from './read-credentials.ts';
import { signMediaUrl } from './signed-url.ts';
import type { World } from './world.ts';

type Env = { Bindings: HttpBindings };

const base = '/oapi/v1';
const dialable = /^\+?[0-9*#]{2,20}$/;

/** The four endpoints of the open API document, as strict as it is. */
export function createApiApp(world: World) {
  const { clock, journal, settings } = world;
  const app = new Hono<Env>();

  app.use(`${base}/*`, async (c, next) => {
    const entry = { at: clock.now(), method: c.req.method, path: c.req.path, status: null as number | null };
    journal.note('requests', entry);
    await next();
    if (c.res !== RESPONSE_ALREADY_SENT) entry.status = c.res.status;
  });
  app.use(`${base}/*`, injectFaults(world.faults, clock, endpointOf));
  app.use(`${base}/*`, async (_, next) => {
    if (world.rateLimit.admit()) return next();
    return problemResponse({ status: 503, message: 'TOO_MANY_REQUESTS', detail: '' });
  });

  app.get(`${base}/call/histories`, (c) => {
    const sent = signedQuery(c, historiesParameters, settings.hashOrder);
    if (!sent.ok) return violation(c, sent.problem);
    const query = parseHistoriesQuery(sent.value, clock.now());
    if (!query.ok) return violation(c, query.problem);
    const body = wrapRecords(world.histories.page(query.value), settings);
    return new Response(body, { headers: { 'content-type': 'application/json' } });
  });

  app.get(`${base}/call/play_recording`, (c) => {
    const sent = signedQuery(c, ['media']);
    if (!sent.ok) return violation(c, sent.problem);
    const name = sent.value.get('media') ?? '';
    if (!world.histories.findByRecording(name)) {
      return violation(c, refuse('INVALID_PARAMETER', `There is no recording named "${name}".`).problem);
    }
    const expires = Math.floor((clock.now() + settings.mediaTtlMs) / 1000);
    return c.json({ media: signMediaUrl(world.mediaOrigin(), name, expires, world.storageKeys) });
  });

  app.post(`${base}/call/click-to-call/:number`, async (c) => {
    const credentials = await signedCredentials(c);
    if (!credentials.ok) return violation(c, credentials.problem);
    const number = c.req.param('number');
    const internal = world.devices.get(number);
    if (!internal && !dialable.test(number)) {
      return violation(c, refuse('INVALID_PARAMETER', `"${number}" cannot be dialled.`).problem);
    }
    const device = world.devices.signIn(credentials.value.sipUser, credentials.value.sipPassword);
    if (!device?.online) return world.offlineResponse();
    const call = world.calls.start(
      {
        sipUser: device.sipUser,
        direction: 'from_ab',
        class: internal ? 'one_one' : 'trunking',
        caller: partyOf(device),
        callee: internal ? partyOf(internal) : { number, type: 'realnumber' },
        didNumber: null,
      },
      world.plans.planFor(number),
    );
    journal.note('dials', { at: clock.now(), sipUser: device.sipUser, number, callId: call.id });
    return world.acceptedResponse();
  });

  app.post(`${base}/voice/auth_token`, async (c) => {
    const credentials = await signedCredentials(c);
    if (!credentials.ok) return violation(c, credentials.problem);
    const device = world.devices.signIn(credentials.value.sipUser, credentials.value.sipPassword);
    return device ? c.json(world.tokens.issue(device.sipUser)) : world.offlineResponse();
  });

  app.all(`${base}/*`, (c) => {
    const detail = `The document has no ${c.req.method} ${c.req.path}.`;
    return violation(c, { status: 400, message: 'METHOD_NOT_SUPPORT', detail });
  });

  function signedQuery(c: Context<Env>, order: readonly string[], hashOrder?: HashOrder): Checked<Map<string, string>> {
    const query = authenticateQuery(new URL(c.req.url).searchParams, order, { ...settings, hashOrder });
    if (query.ok && settings.contentType === 'all' && !isJson(c)) return refuse('INVALID_CONTENT_TYPE', notJson);
    return query;
  }

  async function signedCredentials(c: Context<Env>) {
    const header = authenticateHeaders(c.req.raw.headers, settings.account);
    if (!header.ok) return header;
    if (!isJson(c)) return refuse('INVALID_CONTENT_TYPE', notJson);
    return readCredentials(await c.req.text());
  }

  function violation(c: Context<Env>, problem: ApiProblem): Response {
    const { message, detail } = problem;
    journal.note('violations', { at: clock.now(), path: c.req.path, message, detail });
    return problemResponse(problem);
  }

  return app;
}

const notJson = 'Content-Type is not application/json, which the document asks for on every request.';

function isJson(c: Context<Env>): boolean {
  return /^application\/json(\s*;.*)?$/i.test(c.req.header('content-type') ?? '');
}

function endpointOf(path: string): Endpoint | undefined {
  const [, name] = /^\/oapi\/v1\/(?:call|voice)\/([\w-]+)/.exec(path) ?? [];
  const known: Endpoint[] = ['histories', 'play_recording', 'click-to-call', 'auth_token'];
  return known.find((endpoint) => endpoint === name);
}

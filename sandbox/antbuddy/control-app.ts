import { type Context, Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import * as v from 'valibot';
import { statusDetails } from './call-record.ts';
import type { AntBuddyControl } from './control.ts';
import { emptyLists, envelopes, recordFields } from './envelope.ts';
import { FaultSchema } from './faults.ts';
import { acceptedBodies, offlineBodies } from './options.ts';
import { expireFormats } from './voice-tokens.ts';

const Text = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
const Milliseconds = v.pipe(v.number(), v.minValue(0), v.maxValue(86_400_000));
const planFields = {
  outcome: v.optional(v.picklist(statusDetails)),
  ringMs: v.optional(Milliseconds),
  talkMs: v.optional(Milliseconds),
  liftMs: v.optional(Milliseconds),
};
const DeviceSchema = v.strictObject({
  sipPassword: v.optional(Text),
  username: v.optional(Text),
  online: v.optional(v.boolean()),
});
const PlanSchema = v.strictObject({ pattern: Text, ...planFields });
const IncomingSchema = v.strictObject({ number: Text, sipUser: Text, didNumber: v.optional(Text), ...planFields });
const RateLimitSchema = v.nullable(
  v.strictObject({ requests: v.pipe(v.number(), v.minValue(0)), windowMs: v.pipe(v.number(), v.minValue(1)) }),
);
const AnswersSchema = v.strictObject({
  envelope: v.optional(v.picklist(envelopes)),
  emptyList: v.optional(v.picklist(emptyLists)),
  recordFields: v.optional(v.picklist(recordFields)),
  expireFormat: v.optional(v.picklist(expireFormats)),
  acceptedBody: v.optional(v.picklist(acceptedBodies)),
  offlineBody: v.optional(v.picklist(offlineBodies)),
  mediaOrigin: v.optional(v.nullable(v.pipe(Text, v.url()))),
});

/** The control over HTTP, for other processes. Requests with an Origin come from web pages and are refused. */
export function createControlApp(control: AntBuddyControl) {
  const app = new Hono();
  app.use((c, next) => (c.req.header('origin') ? Promise.resolve(c.text('Not for web pages.', 403)) : next()));

  app.get('/credentials', (c) => c.json(control.credentials()));
  app.put('/devices/:sipUser', async (c) => {
    const change = await body(c, DeviceSchema);
    return c.json(control.putDevice({ sipUser: c.req.param('sipUser'), ...change }));
  });
  app.get('/dials', (c) => c.json({ dials: control.dials(), counts: control.dialCounts() }));
  app.get('/requests', (c) => c.json({ requests: control.requests() }));
  app.get('/violations', (c) => c.json({ violations: control.violations() }));
  app.get('/calls', (c) => c.json({ calls: control.calls() }));
  app.post('/calls', async (c) => {
    const call = await body(c, IncomingSchema);
    try {
      return c.json(control.incoming(call), 201);
    } catch (error) {
      throw new HTTPException(409, { message: error instanceof Error ? error.message : String(error) });
    }
  });
  app.post('/calls/:id/answer', (c) => c.json({ done: control.answer(c.req.param('id')) }));
  app.delete('/calls/:id', (c) => c.json({ done: control.hangUp(c.req.param('id')) }));
  app.post('/plans', async (c) => {
    const { pattern, ...plan } = await body(c, PlanSchema);
    control.plan(pattern, plan);
    return c.json({ done: true });
  });
  app.post('/faults', async (c) => {
    control.fault(await body(c, FaultSchema));
    return c.json({ done: true }, 201);
  });
  app.delete('/faults', (c) => {
    control.clearFaults();
    return c.json({ done: true });
  });
  app.put('/rate-limit', async (c) => {
    control.rateLimit(await body(c, RateLimitSchema));
    return c.json({ done: true });
  });
  app.put('/answers', async (c) => {
    control.answers(await body(c, AnswersSchema));
    return c.json({ done: true });
  });
  app.post('/revoke-tokens', (c) => {
    control.revokeTokens();
    return c.json({ done: true });
  });
  app.post('/reset', (c) => {
    control.reset();
    return c.json({ done: true });
  });
  app.onError((error, c) => {
    const status = error instanceof HTTPException ? error.status : 500;
    return c.json({ message: error.message }, status);
  });
  return app;
}

async function body<Schema extends v.GenericSchema>(c: Context, schema: Schema): Promise<v.InferOutput<Schema>> {
  const isJson = c.req.header('content-type')?.startsWith('application/json');
  const parsed = v.safeParse(schema, isJson ? await c.req.json().catch(() => undefined) : undefined);
  if (parsed.success) return parsed.output;
  const where = v.getDotPath(parsed.issues[0]);
  throw new HTTPException(400, {
    message: `The JSON body is not as expected${where ? ` at ${where}` : ''}: ${parsed.issues[0].message}`,
  });
}

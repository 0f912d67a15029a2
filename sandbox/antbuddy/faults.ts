import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Context, MiddlewareHandler } from 'hono';
import * as v from 'valibot';
import type { Clock } from './clock.ts';

const endpoints = ['histories', 'play_recording', 'click-to-call', 'auth_token', 'media'] as const;
export type Endpoint = (typeof endpoints)[number];

const Milliseconds = v.pipe(v.number(), v.minValue(0), v.maxValue(3_600_000));
const Moment = v.optional(v.picklist(['before', 'after']), 'before');
const where = {
  endpoint: v.picklist([...endpoints, 'all']),
  /** How many requests are affected; if absent, all until cleared. */
  times: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
};

/** `when: 'after'`: the request is carried out (the device rings) and only the answer is lost. */
export const FaultSchema = v.variant('kind', [
  v.strictObject({ ...where, kind: v.literal('latency'), ms: Milliseconds }),
  v.strictObject({ ...where, kind: v.literal('status'), status: v.picklist([400, 429, 500, 502, 503]) }),
  v.strictObject({
    ...where,
    kind: v.literal('answer'),
    status: v.optional(v.pipe(v.number(), v.integer(), v.minValue(200), v.maxValue(599)), 200),
    headers: v.optional(v.record(v.string(), v.string()), {}),
    body: v.optional(v.string(), ''),
  }),
  v.strictObject({ ...where, kind: v.literal('malformed') }),
  v.strictObject({ ...where, kind: v.literal('truncated') }),
  v.strictObject({ ...where, kind: v.literal('endless') }),
  v.strictObject({ ...where, kind: v.literal('reset'), when: Moment }),
  v.strictObject({ ...where, kind: v.literal('hang'), when: Moment }),
]);
type Fault = v.InferOutput<typeof FaultSchema>;
export type FaultInput = v.InferInput<typeof FaultSchema>;

export interface Faults {
  /** Queues the fault after earlier ones for the same endpoint; returns its undo. */
  add(fault: FaultInput): () => void;
  /** The fault for the next request of this endpoint; decrements its count. */
  take(endpoint: Endpoint): Fault | undefined;
  clear(): void;
}

export function createFaults(): Faults {
  let queue: { fault: Fault; left: number }[] = [];
  return {
    add(input) {
      const fault = v.parse(FaultSchema, input);
      const entry = { fault, left: fault.times ?? Number.POSITIVE_INFINITY };
      queue.push(entry);
      return () => {
        queue = queue.filter((other) => other !== entry);
      };
    },
    take(endpoint) {
      const entry = queue.find(({ fault }) => fault.endpoint === endpoint || fault.endpoint === 'all');
      if (!entry) return undefined;
      entry.left--;
      if (entry.left <= 0) queue = queue.filter((other) => other !== entry);
      return entry.fault;
    },
    clear() {
      queue = [];
    },
  };
}

type FaultMiddleware = MiddlewareHandler<{ Bindings: HttpBindings }>;

/** @param endpointOf the endpoint of a path; undefined lets the request through */
export function injectFaults(faults: Faults, clock: Clock, endpointOf: (path: string) => Endpoint | undefined): FaultMiddleware {
  return async (c, next) => {
    const endpoint = endpointOf(c.req.path);
    const fault = endpoint && faults.take(endpoint);
    if (!fault) return next();
    const { incoming, outgoing } = c.env;
    switch (fault.kind) {
      case 'latency':
        await new Promise<void>((resolve) => void clock.after(fault.ms, resolve));
        return next();
      case 'status':
        return c.json({ success: false, message: fault.status === 503 ? 'TOO_MANY_REQUESTS' : 'INTERNAL_ERROR' }, fault.status);
      case 'answer':
        return new Response(fault.body === '' ? null : fault.body, { status: fault.status, headers: fault.headers });
      case 'malformed': {
        await next();
        const text = await c.res.text();
        const cut = text.slice(0, Math.ceil(text.length / 2)) || '{';
        c.res = new Response(cut, { status: c.res.status, headers: { 'content-type': 'application/json' } });
        return;
      }
      case 'truncated': {
        await next();
        const bytes = Buffer.from(await c.res.arrayBuffer());
        outgoing.writeHead(c.res.status, { ...Object.fromEntries(c.res.headers), 'content-length': String(bytes.length + 1) });
        outgoing.write(bytes.subarray(0, Math.ceil(bytes.length / 2)), () => incoming.socket.destroy());
        giveUpAnswer(c);
        return;
      }
      case 'endless':
        return new Response(endlessBody(), { headers: { 'content-type': 'application/json' } });
      case 'reset':
        if (fault.when === 'after') await next();
        incoming.socket.resetAndDestroy();
        giveUpAnswer(c);
        return;
      case 'hang':
        if (fault.when === 'after') await next();
        await new Promise<void>((resolve) => {
          if (incoming.socket.destroyed) resolve();
          else incoming.socket.once('close', () => resolve());
        });
        giveUpAnswer(c);
    }
  };
}

/** Tells the server that the socket has been handled. Without the first line Hono would copy the headers of the old response. */
function giveUpAnswer(c: Context): void {
  c.res = undefined;
  c.res = RESPONSE_ALREADY_SENT;
}

function endlessBody(): ReadableStream<Uint8Array> {
  const piece = new TextEncoder().encode(`${'[{"a":'.repeat(1000)}\n`);
  return new ReadableStream({ pull: (controller) => controller.enqueue(piece) });
}

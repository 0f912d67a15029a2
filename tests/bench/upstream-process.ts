/**
 * The servers that the relay's bench needs besides relays, each in its own process: `antbuddy` (the stand-in), `route` (the
 * relay's POST /v1/calls with its checks, without a store) or `proxy` (a bare reverse proxy). The first argument selects one; the
 * process sends its address as a message.
 */
import { Agent, createServer, request } from 'node:http';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { createAntBuddyClient } from '../../relay/antbuddy/antbuddy-client.ts';
import { CallRequestSchema, IdempotencyKeySchema } from '../../relay/contract.ts';
import { listen } from '../../relay/http/listen.ts';
import { parseBody, parseValue } from '../../relay/http/parse.ts';
import { verifyProof } from '../../relay/http/proof.ts';
import type { RelayEnv } from '../../relay/http/relay-env.ts';
import { createReplayGuard } from '../../relay/http/replay-guard.ts';
import { type DialPlan, digitsToDial } from '../../relay/policy/dial-plan.ts';
import { startAntBuddy } from '../../sandbox/antbuddy/start-antbuddy.ts';
import { quickCalls } from '../quick-calls.ts';

export interface UpstreamInput {
  devices: { sipUser: string; sipPassword: string; username: string; online: boolean }[];
  antbuddy: { url: string; appId: string; appSecret: string };
  publicUrl: string;
}

const [, , kind = '', text = '{}'] = process.argv;
const { devices, antbuddy, publicUrl } = JSON.parse(text) as UpstreamInput;
let countRequests = () => 0;
const starters: Record<string, () => Promise<object>> = {
  async antbuddy() {
    const { stop: _stop, control, ...addresses } = await startAntBuddy({ devices, ...quickCalls });
    countRequests = () => control.requests().length;
    return addresses;
  },
  route: startRoute,
  proxy: startProxy,
};
process.send?.(await starters[kind]?.());
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send?.({ memory: process.memoryUsage.rss() / 1e6, cpu: (user + system) / 1e6, requests: countRequests() });
});
process.once('disconnect', () => process.exit());

async function startRoute() {
  const client = createAntBuddyClient({
    antbuddy: { ...antbuddy, baseUrl: new URL(antbuddy.url), hashOrder: 'appId-first' },
  });
  const guard = createReplayGuard();
  const plan: DialPlan = { homeRegion: 'VN', homeFormat: 'national', internationalPrefix: '00', dialPrefix: '' };
  const [{ sipUser, sipPassword } = { sipUser: '', sipPassword: '' }] = devices;
  const app = new Hono<RelayEnv>().post('/v1/calls', async (c) => {
    const token = c.req.header('authorization')?.slice(5) ?? '';
    const proof = verifyProof(c.req.header('dpop'), { method: 'POST', url: `${publicUrl}/v1/calls`, token, now: Date.now() });
    if (!guard.isFirst(`${proof.thumbprint}.${proof.jti}`, Date.now())) return c.json({}, 401);
    const key = parseValue(IdempotencyKeySchema, c.req.header('idempotency-key'), 'idempotency_key_missing');
    const { number, clickedAt } = await parseBody(c, CallRequestSchema);
    const dial = { number: digitsToDial(plan, number) ?? '', sipUser, sipPassword, sendBy: clickedAt + 15_000 };
    const { state } = await client.clickToCall(dial);
    const now = Date.now();
    return c.json({ key, number, state, reason: null, createdAt: now, settledAt: now, sameAs: null }, 201);
  });
  return new Promise<object>((resolve) => {
    serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, ({ port }) => resolve({ url: `http://127.0.0.1:${port}` }));
  });
}

async function startProxy() {
  const agent = new Agent({ keepAlive: true });
  const server = createServer((incoming, answer) => {
    const { method, headers, url = '/' } = incoming;
    const outgoing = request(new URL(url, antbuddy.url), { method, headers, agent }, (response) => {
      answer.writeHead(response.statusCode ?? 502, response.headers);
      response.pipe(answer);
    });
    outgoing.on('error', () => answer.destroy());
    incoming.pipe(outgoing);
  });
  return { url: `http://127.0.0.1:${await listen(server, 0, '127.0.0.1')}` };
}

/**
 * A relay that is not built to be killed: it dials first and then remembers the outcome, in memory only. It exists so that
 * relay-kill.ts can prove that it detects such a relay. Settings: ANTBUDDY_URL, APP_ID, APP_SECRET, PORT.
 */
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { createAntBuddyClient } from '../../relay/antbuddy/antbuddy-client.ts';

const { ANTBUDDY_URL = '', APP_ID = '', APP_SECRET = '', PORT = '0' } = process.env;
const antbuddy = createAntBuddyClient({
  antbuddy: { appId: APP_ID, appSecret: APP_SECRET, baseUrl: new URL(ANTBUDDY_URL), hashOrder: 'appId-first' },
});
const answers = new Map<string, object>();

const app = new Hono().post('/v1/calls', async (c) => {
  const key = c.req.header('idempotency-key') ?? '';
  const known = answers.get(key);
  if (known) return c.json(known, 201);
  const { number } = await c.req.json<{ number: string }>();
  const [sipUser = '', sipPassword = ''] = (c.req.header('x-sip') ?? '').split(':');
  const outcome = await antbuddy.clickToCall({
    number: `0${number.slice(3)}`,
    sipUser,
    sipPassword,
    sendBy: Number.POSITIVE_INFINITY,
  });
  const answer = { key, number, state: outcome.state };
  answers.set(key, answer);
  return c.json(answer, 201);
});
serve({ fetch: app.fetch, hostname: '127.0.0.1', port: Number(PORT) });

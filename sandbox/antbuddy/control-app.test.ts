import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createManualClock } from './clock.ts';
import { signedClient } from './signed-client.ts';
import { type AntBuddy, startAntBuddy } from './start-antbuddy.ts';

const clock = createManualClock();
const credentials = { sipUser: 'huyen104', sipPassword: 'pw-104' };
let antbuddy: AntBuddy;

beforeAll(async () => {
  antbuddy = await startAntBuddy({ clock, seed: { calls: 0 } });
});
afterAll(() => antbuddy.stop());

async function control(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  const type: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
  const response = await fetch(`${antbuddy.url}/control/${path}`, {
    method,
    headers: { ...type, ...headers },
    body: body === undefined ? null : JSON.stringify(body),
  });
  return { status: response.status, body: await response.json().catch(() => null) };
}

describe('the control over HTTP', () => {
  it('plays a whole story', async () => {
    const client = signedClient(antbuddy);
    await control('PUT', 'devices/huyen104', { sipPassword: 'pw-104', username: 'huyen', online: false });
    expect((await client.dial('0912345678', credentials)).status).toBe(400);
    await control('PUT', 'devices/huyen104', { online: true });
    await control('POST', 'plans', { pattern: '0912*', outcome: 'BUSY' });
    await control('POST', 'faults', { endpoint: 'click-to-call', kind: 'reset', when: 'after', times: 1 });
    await expect(client.dial('0912345678', credentials)).rejects.toThrow();
    const dials = await control('GET', 'dials');
    expect(dials.body).toMatchObject({ dials: [{ sipUser: 'huyen104', number: '0912345678' }], counts: { '0912345678': 1 } });
    clock.advance(3000);
    expect((await control('GET', 'calls')).body).toEqual({ calls: [] });
    const incoming = await control('POST', 'calls', { number: '0988111222', sipUser: 'huyen104' });
    expect(incoming).toMatchObject({ status: 201, body: { state: 'ringing', direction: 'to_ab' } });
    expect((await control('POST', `calls/${incoming.body.id}/answer`)).body).toEqual({ done: true });
    expect((await control('DELETE', `calls/${incoming.body.id}`)).body).toEqual({ done: true });
    await control('PUT', 'rate-limit', { requests: 0, windowMs: 1000 });
    expect((await client.dial('0912345678', credentials)).status).toBe(503);
    await control('PUT', 'answers', { envelope: 'bare' });
    await control('POST', 'reset');
    expect((await control('GET', 'dials')).body).toEqual({ dials: [], counts: {} });
    expect((await control('GET', 'credentials')).body).toMatchObject({ appId: antbuddy.appId, devices: { length: 5 } });
  });

  it.each([
    ['a fault that does not exist', 'POST', 'faults', { endpoint: 'histories', kind: 'explode' }, 400],
    ['a fault elsewhere', 'POST', 'faults', { endpoint: 'nowhere', kind: 'reset' }, 400],
    ['an unknown field', 'PUT', 'devices/huyen104', { onlin: true }, 400],
    ['no body', 'POST', 'plans', undefined, 400],
    ['an incoming call to nobody', 'POST', 'calls', { number: '0988111222', sipUser: 'nobody' }, 409],
  ])('refuses %s', async (_name, method, path, body, status) => {
    const answer = await control(method, path, body);
    expect(answer).toEqual({ status, body: { message: expect.any(String) } });
  });

  it('refuses web pages', async () => {
    expect((await control('POST', 'reset', undefined, { origin: 'http://crm.example' })).status).toBe(403);
  });
});

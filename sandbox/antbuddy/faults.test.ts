import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createManualClock } from './clock.ts';
import type { FaultInput } from './faults.ts';
import { signedClient } from './signed-client.ts';
import { type AntBuddy, startAntBuddy } from './start-antbuddy.ts';

const clock = createManualClock();
const credentials = { sipUser: 'mailan101', sipPassword: 'sip-mailan-4Tq8' };
let antbuddy: AntBuddy;
let client: ReturnType<typeof signedClient>;
const dial = (number = '0912345678') => client.dial(number, credentials);

beforeAll(async () => {
  antbuddy = await startAntBuddy({ clock, seed: { calls: 5 } });
  client = signedClient(antbuddy);
});
beforeEach(() => antbuddy.control.reset());
afterAll(() => antbuddy.stop());

describe('a fault on click-to-call', () => {
  it.each([
    ['status 500', { kind: 'status', status: 500 }, 500, 0],
    ['status 503', { kind: 'status', status: 503 }, 503, 0],
    ['a redirect', { kind: 'answer', status: 302, headers: { location: 'http://127.0.0.1:1/' } }, 302, 0],
    ['a page of a proxy', { kind: 'answer', status: 200, headers: { 'content-type': 'text/html' }, body: '<html>' }, 200, 0],
    ['broken JSON', { kind: 'malformed' }, 200, 1],
  ] as const)('%s', async (_name, fault, status, dialled) => {
    antbuddy.control.fault({ endpoint: 'click-to-call', times: 1, ...fault } as FaultInput);
    const response = await fetch(`${antbuddy.url}/oapi/v1/call/click-to-call/0912345678`, {
      method: 'POST',
      headers: client.headers,
      body: JSON.stringify(credentials),
      redirect: 'manual',
    });
    expect([response.status, antbuddy.control.dials().length]).toEqual([status, dialled]);
    expect((await dial()).status).toBe(200);
  });

  it.each([
    ['reset before the work', { kind: 'reset' }, 0],
    ['reset after the work', { kind: 'reset', when: 'after' }, 1],
  ] as const)('%s', async (_name, fault, dialled) => {
    antbuddy.control.fault({ endpoint: 'click-to-call', times: 1, ...fault });
    await expect(dial()).rejects.toThrow();
    expect(antbuddy.control.dials()).toHaveLength(dialled);
    expect(antbuddy.control.requests()).toMatchObject([{ status: null }]);
  });

  it.each([
    ['before the work', 'before', 0],
    ['after the work', 'after', 1],
  ] as const)('hangs %s until the client gives up', async (_name, when, dialled) => {
    antbuddy.control.fault({ endpoint: 'click-to-call', kind: 'hang', when });
    const abort = new AbortController();
    const answer = fetch(`${antbuddy.url}/oapi/v1/call/click-to-call/0912345678`, {
      method: 'POST',
      headers: client.headers,
      body: JSON.stringify(credentials),
      signal: abort.signal,
    });
    await vi.waitFor(() => expect([antbuddy.control.requests().length, antbuddy.control.dials().length]).toEqual([1, dialled]));
    abort.abort();
    await expect(answer).rejects.toThrow();
  });

  it('waits as long as told', async () => {
    antbuddy.control.fault({ endpoint: 'click-to-call', kind: 'latency', ms: 9000, times: 1 });
    let answered = false;
    const answer = dial().then((response) => {
      answered = true;
      return response.status;
    });
    await vi.waitFor(() => expect(antbuddy.control.requests()).toHaveLength(1));
    clock.advance(8999);
    expect([answered, antbuddy.control.dials()]).toEqual([false, []]);
    clock.advance(1);
    expect(await answer).toBe(200);
  });
});

describe('faults', () => {
  it('hit their endpoint only, in order, as often as told, until cleared', async () => {
    antbuddy.control.fault({ endpoint: 'click-to-call', kind: 'status', status: 500, times: 2 });
    antbuddy.control.fault({ endpoint: 'all', kind: 'status', status: 503 });
    expect((await client.authToken(credentials)).status).toBe(503);
    expect([(await dial()).status, (await dial()).status, (await dial()).status]).toEqual([500, 500, 503]);
    antbuddy.control.clearFaults();
    expect((await dial()).status).toBe(200);
  });

  it('can be undone one by one', async () => {
    const undo = antbuddy.control.fault({ endpoint: 'all', kind: 'status', status: 500 });
    undo();
    expect((await dial()).status).toBe(200);
  });

  it('cut an answer short', async () => {
    antbuddy.control.fault({ endpoint: 'auth_token', kind: 'truncated' });
    const response = await client.authToken(credentials);
    await expect(response.text()).rejects.toThrow();
  });

  it('send without an end', async () => {
    antbuddy.control.fault({ endpoint: 'auth_token', kind: 'endless' });
    const reader = (await client.authToken(credentials)).body?.getReader();
    let size = 0;
    while (size < 1_000_000) size += (await reader?.read())?.value?.length ?? 0;
    await reader?.cancel();
    expect(size).toBeGreaterThanOrEqual(1_000_000);
  });

  it('hit recordings too', async () => {
    antbuddy.control.fault({ endpoint: 'media', kind: 'status', status: 500 });
    expect((await fetch(`${antbuddy.mediaUrl}/nkrecord/x.mp3`)).status).toBe(500);
  });
});

describe('the rate limit', () => {
  it('answers 503 beyond so many requests in a window, then lets through again', async () => {
    antbuddy.control.rateLimit({ requests: 2, windowMs: 1000 });
    const statuses = async () => [(await dial()).status, (await dial()).status, (await dial()).status];
    expect(await statuses()).toEqual([200, 200, 503]);
    expect(antbuddy.control.dials()).toHaveLength(2);
    clock.advance(1000);
    expect(await statuses()).toEqual([200, 200, 503]);
    antbuddy.control.rateLimit(null);
    expect(await statuses()).toEqual([200, 200, 200]);
    antbuddy.control.rateLimit({ requests: 0, windowMs: 1000 });
    antbuddy.control.reset();
    expect(await statuses()).toEqual([200, 200, 200]);
  });
});

import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createApp } from '../app.ts';
import { errorTable } from '../contract.ts';
import { operations } from '../docs/operations.ts';
import { createLogger } from '../logging.ts';
import { addDevice, type TestDevice } from '../testing/device.ts';
import { makeDeps, type TestDeps } from '../testing/make-deps.ts';
import { send } from '../testing/send.ts';
import { createMetrics, type Metrics } from './metrics.ts';

let deps: TestDeps;
let app: ReturnType<typeof createApp>;
let metrics: Metrics;
let admin: TestDevice;
let lines: Record<string, unknown>[];

beforeEach(async () => {
  lines = [];
  deps = await makeDeps();
  deps.log = createLogger('info', { write: (line) => lines.push(JSON.parse(line)) });
  metrics = createMetrics(deps);
  app = createApp(deps, metrics);
  admin = await addDevice(deps, { role: 'admin', steppedUp: true });
});
afterEach(() => deps.close());

describe('request ids', () => {
  it.each([
    ['200', async () => send(app, admin, 'GET', '/v1/me')],
    ['400', async () => send(app, admin, 'POST', '/v1/calls', { json: { number: 'x' } })],
    ['401', async () => app.request('/v1/me')],
    ['403', async () => app.request('/v1/me', { headers: { origin: 'https://evil.example' } })],
    ['404', async () => app.request('/nowhere')],
    ['405', async () => app.request('/v1/me', { method: 'OPTIONS' })],
    ['413', async () => app.request('/v1/calls', { method: 'POST', headers: { 'content-length': '99999999' } })],
    [
      '503',
      async () => {
        const headers = await admin.headers('GET', '/v1/me');
        await deps.store.schema.dropTable('devices').execute();
        return app.request('/v1/me', { headers });
      },
    ],
  ])('are in the answer and in every line of the log: %s', async (status, ask) => {
    const answer = await ask();
    const id = answer.headers.get('x-request-id');
    expect([String(answer.status), id]).toEqual([status, expect.stringMatching(/^[0-9a-f-]{36}$/)]);
    expect(lines.map((line) => line.msg)).toContain('request');
    if (status === '503') expect(lines.length).toBeGreaterThan(1);
    for (const line of lines) expect(line.requestId).toBe(id);
  });

  it('keep apart requests that run at once, also in what is logged deep inside', async () => {
    const logged = async (number: number) => {
      await setImmediate();
      deps.log.info({ number }, 'inside');
      return [];
    };
    app.get('/inside/:number', async (c) => c.json(await logged(Number(c.req.param('number')))));
    const answers = await Promise.all(Array.from({ length: 20 }, (_, number) => app.request(`/inside/${number}`)));
    for (const [number, answer] of answers.entries()) {
      const inside = lines.find((line) => line.msg === 'inside' && line.number === number);
      expect(inside?.requestId).toBe(answer.headers.get('x-request-id'));
    }
    expect(new Set(lines.map((line) => line.requestId)).size).toBe(20);
  });
});

describe('metric labels', () => {
  const routes = new Set(['none', ...operations.map(({ route }) => route.split(' ')[1])]);
  const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'other']);
  const statuses = new Set([
    '200',
    '201',
    '204',
    '206',
    '304',
    '416',
    ...Object.values(errorTable).map(([status]) => String(status)),
  ]);

  it('come from closed sets, whatever is asked', { timeout: 60_000 }, async () => {
    const verbs = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD', 'PURGE', 'X-CANARY'];
    for (let turn = 0; turn < 1_000; turn += 1) {
      const word = `canary${turn}`;
      const { route } = operations[turn % operations.length]!;
      const known = route.split(' ')[1]!.replace(/:\w+/g, word);
      const path = turn % 3 === 0 ? `/${word}` : turn % 3 === 1 ? `/${known.slice(1)}/${word}` : `${known}?${word}=${word}`;
      const method = verbs[turn % verbs.length]!;
      const headers = turn % 5 === 0 ? await admin.headers(method, path.split('?')[0]!) : {};
      const answer = await app.request(path, { method, headers: { ...headers, 'user-agent': word, referer: word } });
      await answer.body?.cancel();
    }
    const text = await metrics.registry.metrics();
    const series = [...text.matchAll(/^dialside_http_request_seconds_count\{(.*)\} /gm)].map(([, labels]) =>
      Object.fromEntries([...(labels ?? '').matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [name, value])),
    );
    expect(series.length).toBeGreaterThan(10);
    expect(
      series.filter(({ route, method, status }) => !(routes.has(route) && methods.has(method) && statuses.has(status))),
    ).toEqual([]);
    expect(text).not.toMatch(/canary/i);
    const names = new Set([...text.matchAll(/[{,](\w+)="/g)].map(([, name]) => name));
    const own = ['route', 'method', 'status', 'le', 'state'];
    const nodes = ['version', 'major', 'minor', 'patch', 'space', 'kind', 'type'];
    expect([...names].filter((name) => ![...own, ...nodes].includes(name ?? ''))).toEqual([]);
  });
});

it('the metrics tell whether the call signals are heard', async () => {
  const told = async () => /^dialside_signals_live (\d)$/m.exec(await metrics.registry.metrics())?.[1];
  expect(await told()).toBe('0');
  deps.hub.setLive(true);
  expect(await told()).toBe('1');
});

it('the metrics are there when the store is not, and say what cannot be known', async () => {
  await send(app, admin, 'GET', '/v1/me');
  await deps.store.schema.dropTable('state').execute();
  const text = await metrics.registry.metrics();
  expect(text).toMatch(/^dialside_http_request_seconds_count\{.*\} 1$/m);
  expect(text).toMatch(/^dialside_history_lag_seconds Nan$/m);
});

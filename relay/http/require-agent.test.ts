import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { expect, it, vi } from 'vitest';
import { seal } from '../agents/seal.ts';
import { sipPasswordPlace } from '../agents/sip-credentials.ts';
import { createApp } from '../app.ts';
import { createDeps } from '../deps.ts';
import { isShared } from '../store/is-shared.ts';
import { describeOnEngines } from '../testing/describe-on-engines.ts';
import { addDevice, addSipDevice } from '../testing/device.ts';
import { makeDeps } from '../testing/make-deps.ts';
import { send } from '../testing/send.ts';

it('a request that only reads is answered from a store that cannot be written, which is said once', async () => {
  const deps = await makeDeps();
  const app = createApp(deps);
  const device = await addDevice(deps, { sipUser: '1001' });
  const error = vi.spyOn(deps.log, 'error');
  const statuses = async () => {
    const read = await send(app, device, 'GET', '/v1/me');
    const write = await send(app, device, 'POST', '/v1/calls', { json: {} });
    return [read.status, write.status];
  };
  await sql`pragma query_only = 1`.execute(deps.store);
  expect([await statuses(), await statuses()]).toEqual([
    [200, 503],
    [200, 503],
  ]);
  const said = error.mock.calls.filter(([, sentence]) => sentence?.includes('last seen'));
  expect(said).toHaveLength(1);
  await sql`pragma query_only = 0`.execute(deps.store);
  expect(await statuses()).toEqual([200, 400]);
  await deps.close();
});

describeOnEngines('a request of a device', (make) => {
  it.each([
    { which: 'the first that the relay sees of its token', before: 0 },
    { which: 'one of many', before: 2 },
  ])('that changes something is taken once, by one relay of all on the store: $which', async ({ before }) => {
    const deps = await make();
    const [relay, other] = [createApp(deps), createApp(createDeps(deps))];
    const device = await addDevice(deps);
    const post = async (app: typeof relay, headers: Record<string, string>) => {
      const response = await app.request('/v1/calls', { method: 'POST', headers });
      return (await response.json()).error.code;
    };
    for (let turn = 0; turn < before; turn += 1) await post(relay, await device.headers('POST', '/v1/calls'));
    const headers = await device.headers('POST', '/v1/calls');
    // Authentication passed; only the idempotency key is missing now.
    expect(await post(relay, headers)).toBe('idempotency_key_missing');
    expect(await post(relay, headers)).toBe('proof_used');
    expect(await post(other, headers)).toBe(isShared(deps.store) ? 'proof_used' : 'idempotency_key_missing');
  });

  it('is refused beyond what one browser may write in a minute, and nothing is kept of it', async () => {
    const deps = await make({ config: { deviceWrites: 3 } });
    const app = createApp(deps);
    const [looping, calm] = [await addDevice(deps), await addDevice(deps)];
    const click = async (device: typeof calm) => {
      const json = { number: '+84912345678', clickedAt: deps.now(), surface: 'page' };
      const headers = { 'idempotency-key': randomUUID() };
      return (await (await send(app, device, 'POST', '/v1/calls', { json, headers })).json()).error.code;
    };
    const codes = [];
    for (let turn = 0; turn < 5; turn += 1) codes.push(await click(looping));
    expect(codes).toEqual([...Array(3).fill('agent_not_mapped'), ...Array(2).fill('too_many_attempts')]);
    expect(await deps.store.selectFrom('calls').select('key').execute()).toHaveLength(3);
    expect((await send(app, looping, 'GET', '/v1/me')).status).toBe(200);
    expect(await click(calm)).toBe('agent_not_mapped');
    deps.advance(60_000);
    expect(await click(looping)).toBe('agent_not_mapped');
  });

  it.each<
    [what: string, role: 'agent' | 'admin', steppedUp: boolean, method: string, path: string, most: number, status: number]
  >([
    ['reads', 'agent', false, 'GET', '/v1/history', 12, 200],
    ['an agent who asks for what is an admin’s', 'agent', false, 'POST', '/v1/admin/agents', 3, 403],
    ['an admin without a passphrase', 'admin', false, 'POST', '/v1/admin/agents', 3, 403],
    ['not an admin after the passphrase', 'admin', true, 'POST', '/v1/admin/agents', 20, 400],
    ['an admin who does what agents do', 'admin', true, 'POST', '/v1/calls', 3, 400],
  ])('in a loop is refused: %s', async (_, role, steppedUp, method, path, most, status) => {
    const deps = await make({ config: { deviceWrites: 3 } });
    const app = createApp(deps);
    const device = await addDevice(deps, { role, steppedUp });
    const statuses = [];
    for (let turn = 0; turn < 20; turn += 1) {
      const json = method === 'POST' ? {} : undefined;
      statuses.push((await send(app, device, method, path, { json })).status);
    }
    expect(statuses).toEqual([...Array(most).fill(status), ...Array(20 - most).fill(429)]);
  });

  it.each([
    ['of a known length', (body: string) => ({ 'content-length': String(body.length) })],
    ['in chunks', () => ({ 'transfer-encoding': 'chunked' })],
  ])('is answered by what the store says once its body is there: %s', async (_, saying) => {
    const deps = await make();
    const app = createApp(deps);
    const device = await addDevice(deps, { sipUser: '1001' });
    const sip_password = seal(deps.config.relayKey, sipPasswordPlace(device.agentId), 'password');
    await deps.store.updateTable('sip_devices').set({ sip_password }).execute();
    const text = JSON.stringify({ number: '+84912345678', clickedAt: deps.now(), surface: 'page' });
    const source: UnderlyingDefaultSource<Uint8Array> = {
      async pull(controller) {
        await deps.store.updateTable('devices').set({ revoked_at: deps.now() }).execute();
        controller.enqueue(new TextEncoder().encode(text));
        controller.close();
      },
    };
    // With highWaterMark 0 nothing is pulled before the relay reads.
    const body = new ReadableStream(source, { highWaterMark: 0 });
    const headers = {
      ...(await device.headers('POST', '/v1/calls')),
      ...saying(text),
      'content-type': 'application/json',
      'idempotency-key': randomUUID(),
    };
    const answer = await app.request('/v1/calls', { method: 'POST', headers, body, duplex: 'half' } as RequestInit);
    expect((await answer.json()).error?.code).toBe('device_revoked');
    expect(deps.antbuddy.dials).toEqual([]);
  });

  it('is answered by what the store says now, also when its token was good before', async () => {
    const deps = await make();
    const app = createApp(deps);
    const device = await addDevice(deps, { sipUser: '1001' });
    const call = async () => {
      const headers = {
        ...(await device.headers('POST', '/v1/calls')),
        'content-type': 'application/json',
        'idempotency-key': randomUUID(),
      };
      const body = JSON.stringify({ number: '+84912345678', clickedAt: deps.now(), surface: 'page' });
      const answer = await (await app.request('/v1/calls', { method: 'POST', headers, body })).json();
      deps.advance(6_000);
      return answer.error?.code ?? answer.sipUser;
    };
    const { store, config } = deps;
    expect(await call()).toBe('agent_not_mapped');
    const sip_password = seal(config.relayKey, sipPasswordPlace(device.agentId), 'password');
    await store.updateTable('sip_devices').set({ sip_password }).execute();
    expect(await call()).toBe('1001');
    const second = await addSipDevice(deps, device.agentId, { sipUser: '1002', sipPassword: null });
    const sealed = seal(config.relayKey, sipPasswordPlace(second), 'password');
    await store.updateTable('sip_devices').set({ sip_password: sealed }).where('id', '=', second).execute();
    expect(await call()).toBe('1001');
    await store.updateTable('sip_devices').set({ sip_password: null }).where('sip_user', '=', '1001').execute();
    expect(await call()).toBe('1002');
    await store.updateTable('devices').set({ revoked_at: deps.now() }).execute();
    expect(await call()).toBe('device_revoked');
  });
});

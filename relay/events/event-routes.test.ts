import { randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import * as v from 'valibot';
import { afterEach, expect, it, vi } from 'vitest';
import { type AntBuddy, startAntBuddy } from '../../sandbox/antbuddy/start-antbuddy.ts';
import { seal } from '../agents/seal.ts';
import { sipPasswordPlace } from '../agents/sip-credentials.ts';
import { createAntBuddyClient } from '../antbuddy/antbuddy-client.ts';
import { type LiveCall, LiveCallSchema, type LiveStatus } from '../contract.ts';
import { createDeps, type Deps } from '../deps.ts';
import { findAgentParties } from '../history/find-agent-parties.ts';
import type { RelayEnv } from '../http/relay-env.ts';
import { addPlaced } from '../testing/add-placed.ts';
import { addDevice, addSipDevice, type TestDevice } from '../testing/device.ts';
import { makeDeps } from '../testing/make-deps.ts';
import { eventRoutes } from './event-routes.ts';
import { startEndingStreams } from './open-streams.ts';
import { startLiveCalls, type Timer } from './start-live-calls.ts';

// Sockets, streams and the polling watcher take real time.
vi.setConfig({ testTimeout: 30_000 });

const undo: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

async function setUp(options: Parameters<typeof startAntBuddy>[0] = {}, accountId?: null, mapped = true, timer?: Timer) {
  const antbuddy = await startAntBuddy({ ringMs: 20, talkMs: 20, historyDelayMs: 1, ...options });
  const { appId, appSecret, url, signalUrl } = antbuddy;
  const made = await makeDeps({ now: Date.now() });
  const settings = {
    ...made.config.antbuddy,
    appId,
    appSecret,
    baseUrl: new URL(url),
    signalUrl: new URL(signalUrl),
    accountId: accountId === null ? null : antbuddy.accountId,
  };
  const client = createAntBuddyClient({ antbuddy: settings });
  const deps = createDeps({
    ...made,
    now: Date.now,
    config: { ...made.config, antbuddy: settings },
    antbuddy: { ...made.antbuddy, ...client },
  });
  const app = new Hono<RelayEnv>().route('/v1', eventRoutes(deps));
  const devices: TestDevice[] = [];
  const passwords: [deviceId: string, sealed: string][] = [];
  const byUser = Map.groupBy(antbuddy.control.credentials().devices, ({ username }) => username);
  // Some agents have a second device; this maps the first of each.
  for (const [{ sipUser, sipPassword, username } = { sipUser: '', sipPassword: '', username: '' }] of byUser.values()) {
    const device = await addDevice(deps, { sipUser, username });
    devices.push(device);
    passwords.push([device.agentId, seal(deps.config.relayKey, sipPasswordPlace(device.agentId), sipPassword)]);
  }
  const map = async () => {
    for (const [id, sip_password] of passwords)
      await deps.store.updateTable('sip_devices').set({ sip_password }).where('id', '=', id).execute();
  };
  if (mapped) await map();
  const stop = new AbortController();
  const running = [startLiveCalls(deps, stop.signal, { random: () => 0, timer }), startEndingStreams(deps, stop.signal)];
  const end = async () => {
    stop.abort();
    await Promise.all(running);
  };
  undo.push(
    async () => {
      await antbuddy.stop();
      expect(antbuddy.control.violations()).toEqual([]);
    },
    () => deps.store.destroy(),
    end,
  );
  return { antbuddy, deps, app, map, devices: devices as [TestDevice, TestDevice, TestDevice], end };
}

/** Reads an event stream; `next` resolves with the next event that matches. */
async function open(app: Pick<Hono<RelayEnv>, 'request'>, device: TestDevice, headers: Record<string, string> = {}) {
  const response = await app.request('/v1/events', { headers: { ...(await device.headers('GET', '/v1/events')), ...headers } });
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  undo.push(() => reader.cancel());
  let text = '';
  const seen: { id: string | undefined; event: string; data: unknown }[] = [];
  async function next(fits: (event: string, data: unknown) => boolean) {
    for (;;) {
      const cut = text.indexOf('\n\n');
      if (cut < 0) {
        const { done, value } = await reader.read();
        if (done) return null;
        text += value;
        continue;
      }
      const fields = Object.fromEntries(
        text
          .slice(0, cut)
          .split('\n')
          .map((line) => [line.split(':')[0], line.slice(line.indexOf(':') + 2)]),
      );
      text = text.slice(cut + 2);
      if (!fields.event) continue;
      const one = { id: fields.id, event: fields.event, data: JSON.parse(fields.data ?? 'null') as unknown };
      seen.push(one);
      if (fits(one.event, one.data)) return one;
    }
  }
  const status = (live: boolean) => next((event, data) => event === 'status' && (data as { live: boolean }).live === live);
  const call = async (state: LiveCall['state']) => {
    const one = await next((event, data) => event === 'call' && (data as LiveCall).state === state);
    return one && { id: one.id ?? '', call: v.parse(LiveCallSchema, one.data) };
  };
  return { status, call, seen, ended: () => next(() => false) };
}
const dial = ({ antbuddy, deps }: { antbuddy: AntBuddy; deps: Deps }, number: string, turn = 0) => {
  const { sipUser, sipPassword } = antbuddy.control.credentials().devices[turn]!;
  return deps.antbuddy.clickToCall({ number, sipUser, sipPassword, sendBy: Number.POSITIVE_INFINITY });
};

/** Waits a fraction of the time and records the delay that was asked for. */
function hurriedTimer() {
  const waits: number[] = [];
  const timer: Timer = (ms, work) => {
    waits.push(ms);
    const timeout = setTimeout(work, ms / 40);
    return () => clearTimeout(timeout);
  };
  return { waits, timer };
}

const manners = (['leg', 'company'] as const).flatMap((callDirection) =>
  (['username', 'opaque'] as const).map((ownerId) => ({ callDirection, ownerId })),
);

it.each(manners)('tells an agent of its own calls from ringing to end, and no one else: %j', async (manner) => {
  const world = await setUp(manner);
  const [mine, other] = [await open(world.app, world.devices[0]), await open(world.app, world.devices[1])];
  await mine.status(true);
  await dial(world, '0912345678');
  const ringing = await mine.call('ringing');
  expect(ringing?.call).toMatchObject({ direction: 'outbound', peer: { number: '+84912345678' } });
  expect((await mine.call('answered'))?.call.callId).toBe(ringing?.call.callId);
  expect((await mine.call('ended'))?.call).toMatchObject({ callId: ringing?.call.callId, cause: 'NORMAL_CLEARING' });
  await dial(world, '0987654321', 1);
  expect((await other.call('ringing'))?.call.peer.number).toBe('+84987654321');
  expect(other.seen.filter(({ event }) => event === 'call')).toHaveLength(1);
});

it.each(manners.flatMap((manner) => (['interaction', 'other-leg'] as const).map((legs) => ({ ...manner, legs }))))(
  'tells of a call whose legs are signalled as of one: %j',
  async (manner) => {
    const world = await setUp(manner);
    const mine = await open(world.app, world.devices[0]);
    await mine.status(true);
    await dial(world, '0912345678');
    const ended = await mine.call('ended');
    // A duplicate of the end would arrive before the next call.
    await dial(world, '0987654321');
    await mine.call('ringing');
    const calls = mine.seen.flatMap(({ event, data }) => (event === 'call' ? [data as LiveCall] : []));
    expect(calls.slice(0, -1).map(({ callId, state, direction }) => [callId, state, direction])).toEqual(
      ['ringing', 'answered', 'ended'].map((state) => [ended?.call.callId, state, 'outbound']),
    );
  },
);

it.each(manners.flatMap((manner) => (['interaction', 'other-leg'] as const).map((legs) => ({ ...manner, legs }))))(
  'tells of a click that rings the device first: %j',
  async (manner) => {
    const world = await setUp({ ...manner, plans: { '*': { liftMs: 20 }, '0987654321': { liftMs: 20, outcome: 'IVR' } } });
    const mine = await open(world.app, world.devices[0]);
    await mine.status(true);
    const click = async (number: string) => {
      const placed = { number: `+84${number.slice(1)}`, sip_user: world.antbuddy.control.credentials().devices[0]!.sipUser };
      await addPlaced(world.deps, world.devices[0], randomUUID(), { ...placed, created_at: Date.now() });
      await dial(world, number);
      return (await mine.call('ended'))?.call;
    };
    const calls = () =>
      mine.seen.flatMap(({ id, event, data }) => (event === 'call' ? [{ id: id ?? '', ...(data as LiveCall) }] : []));
    const talked = await click('0912345678');
    expect(calls().map(({ callId, state, rings }) => [callId, state, rings])).toEqual([
      [talked?.callId, 'ringing', 'own'],
      [talked?.callId, 'answered', undefined],
      [talked?.callId, 'ringing', 'other'],
      [talked?.callId, 'answered', undefined],
      [talked?.callId, 'ended', undefined],
    ]);
    expect(calls()[0]).toMatchObject({ direction: 'outbound', peer: { number: '+84912345678' } });
    for (const [turn, { id }] of calls().slice(0, -1).entries()) {
      const again = await open(world.app, world.devices[0], { 'last-event-id': id });
      await again.call('ended');
      expect(again.seen.flatMap((one) => (one.event === 'call' ? [one.id] : []))).toEqual(
        calls()
          .slice(turn + 1)
          .map((one) => one.id),
      );
    }
    expect(await click('0987654321')).toMatchObject({ talkSeconds: 0, cause: 'NO_ANSWER' });
    expect(
      calls()
        .slice(5)
        .map(({ state, rings }) => rings ?? state),
    ).toEqual(['own', 'answered', 'other', 'ended']);
  },
);

it.each(manners)('tells of incoming calls: %j', async (manner) => {
  const world = await setUp(manner);
  const mine = await open(world.app, world.devices[2]);
  await mine.status(true);
  world.antbuddy.control.incoming({ number: '0912345678', sipUser: world.antbuddy.control.credentials().devices[2]!.sipUser });
  expect((await mine.call('ringing'))?.call).toMatchObject({ direction: 'inbound', peer: { number: '+84912345678' } });
});

it('resumes after the last event that was seen', async () => {
  const world = await setUp();
  const first = await open(world.app, world.devices[0]);
  await first.status(true);
  await dial(world, '0912345678');
  const ringing = await first.call('ringing');
  await first.call('ended');
  const again = await open(world.app, world.devices[0], { 'last-event-id': ringing?.id ?? '' });
  await again.call('ended');
  expect(again.seen.filter(({ event }) => event === 'call').map(({ data }) => (data as LiveCall).state)).toEqual([
    'answered',
    'ended',
  ]);
});

it('tells whoever comes in mid-call of that call, and of none whose end it may have missed', async () => {
  const world = await setUp({ ringMs: 20, talkMs: 60_000 });
  const first = await open(world.app, world.devices[0]);
  await first.status(true);
  await dial(world, '0912345678');
  const answered = await first.call('answered');
  const again = await open(world.app, world.devices[0]);
  const status = await again.status(true);
  const states = again.seen.flatMap(({ event, data }) => (event === 'call' ? [(data as LiveCall).state] : []));
  expect([states, status?.data]).toEqual([['ringing', 'answered'], { live: true, going: [answered?.call.callId] }]);

  world.antbuddy.control.dropSignals();
  await again.status(false);
  expect((await again.status(true))?.data).toEqual({ live: true, going: [] });
  const late = await open(world.app, world.devices[0]);
  await late.status(true);
  expect(late.seen.filter(({ event }) => event === 'call')).toEqual([]);
});

it('tells whoever has the device now of no call that began when somebody else had it', async () => {
  const world = await setUp({ ringMs: 20, talkMs: 60_000 });
  const { agentId } = world.devices[0];
  const before = await open(world.app, world.devices[0]);
  await before.status(true);
  await dial(world, '0912345678');
  await before.call('answered');
  const { parties } = await findAgentParties(world.deps, agentId);
  const held = { taken_at: Date.now(), released_at: null, calls_since: Date.now() + 1 };
  await world.deps.store
    .insertInto('name_holders')
    .values(parties.map((name) => ({ agent_id: agentId, name, ...held })))
    .execute();
  const after = await open(world.app, world.devices[0]);
  expect((await after.status(true))?.data).toEqual({ live: true, going: [] });
  expect(after.seen.filter(({ event }) => event === 'call')).toEqual([]);
});

it('comes back after the signals were lost, and says so', async () => {
  const world = await setUp();
  const mine = await open(world.app, world.devices[0]);
  await mine.status(true);
  world.antbuddy.control.dropSignals();
  await mine.status(false);
  await mine.status(true);
  await dial(world, '0912345678');
  expect((await mine.call('ringing'))?.call.state).toBe('ringing');
});

it.each(['close', 'tell', 'silent'] as const)('subscribes with a new token when the old one is refused: %s', async (refusals) => {
  const world = await setUp({ refusals });
  const mine = await open(world.app, world.devices[0]);
  await mine.status(true);
  world.antbuddy.control.revokeTokens();
  await mine.status(false);
  await mine.status(true);
  await dial(world, '0912345678');
  expect(await mine.call('ringing')).not.toBeNull();
});

it('asks the vendor for nothing until an agent has a device, and hears its calls soon after', async () => {
  const { waits, timer } = hurriedTimer();
  const world = await setUp({}, undefined, false, timer);
  const mine = await open(world.app, world.devices[0]);
  await mine.status(false);
  await vi.waitFor(() => expect(waits.length).toBeGreaterThan(5), 10_000);
  expect(Math.max(...waits)).toBe(2_000);
  expect(world.antbuddy.control.requests()).toEqual([]);
  await world.map();
  await mine.status(true);
  await dial(world, '0912345678');
  expect(await mine.call('ringing')).not.toBeNull();
});

it.each(['close', 'tell', 'silent'] as const)('subscribes again before its token ends: %s', async (refusals) => {
  const { waits, timer } = hurriedTimer();
  const world = await setUp({ tokenTtlMs: 6_000, refusals }, undefined, true, timer);
  const mine = await open(world.app, world.devices[0]);
  await mine.status(true);
  const asked = () => world.antbuddy.control.requests().filter(({ path }) => path.endsWith('/auth_token')).length;
  await vi.waitFor(() => expect(asked()).toBeGreaterThan(1), 10_000);
  // The first wait is for a refusal of the subscription.
  expect(waits[1]).toBeLessThan(4_000);
  await dial(world, '0912345678');
  expect(await mine.call('ringing')).not.toBeNull();
  const said = mine.seen.flatMap(({ event, data }) => (event === 'status' ? [(data as LiveStatus).live] : []));
  expect(said).toEqual([false, true]);
});

it.each([
  ['the device is revoked', 'revoked_at'],
  ['the agent is shut out', 'active'],
  ['the agent is mapped to another device', 'sip_user'],
  ['the agent gets a second device', 'second'],
])('ends the stream within a second when %s', async (_name, column) => {
  const { app, deps, devices } = await setUp();
  const mine = await open(app, devices[0]);
  const { agentId, deviceId } = devices[0];
  const began = Date.now();
  if (column === 'revoked_at')
    await deps.store.updateTable('devices').set({ revoked_at: 1 }).where('id', '=', deviceId).execute();
  else if (column === 'active') await deps.store.updateTable('agents').set({ active: 0 }).where('id', '=', agentId).execute();
  else if (column === 'sip_user')
    await deps.store.updateTable('sip_devices').set({ sip_user: 'x' }).where('agent_id', '=', agentId).execute();
  else await addSipDevice(deps, agentId, { sipUser: 'second' });
  expect(await mine.ended()).toBeNull();
  expect(Date.now() - began).toBeLessThan(1_000);
});

it('lets go of a client that missed more than may wait, without an error', async () => {
  const { app, deps, devices } = await setUp({}, null);
  await addSipDevice(deps, devices[0].agentId, { sipUser: 'second' });
  const { parties } = await findAgentParties(deps, devices[0].agentId);
  const at = Date.now();
  const peer = { number: '+84912345678', name: null };
  const rest = { state: 'ringing', direction: 'inbound', peer, at, talkSeconds: null, cause: null } as const;
  for (const party of parties)
    for (let turn = 0; turn < 300; turn += 1) deps.hub.publish(new Map([[party, { ...rest, callId: `${party}-${turn}` }]]));
  const mine = await open(app, devices[0], { 'last-event-id': `${at}-0000000000000000` });
  expect(await mine.ended()).toBeNull();
  expect(mine.seen.filter(({ event }) => event === 'call').length).toBeGreaterThan(400);
});

it('ends all streams when the relay stops', async () => {
  const { app, devices, end } = await setUp();
  const mine = await open(app, devices[0]);
  await mine.status(true);
  await end();
  expect(await mine.ended()).toBeNull();
});

it('tells an agent that has no device yet what is live, and ends its stream when the relay stops', async () => {
  const { app, deps, antbuddy, end } = await setUp();
  const mine = await open(app, await addDevice(deps));
  await mine.status(true);
  antbuddy.control.dropSignals();
  await mine.status(false);
  await end();
  expect(await mine.ended()).toBeNull();
});

it('says that nothing is live without an account id', async () => {
  const { app, devices, antbuddy } = await setUp({}, null);
  const mine = await open(app, devices[0]);
  expect((await mine.status(false))?.data).toEqual({ live: false, never: true });
  expect(antbuddy.control.subscriptions()).toBe(0);
});

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createDeps } from '../deps.ts';
import { tellCallNews } from '../history/call-news.ts';
import { RelayError } from '../http/relay-error.ts';
import { addDevice, addSipDevice } from '../testing/device.ts';
import { makeDeps, testConfig } from '../testing/make-deps.ts';
import { startLiveCalls, type Timer } from './start-live-calls.ts';

const undo: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

/** A signal server that accepts every subscription and counts them. */
async function startSignals() {
  const http = createServer();
  const server = new Server(http);
  let subscribed = 0;
  server.on('connection', (socket) =>
    socket.on('subscribe', () => {
      subscribed += 1;
    }),
  );
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  undo.push(() => server.close());
  return { url: new URL(`http://127.0.0.1:${(http.address() as AddressInfo).port}`), subscribed: () => subscribed, server };
}

/** Short waits fire by themselves; long ones are fired by the test, by their length. */
function patientTimer() {
  const waiting = new Map<number, () => void>();
  const timer: Timer = (ms, work) => {
    const timeout = ms > 2_000 ? undefined : setTimeout(work, ms);
    const forget = () => waiting.delete(ms);
    if (!timeout) waiting.set(ms, () => forget() && work());
    return () => {
      clearTimeout(timeout);
      forget();
    };
  };
  return { waiting, timer };
}

it('does not subscribe again and again with a token that lasts for months', async () => {
  const { url, subscribed } = await startSignals();
  const config = { antbuddy: { ...testConfig.antbuddy, accountId: 'account', signalUrl: url } };
  const months = { value: 'token', expiresAt: Date.now() + 60 * 86_400_000 };
  const made = await makeDeps({ config, antbuddy: { voiceToken: async () => months } });
  undo.push(made.close);
  const deps = createDeps({ ...made, now: Date.now });
  const { agentId } = await addDevice(deps);
  await addSipDevice(deps, agentId, { sipUser: '1001' });
  const stop = new AbortController();
  const { timer, waiting } = patientTimer();
  const running = startLiveCalls(deps, stop.signal, { timer });
  undo.push(async () => {
    stop.abort();
    await running;
  });
  await vi.waitFor(() => expect([...waiting.keys()]).toEqual([86_400_000]), 5_000);
  expect(subscribed()).toBe(3);
});

/** Live on one subscription, by a clock that the test moves on. */
async function setUp() {
  const { url, server, subscribed } = await startSignals();
  const config = { antbuddy: { ...testConfig.antbuddy, accountId: 'account', signalUrl: url } };
  const voiceToken = vi.fn(async () => ({ value: 'token', expiresAt: Date.now() + 600_000 }));
  const made = await makeDeps({ config, antbuddy: { voiceToken } });
  undo.push(made.close);
  let passed = 0;
  const deps = createDeps({ ...made, now: () => Date.now() + passed });
  const { agentId } = await addDevice(deps);
  await addSipDevice(deps, agentId, { sipUser: '1001' });
  const warn = vi.spyOn(deps.log, 'warn');
  const said: boolean[] = [];
  const { hub } = deps;
  hub.listen([], { onEvent() {}, onStatus: () => said.push(hub.statusFor([]).live), onEnd() {} });
  const { timer, waiting } = patientTimer();
  const stop = new AbortController();
  const running = startLiveCalls(deps, stop.signal, { random: () => 0, timer });
  undo.push(async () => {
    stop.abort();
    await running;
  });
  await vi.waitFor(() => expect(said).toEqual([true]), 5_000);
  const advance = (ms: number) => {
    passed += ms;
  };
  const pass = () => {
    advance(30_000);
    waiting.get(30_000)?.();
  };
  const signal = () => server.emit('CHANNEL_CREATE', { 'Call-ID': 'a', From: '0912345678', To: '1001' });
  return { deps, said, warn, advance, pass, signal, server, waiting, subscribed, voiceToken };
}

describe('a call that is accepted', () => {
  it('and not signalled ends what is live at the second in a row, until a signal comes', async () => {
    const { deps, said, warn, pass, signal, subscribed, voiceToken, waiting } = await setUp();
    tellCallNews(deps);
    pass();
    // A device that is off rings for nobody.
    expect([said, warn.mock.calls]).toEqual([[true], []]);
    tellCallNews(deps);
    pass();
    expect(said).toEqual([true, false]);
    expect(warn.mock.calls).toEqual([[{ reason: 'no signal of calls that were accepted', waitMs: 500 }, expect.any(String)]]);
    await vi.waitFor(() => expect(subscribed()).toBe(6), 5_000);
    expect(voiceToken).toHaveBeenCalledTimes(2);
    // The subscription counts as accepted by now.
    await vi.waitFor(() => expect(Math.max(...waiting.keys())).toBeGreaterThan(500_000), 5_000);
    expect(said).toEqual([true, false]);
    signal();
    await vi.waitFor(() => expect(said).toEqual([true, false, true]));
  });

  it('and signalled leaves it live', async () => {
    const { deps, said, pass, signal, waiting } = await setUp();
    const heard: string[] = [];
    deps.hub.listen(['number:1001'], { onEvent: ({ call }) => heard.push(call.state), onStatus() {}, onEnd() {} });
    tellCallNews(deps);
    tellCallNews(deps);
    signal();
    await vi.waitFor(() => expect(heard).toEqual(['ringing']));
    pass();
    expect([said, waiting.has(30_000)]).toEqual([[true], false]);
  });

  it('and not signalled, but followed by signals, leaves it live', async () => {
    const { deps, said, pass, signal } = await setUp();
    const heard: string[] = [];
    deps.hub.listen(['number:1001'], { onEvent: ({ call }) => heard.push(call.state), onStatus() {}, onEnd() {} });
    tellCallNews(deps);
    pass();
    signal();
    await vi.waitFor(() => expect(heard).toEqual(['ringing']));
    pass();
    tellCallNews(deps);
    pass();
    expect(said).toEqual([true]);
  });

  it('elsewhere, as another relay tells that heard a call end, leaves it live', async () => {
    const { deps, said, pass, signal } = await setUp();
    const heard: string[] = [];
    deps.hub.listen(['number:1001'], { onEvent: ({ call }) => heard.push(call.state), onStatus() {}, onEnd() {} });
    signal();
    await vi.waitFor(() => expect(heard).toEqual(['ringing']));
    tellCallNews(deps);
    pass();
    expect(said).toEqual([true]);
  });
});

it('is soon live again, with the same token, each time an idle connection ends; when two end soon, with a new one', async () => {
  const { said, warn, advance, server, subscribed, voiceToken } = await setUp();
  const expected = [true];
  for (let turn = 0; turn < 4; turn += 1) {
    await vi.waitFor(() => expect(said).toEqual(expected), 5_000);
    advance(15_000);
    server.disconnectSockets();
    expected.push(false, true);
  }
  await vi.waitFor(() => expect(said).toEqual(expected), 5_000);
  expect([subscribed(), voiceToken.mock.calls.length]).toEqual([15, 1]);
  expect(warn.mock.calls.map(([about]) => (about as { waitMs?: number }).waitMs)).toEqual([500, 500, 500, 500]);
  server.on('connection', (socket) => socket.on('subscribe', () => socket.disconnect()));
  server.disconnectSockets();
  await vi.waitFor(() => expect(voiceToken).toHaveBeenCalledTimes(2), 10_000);
}, 20_000);

it.each([
  ['stays live while a token cannot be renewed for a moment', 1, [true]],
  ['is live to the end of a token that cannot be renewed', Number.POSITIVE_INFINITY, [true, false]],
])('%s', { timeout: 20_000 }, async (_what, failing, said) => {
  const { url, server, subscribed } = await startSignals();
  let connections = 0;
  server.on('connection', () => {
    connections += 1;
  });
  const config = { antbuddy: { ...testConfig.antbuddy, accountId: 'account', signalUrl: url } };
  const first = { value: 'first', expiresAt: Date.now() + 4_000 };
  let asked = 0;
  const voiceToken = async () => {
    asked += 1;
    if (asked === 1) return first;
    if (asked <= 1 + failing) throw new RelayError('upstream_busy');
    return { value: 'next', expiresAt: Date.now() + 600_000 };
  };
  const made = await makeDeps({ config, antbuddy: { voiceToken } });
  undo.push(made.close);
  const deps = createDeps({ ...made, now: Date.now });
  const { agentId } = await addDevice(deps);
  await addSipDevice(deps, agentId, { sipUser: '1001' });
  const { hub } = deps;
  const heard: { live: boolean; at: number }[] = [];
  const onStatus = () => heard.push({ live: hub.statusFor([]).live, at: Date.now() });
  hub.listen([], { onEvent() {}, onStatus, onEnd() {} });
  const stop = new AbortController();
  const running = startLiveCalls(deps, stop.signal, { random: () => 0 });
  undo.push(async () => {
    stop.abort();
    await running;
  });
  await vi.waitFor(() => {
    expect(heard.map(({ live }) => live)).toEqual(said);
    expect(subscribed()).toBe(failing === 1 ? 6 : 3);
  }, 10_000);
  expect(connections).toBe(1);
  expect(asked).toBeGreaterThan(2);
  for (const { live, at } of heard) expect(live || at >= first.expiresAt).toBe(true);
});

it('is not live where its subscription is refused and the connection kept, and says why', async () => {
  const { url, server, subscribed } = await startSignals();
  server.on('connection', (socket) => socket.on('subscribe', () => socket.emit('auth_failure', { message: 'canary-token' })));
  const config = { antbuddy: { ...testConfig.antbuddy, accountId: 'account', signalUrl: url } };
  const made = await makeDeps({ config });
  undo.push(made.close);
  const deps = createDeps({ ...made, now: Date.now });
  const { agentId } = await addDevice(deps);
  await addSipDevice(deps, agentId, { sipUser: '1001' });
  const warn = vi.spyOn(deps.log, 'warn');
  const said: (boolean | undefined)[] = [];
  const { hub } = deps;
  hub.listen([], { onEvent() {}, onStatus: () => said.push(hub.statusFor([]).live), onEnd() {} });
  const stop = new AbortController();
  const running = startLiveCalls(deps, stop.signal, { random: () => 0 });
  undo.push(async () => {
    stop.abort();
    await running;
  });
  // Two warnings: the second follows a longer pause.
  await vi.waitFor(() => expect(warn).toHaveBeenCalledTimes(2), 5_000);
  expect(subscribed()).toBe(6);
  expect(said).toEqual([]);
  expect(warn.mock.calls).toEqual(
    [500, 1_000].map((waitMs) => [{ reason: 'refused: auth_failure', waitMs }, expect.any(String)]),
  );
});

it('tells the log of signals that it cannot read, once a connection, by their name alone', async () => {
  const { url, server, subscribed } = await startSignals();
  const config = { antbuddy: { ...testConfig.antbuddy, accountId: 'account', signalUrl: url } };
  const made = await makeDeps({ config });
  undo.push(made.close);
  const deps = createDeps({ ...made, now: Date.now });
  const { agentId } = await addDevice(deps);
  await addSipDevice(deps, agentId, { sipUser: '1001' });
  const warn = vi.spyOn(deps.log, 'warn');
  const stop = new AbortController();
  const running = startLiveCalls(deps, stop.signal, { random: () => 0 });
  undo.push(async () => {
    stop.abort();
    await running;
  });
  await vi.waitFor(() => expect(subscribed()).toBe(3));
  for (let turn = 0; turn < 3; turn += 1) server.emit('CHANNEL_CREATE', { id: 'canary' });
  await vi.waitFor(() => expect(warn).toHaveBeenCalledTimes(1));
  server.disconnectSockets(true);
  await vi.waitFor(() => expect(subscribed()).toBe(6), 5_000);
  server.emit('CHANNEL_ANSWER', { id: 'canary' });
  await vi.waitFor(() => expect(warn).toHaveBeenCalledTimes(3));
  const unread = (event: string) => [{ event }, 'a call signal could not be read'];
  expect(warn.mock.calls.filter(([fields]) => 'event' in (fields as object))).toEqual(
    ['CHANNEL_CREATE', 'CHANNEL_ANSWER'].map(unread),
  );
});

it('passes calls on while the store does not answer, those of each call in their order', async () => {
  const { url, subscribed, server } = await startSignals();
  const config = { antbuddy: { ...testConfig.antbuddy, accountId: 'account', signalUrl: url } };
  const made = await makeDeps({
    config,
    antbuddy: { voiceToken: async () => ({ value: 'token', expiresAt: Date.now() + 600_000 }) },
  });
  undo.push(made.close);
  const answers = Promise.withResolvers<void>();
  let hangs = false;
  const store = made.store.withPlugin({
    transformQuery: ({ node }) => node,
    transformResult: async ({ result }) => {
      if (hangs) await answers.promise;
      return result;
    },
  });
  const deps = createDeps({ ...made, store, now: Date.now });
  const { agentId } = await addDevice(deps);
  await addSipDevice(deps, agentId, { sipUser: '1001' });
  const stop = new AbortController();
  const running = startLiveCalls(deps, stop.signal);
  undo.push(async () => {
    answers.resolve();
    stop.abort();
    await running;
  });
  await vi.waitFor(() => expect(subscribed()).toBe(3));
  hangs = true;
  const heard: string[] = [];
  deps.hub.listen(['number:1001', 'number:1002'], {
    onEvent: ({ call }) => heard.push(`${call.peer.number} ${call.state}`),
    onStatus() {},
    onEnd() {},
  });
  server.emit('CHANNEL_CREATE', { 'Call-ID': 'a', From: '0912345678', To: '1001' });
  server.emit('CHANNEL_ANSWER', { 'Call-ID': 'a', From: '0912345678', To: '1001' });
  server.emit('CHANNEL_CREATE', { 'Call-ID': 'b', 'Call-Direction': 'inbound', From: '0987654321', To: '1002' });
  await vi.waitFor(() => expect(heard).toEqual(['+84987654321 ringing', '+84912345678 ringing', '+84912345678 answered']), 5_000);
  // The legs of one call wait for the store together.
  const from = performance.now();
  const group = { From: '0912345679', 'Custom-Channel-Vars': { 'Call-Interaction-ID': 'group' } };
  for (let leg = 0; leg < 8; leg += 1) server.emit('CHANNEL_CREATE', { ...group, 'Call-ID': `leg${leg}`, To: `20${leg}` });
  server.emit('CHANNEL_CREATE', { ...group, 'Call-ID': 'own', To: '1001' });
  await vi.waitFor(() => expect(heard.at(-1)).toBe('+84912345679 ringing'), 10_000);
  expect(performance.now() - from).toBeLessThan(3_500);
});

import { io, type Socket } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createManualClock } from './clock.ts';
import { signedClient } from './signed-client.ts';
import { type AntBuddy, startAntBuddy } from './start-antbuddy.ts';

const clock = createManualClock();
const credentials = { sipUser: 'mailan101', sipPassword: 'sip-mailan-4Tq8' };
const bindings = ['call.CHANNEL_CREATE.*', 'call.CHANNEL_ANSWER.*', 'call.CHANNEL_DESTROY.*'];
const sockets: Socket[] = [];
let antbuddy: AntBuddy;
type Event = Record<string, unknown>;

beforeAll(async () => {
  antbuddy = await startAntBuddy({ clock, seed: { calls: 0 }, ringMs: 4000, talkMs: 20_000, tokenTtlMs: 600_000 });
});
beforeEach(() => antbuddy.control.reset());
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.disconnect();
});
afterAll(() => antbuddy.stop());

const token = async () => (await (await signedClient(antbuddy).authToken(credentials)).json()).value as string;

function connect() {
  const socket = io(antbuddy.signalUrl, { reconnection: false, forceNew: true });
  sockets.push(socket);
  const events: Event[] = [];
  const ended: string[] = [];
  socket.onAny((name: string, data: Event) => events.push({ name, ...data }));
  socket.on('disconnect', (reason) => ended.push(reason));
  return { socket, events, ended };
}

async function subscribed(wanted = bindings) {
  const client = connect();
  const auth_token = await token();
  for (const binding of wanted) client.socket.emit('subscribe', { account_id: antbuddy.accountId, auth_token, binding });
  await vi.waitFor(() => expect(antbuddy.control.subscriptions()).toBe(wanted.length));
  return client;
}

describe('call signals', () => {
  it('tell an outgoing call from ringing to its end', async () => {
    const { events } = await subscribed();
    const second = Math.floor(clock.now() / 1000) + 62_167_219_200;
    await signedClient(antbuddy).dial('0912345678', credentials);
    clock.advance(60_000);
    await vi.waitFor(() => expect(events).toHaveLength(3));
    const common = {
      'Call-ID': antbuddy.control.dials()[0]?.callId,
      'Call-Direction': 'inbound',
      'Caller-ID-Number': 'mailan101',
      From: 'mailan101@sandbox.antbuddy.test',
      To: '0912345678@sandbox.antbuddy.test',
      'Owner-ID': 'mailan',
    };
    expect(events).toMatchObject([
      { ...common, name: 'CHANNEL_CREATE', Timestamp: second },
      { ...common, name: 'CHANNEL_ANSWER', Timestamp: second + 4 },
      { ...common, name: 'CHANNEL_DESTROY', Timestamp: second + 24, 'Hangup-Cause': 'NORMAL_CLEARING', 'Billing-Seconds': '20' },
    ]);
  });

  it('tell a click that rings the device first leg by leg', async () => {
    const { events } = await subscribed();
    antbuddy.control.plan('0912345678', { liftMs: 3000 });
    await signedClient(antbuddy).dial('0912345678', credentials);
    clock.advance(60_000);
    await vi.waitFor(() => expect(events).toHaveLength(6));
    const second = Math.floor(antbuddy.control.dials()[0]!.at / 1000) + 62_167_219_200;
    const [device, number] = ['mailan101@sandbox.antbuddy.test', '0912345678@sandbox.antbuddy.test'];
    const told = events.map(({ name, From, Timestamp }) => [name, From, Number(Timestamp) - second]);
    expect(told).toEqual([
      ['CHANNEL_CREATE', number, 0],
      ['CHANNEL_ANSWER', number, 3],
      ['CHANNEL_CREATE', device, 3],
      ['CHANNEL_ANSWER', device, 7],
      ['CHANNEL_DESTROY', device, 27],
      ['CHANNEL_DESTROY', number, 27],
    ]);
    expect(events.slice(-2).map((event) => event['Billing-Seconds'])).toEqual(['20', '24']);
  });

  it('tell a missed incoming call', async () => {
    const { events } = await subscribed();
    antbuddy.control.incoming({ number: '0988111222', sipUser: 'quochuy102', outcome: 'IVR' });
    clock.advance(4000);
    await vi.waitFor(() => expect(events).toHaveLength(2));
    expect(events).toMatchObject([
      { name: 'CHANNEL_CREATE', 'Call-Direction': 'outbound', 'Caller-ID-Number': '0988111222', 'Owner-ID': 'quochuy' },
      { name: 'CHANNEL_DESTROY', 'Hangup-Cause': 'NO_ANSWER', 'Billing-Seconds': '0' },
    ]);
  });

  it('tell only what was subscribed to', async () => {
    const { events } = await subscribed(['call.CHANNEL_DESTROY.*']);
    antbuddy.control.incoming({ number: '0988111222', sipUser: 'mailan101' });
    clock.advance(60_000);
    await vi.waitFor(() => expect(events.map(({ name }) => name)).toEqual(['CHANNEL_DESTROY']));
  });

  it.each([
    ['another account', { account_id: 'other' }, 'failed_authentication'],
    ['another token', { auth_token: 'made-up' }, 'failed_authentication'],
    ['another binding', { binding: 'call.*.*' }, 'invalid_subscription'],
    ['no binding', { binding: undefined }, 'invalid_subscription'],
  ])('refuse %s', async (_name, change, message) => {
    const { socket, events, ended } = connect();
    socket.emit('subscribe', { account_id: antbuddy.accountId, auth_token: await token(), binding: bindings[0], ...change });
    await vi.waitFor(() => expect(ended).toEqual(['io server disconnect']));
    expect(events).toEqual([{ name: 'error', message }]);
    expect(antbuddy.control.subscriptions()).toBe(0);
  });

  it('refuse a token that is over', async () => {
    const auth_token = await token();
    clock.advance(600_000);
    const { socket, ended } = connect();
    socket.emit('subscribe', { account_id: antbuddy.accountId, auth_token, binding: bindings[0] });
    await vi.waitFor(() => expect(ended).toHaveLength(1));
  });

  it('end with the token', async () => {
    const { events, ended } = await subscribed();
    clock.advance(600_000);
    await vi.waitFor(() => expect(ended).toEqual(['io server disconnect']));
    expect(events).toEqual([{ name: 'error', message: 'token_expired' }]);
  });

  it('end when dropped, and for revoked tokens', async () => {
    const first = await subscribed();
    antbuddy.control.dropSignals();
    await vi.waitFor(() => expect(first.ended).toHaveLength(1));
    const second = await subscribed();
    antbuddy.control.revokeTokens();
    await vi.waitFor(() => expect(second.ended).toHaveLength(1));
  });
});

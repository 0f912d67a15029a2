import { describe, expect, it } from 'vitest';
import type { LiveCall } from '../contract.ts';
import { agentPartyKeys } from '../history/party-key.ts';
import { liveCallsOf } from './live-calls-of.ts';
import { createLiveHub, type LiveEvent } from './live-hub.ts';
import { readSignal } from './read-signal.ts';

const now = Date.UTC(2026, 2, 2, 3);
const event = (change: Record<string, unknown> = {}) => ({
  'Call-ID': 'abc',
  'Call-Direction': 'outbound',
  'Caller-ID-Number': '1001',
  'Callee-ID-Number': '0912345678',
  From: '1001@pbx.example',
  To: '0912345678@pbx.example',
  'Owner-ID': 'mailan',
  Timestamp: now / 1000 + 62_167_219_200,
  ...change,
});
const callsFor = (change: Record<string, unknown> = {}, name = 'CHANNEL_CREATE', dialPrefix = '') => {
  const signal = readSignal(name, event(change), now);
  return signal ? Object.fromEntries(liveCallsOf(signal, 'VN', { dialPrefix, internationalPrefix: '00' })) : null;
};
/** A call that a device places, as Kazoo documents it: inbound to the server, from an extension. */
const placed = {
  'Call-Direction': 'inbound',
  'Caller-ID-Number': '356',
  From: '356@pbx.example',
  'From-Uri': 'user_x@pbx.example',
  To: '0912345678@pbx.example',
  'To-Uri': '0912345678@pbx.example',
  'Owner-ID': '',
  'Custom-Channel-Vars': { 'Owner-ID': '699ed7e3', Realm: 'pbx.example', Username: 'user_X' },
};

describe('signals', () => {
  it('are read as the call that each party sees', () => {
    const calls = callsFor();
    const seen = { callId: expect.stringMatching(/^[0-9a-f]{32}$/), state: 'ringing', at: now, talkSeconds: null, cause: null };
    expect(calls).toEqual({
      'number:1001': { ...seen, direction: 'outbound', peer: { number: '+84912345678', name: null } },
      'user:mailan': { ...seen, direction: 'outbound', peer: { number: '+84912345678', name: null } },
      'number:+84912345678': { ...seen, direction: 'inbound', peer: { number: '1001', name: null } },
    });
  });

  it('of an incoming call belong to the called', () => {
    const calls = callsFor({ 'Call-Direction': 'inbound', From: '0912345678@x', To: '1001@x' });
    expect(Object.keys(calls ?? {}).sort()).toEqual(['number:1001', 'user:mailan']);
    expect(calls?.['number:1001']).toMatchObject({ direction: 'inbound', peer: { number: '+84912345678' } });
  });

  it.each([
    ['who keeps the number back', { From: 'anonymous@anonymous.invalid' }, 'anonymous'],
    ['whose number the network does not know', { From: 'Unavailable' }, 'anonymous'],
    ['of whom nothing is said', { From: '', 'Caller-ID-Number': '' }, 'anonymous'],
    ['who is a colleague', { From: '1002@x' }, '1002'],
  ])('of a caller %s are of a call that comes in', (_name, change, number) => {
    const calls = callsFor({ 'Call-Direction': 'inbound', To: '1001@x', ...change });
    expect(calls?.['number:1001']).toMatchObject({ direction: 'inbound', peer: { number } });
  });

  it.each<[string, change: Record<string, unknown>, party: string, seen: object | undefined]>([
    ['is its own', {}, 'number:user_x', { direction: 'outbound', peer: { number: '+84912345678', name: null } }],
    ['is not that of whoever has its extension for a SIP user', {}, 'number:356', undefined],
    ['is not its own when only its address says so', { 'Custom-Channel-Vars': {} }, 'number:user_x', undefined],
    [
      'is a colleague’s too, who is told of it',
      { To: '357@x', 'To-Uri': 'user_y@x' },
      'number:user_y',
      { direction: 'inbound', peer: { number: '356', name: null } },
    ],
    [
      'is a colleague’s own where that is whose device it is',
      { 'To-Uri': 'user_y@x', 'Custom-Channel-Vars': { Username: 'user_y' } },
      'number:user_x',
      undefined,
    ],
  ])('of a call that a device places: it %s', (_what, change, party, seen) => {
    const calls = callsFor({ ...placed, ...change }) ?? {};
    if (seen) expect(calls[party]).toMatchObject(seen);
    else expect(calls).not.toHaveProperty(party);
  });

  it.each([
    ['90912345678', '+84912345678'],
    ['0912345678', '+84912345678'],
    ['900442071234567', '+442071234567'],
    ['9102', '9102'],
  ])('of a call to %s, dialled with a 9 before, tell of one to %s', (dialled, number) => {
    const calls = callsFor({ To: `${dialled}@pbx.example` }, 'CHANNEL_CREATE', '9');
    expect(calls?.['number:1001']?.peer.number).toBe(number);
  });

  it.each<[string, change: Record<string, unknown>]>([
    ['with the name of its user', { 'Custom-Channel-Vars': {} }],
    ['with a name of its device besides', { 'Custom-Channel-Vars': { Username: '1001' } }],
    ['with an id for an owner', { 'Owner-ID': '699ed7e3' }],
    ['with an id for an owner among the channel’s', { 'Owner-ID': '', 'Custom-Channel-Vars': { 'Owner-ID': '699ed7e3' } }],
    ['in the company’s view', { 'Call-Direction': 'outbound' }],
    ['from an extension', { From: '356@x', 'From-Uri': '1001@x', 'Owner-ID': '699ed7e3' }],
  ])('of a device that dials out go out, as the server sees it, %s', (_what, change) => {
    const calls = callsFor({ 'Call-Direction': 'inbound', ...change });
    const seen = { direction: 'outbound', peer: { number: '+84912345678' } };
    expect(calls?.['number:1001']).toMatchObject(seen);
    expect(calls?.['user:mailan'] ?? seen).toMatchObject(seen);
    expect(calls).not.toHaveProperty('number:356');
  });

  it.each<[string, change: Record<string, unknown>]>([
    ['as the server sees it', { 'Call-Direction': 'outbound' }],
    ['as the server sees it, with the name of the device', { 'Call-Direction': 'outbound', Username: '1001' }],
    ['in the company’s view', { 'Call-Direction': 'inbound' }],
    ['from a caller who keeps the number back', { 'Call-Direction': 'outbound', From: 'anonymous@x' }],
    ['from a caller who claims an agent’s number', { 'Call-Direction': 'outbound', From: '1002@x', Username: '1001' }],
  ])('of a device that rings come in, %s', (_what, change) => {
    const calls = callsFor({ From: '0912345678@x', To: '1001@x', ...change });
    expect(
      Object.entries(calls ?? {})
        .map(([party, call]) => `${party} ${call.direction}`)
        .sort(),
    ).toEqual(['number:1001 inbound', 'user:mailan inbound']);
  });

  it('of a call between colleagues come in for one and go out for the other', () => {
    const calls = callsFor({ To: '1002@x' });
    expect(calls?.['number:1001']).toMatchObject({ direction: 'internal', peer: { number: '1002' } });
    expect(calls?.['number:1002']).toMatchObject({ direction: 'inbound', peer: { number: '1001' } });
  });

  it('do not reach an agent whose number an outsider claims to call from', () => {
    expect(callsFor({ 'Call-Direction': 'inbound', From: '1002@x', To: '1001@x', 'Owner-ID': '' })).not.toHaveProperty(
      'number:1002',
    );
  });

  it.each([
    [
      'ended, with what it came to',
      'CHANNEL_DESTROY',
      { 'Billing-Seconds': '43', 'Hangup-Cause': 'NORMAL_CLEARING' },
      { state: 'ended', talkSeconds: 43, cause: 'NORMAL_CLEARING' },
    ],
    ['answered', 'CHANNEL_ANSWER', {}, { state: 'answered', talkSeconds: null }],
    ['under the name of its binding', 'call.CHANNEL_DESTROY.6f1b@pbx', {}, { state: 'ended' }],
    ['under a name for all, with its own inside', 'call_event', { 'Event-Name': 'CHANNEL_ANSWER' }, { state: 'answered' }],
    ['without addresses', 'CHANNEL_CREATE', { From: undefined, To: undefined }, { state: 'ringing' }],
    [
      'with odd types',
      'CHANNEL_CREATE',
      { Timestamp: 'soon', 'Owner-ID': { a: 1 }, 'Custom-Channel-Vars': 7, extra: [1] },
      { at: now },
    ],
    ['from a clock that is far off', 'CHANNEL_CREATE', { Timestamp: 5 }, { at: now }],
  ])('%s', (_name, stage, change, expected) => expect(callsFor(change, stage)?.['number:1001']).toMatchObject(expected));

  it.each([
    ['CHANNEL_HOLD', event()],
    ['toString', event()],
    ['call.CHANNEL_HOLD.CHANNEL', event()],
    ['call_event', event({ 'Event-Name': 'CHANNEL_HOLD' })],
    ['CHANNEL_CREATE', null],
    ['CHANNEL_CREATE', 'text'],
    ['CHANNEL_CREATE', event({ 'Call-ID': '' })],
    ['CHANNEL_CREATE', event({ 'Call-ID': undefined })],
  ])('%s with %j are passed over', (name, sent) => expect(readSignal(name, sent, now)).toBeNull());
});

describe('the hub', () => {
  const call = (callId: string, at = now, state: LiveCall['state'] = 'ended'): LiveCall => ({
    callId,
    state,
    direction: 'outbound',
    peer: { number: '1', name: null },
    at,
    talkSeconds: null,
    cause: null,
  });
  const gather = (hub: ReturnType<typeof createLiveHub>, parties: string[]) => {
    const events: LiveEvent[] = [];
    return { events, stop: hub.listen(parties, { onEvent: (one) => events.push(one), onStatus() {}, onEnd() {} }) };
  };

  it('gives 50 agents their own of 10,000 events, each once, and nobody another’s', () => {
    const hub = createLiveHub(() => now);
    const agents = Array.from({ length: 50 }, (_, turn) =>
      gather(hub, agentPartyKeys({ username: `agent${turn}`, sipUsers: [`20${turn}`] }, 'VN')),
    );
    const expected: string[][] = agents.map(() => []);
    for (let turn = 0; turn < 10_000; turn += 1) {
      const agent = (turn * 7919) % 50;
      const inbound = turn % 3 === 0;
      const [from, to] = inbound ? ['0912345678', `20${agent}`] : [`20${agent}`, '0912345678'];
      const signal = readSignal(
        'CHANNEL_CREATE',
        event({
          'Call-ID': `c${turn}`,
          'Call-Direction': inbound ? 'inbound' : 'outbound',
          From: from,
          To: to,
          'Owner-ID': turn % 2 ? `agent${agent}` : '',
        }),
        now,
      );
      if (!signal) throw new Error('unreadable');
      hub.publish(liveCallsOf(signal, 'VN'));
      expected[agent]?.push(signal.callId);
    }
    expect(agents.map(({ events }) => events.map((one) => one.call.callId))).toEqual(expected);
  }, 20_000);

  it('gives back what was missed, by the last id, and all that is kept from its time on for an id of another relay', () => {
    const hub = createLiveHub(() => now);
    const { events, stop } = gather(hub, ['user:a']);
    for (const turn of [0, 1, 2, 3]) hub.publish(new Map([['user:a', call(`c${turn}`, now - 4_000 + turn * 1_000)]]));
    stop();
    hub.publish(new Map([['user:a', call('c4')]]));
    hub.publish(new Map([['user:b', call('other')]]));
    const ids = (lastId: string) => hub.after(['user:a'], lastId).map((one) => one.call.callId);
    expect(ids(events[1]?.id ?? '')).toEqual(['c2', 'c3', 'c4']);
    expect(ids(`${now - 2_000}-0000000000000000`)).toEqual(['c2', 'c3', 'c4']);
    expect(ids('nonsense')).toEqual([]);
    expect(events.map((one) => one.call.callId)).toEqual(['c0', 'c1', 'c2', 'c3']);
  });

  it('gives back what came late, although it happened before what was heard last', () => {
    const hub = createLiveHub(() => now);
    const { events, stop } = gather(hub, ['user:a', 'number:1']);
    hub.publish(new Map([['user:a', call('heard', now - 1_000)]]));
    stop();
    hub.publish(new Map([['number:1', call('late', now - 2_000)]]));
    hub.publish(new Map([['user:a', call('next')]]));
    const missed = hub.after(['user:a', 'number:1'], events[0]?.id ?? '');
    expect(missed.map((one) => one.call.callId)).toEqual(['late', 'next']);
  });

  it('tells whoever is several parties of a signal of one call, but of the end of each', () => {
    const hub = createLiveHub(() => now);
    const { events } = gather(hub, ['user:a', 'number:1']);
    const tell = (state: LiveCall['state'], ofUser: string) =>
      hub.publish(
        new Map([
          ['number:1', call('first', now, state)],
          ['user:a', call(ofUser, now, state)],
        ]),
      );
    tell('ringing', 'first');
    tell('ended', 'second');
    tell('ended', 'first');
    expect(events.map((one) => `${one.call.callId} ${one.call.state}`)).toEqual([
      'first ringing',
      'first ended',
      'second ended',
      'first ended',
    ]);
  });

  it('forgets after five minutes', () => {
    let time = now;
    const hub = createLiveHub(() => time);
    hub.publish(new Map([['user:a', call('old')]]));
    time += 300_001;
    hub.publish(new Map([['user:a', call('new', time)]]));
    expect(hub.after(['user:a'], `${now}-x`).map((one) => one.call.callId)).toEqual(['new']);
  });

  it('keeps a bounded number, of the parties that were heard last', () => {
    const hub = createLiveHub(() => now);
    const kept = (party: string) => hub.after([party], `${now}-x`).length;
    hub.publish(new Map([['user:silent', call('first')]]));
    hub.publish(new Map([['user:busy', call('second')]]));
    for (let turn = 0; turn < 19_998; turn += 1) hub.publish(new Map([[`number:${turn}`, call(`c${turn}`)]]));
    expect(kept('user:silent')).toBe(1);
    hub.publish(new Map([['user:busy', call('last')]]));
    expect([kept('user:silent'), kept('user:busy'), kept('number:19997')]).toEqual([0, 2, 1]);
  });

  it('keeps what is known of a call until its end, for whoever comes meanwhile', () => {
    let time = now;
    const hub = createLiveHub(() => time);
    const told = (state: LiveCall['state'], callId = 'talk') => hub.publish(new Map([['user:a', call(callId, time, state)]]));
    const known = (lastId = '') => hub.after(['user:a'], lastId).map((one) => `${one.call.callId} ${one.call.state}`);
    hub.setLive(true);
    told('ringing');
    time += 10_000;
    told('answered');
    time += 600_000;
    told('ended', 'other');
    expect(known()).toEqual(['talk ringing', 'talk answered']);
    expect(known(`${time}-0`)).toEqual(['talk ringing', 'talk answered', 'other ended']);
    expect(hub.statusFor(['user:a'])).toEqual({ live: true, going: ['talk'] });
    expect(hub.statusFor(['user:b'])).toEqual({ live: true, going: [] });
    told('ended');
    told('answered');
    expect([known(), hub.statusFor(['user:a'])]).toEqual([[], { live: true, going: [] }]);
  });

  it('keeps the order in which a call rang and was answered, here and then there', () => {
    const hub = createLiveHub(() => now);
    hub.setLive(true);
    for (const [turn, state] of (['ringing', 'answered', 'ringing', 'answered'] as const).entries())
      hub.publish(new Map(['user:a', 'number:1'].map((party) => [party, call('click', now + turn, state)])));
    const known = (lastId: string) =>
      hub.after(['number:1', 'user:a'], lastId).map((one) => `${one.call.state} ${one.call.at - now}`);
    const all = ['ringing 0', 'answered 1', 'ringing 2', 'answered 3'];
    expect(known('')).toEqual(all);
    const ids = hub.after(['user:a'], '').map(({ id }) => id);
    expect(ids.map((id) => known(id).length)).toEqual([3, 2, 1, 0]);
  });

  it('leaves calls that began before a party was the listener’s to whoever had it', () => {
    let time = now;
    const hub = createLiveHub(() => time);
    hub.setLive(true);
    const told = (callId: string, state: LiveCall['state']) =>
      hub.publish(new Map(['user:a', 'number:1'].map((party) => [party, call(callId, time, state)])));
    told('theirs', 'ringing');
    time += 1_000;
    const since = { 'number:1': time };
    const heard: string[] = [];
    const listener = {
      onEvent: (one: LiveEvent) => heard.push(`${one.call.callId} ${one.call.state}`),
      onStatus() {},
      onEnd() {},
    };
    hub.listen(['number:1'], listener, since);
    told('theirs', 'answered');
    told('own', 'ringing');
    expect(hub.statusFor(['number:1'], since)).toEqual({ live: true, going: ['own'] });
    told('theirs', 'ended');
    expect(heard).toEqual(['own ringing']);
    expect(hub.after(['number:1'], `${now}-0`, since).map((one) => one.call.callId)).toEqual(['own']);
  });

  it('knows when each call of a signal began, though its parties know it as calls of their own', () => {
    let time = now;
    const hub = createLiveHub(() => time);
    hub.setLive(true);
    hub.publish(new Map([['user:a', call('longer', time, 'ringing')]]));
    time += 1_000;
    const both = [
      ['user:b', call('shorter', time, 'ringing')],
      ['user:a', call('longer', time, 'answered')],
    ] as const;
    hub.publish(new Map(both));
    const going = (party: string) => hub.statusFor([party], { [party]: time }).going;
    expect([going('user:a'), going('user:b')]).toEqual([[], ['shorter']]);
  });

  it('knows nothing of a call after a gap in which it may have ended, until it is heard of again', () => {
    let time = now;
    const hub = createLiveHub(() => time);
    const going = () => hub.statusFor(['user:a']);
    hub.setLive(true);
    hub.publish(new Map([['user:a', call('before', time, 'ringing')]]));
    time += 1_000;
    hub.setLive(false);
    expect(going()).toEqual({ live: false });
    time += 60_000;
    hub.publish(new Map([['user:a', call('since', time, 'ringing')]]));
    time += 400;
    hub.setLive(true, time - 400);
    expect(going()).toEqual({ live: true, going: ['since'] });
    hub.publish(new Map([['user:a', call('before', time, 'answered')]]));
    expect(going()).toEqual({ live: true, going: ['since', 'before'] });
  });

  it('keeps a bounded number of calls that go on, and none for ever', () => {
    let time = now;
    const hub = createLiveHub(() => time);
    const ring = (callId: string) => hub.publish(new Map([['user:a', call(callId, time, 'ringing')]]));
    for (let turn = 0; turn <= 5_000; turn += 1) ring(`c${turn}`);
    expect(hub.after(['user:a'], `${time + 1}-0`).map((one) => one.call.callId)).toHaveLength(5_000);
    time += 4 * 3_600_000;
    ring('last');
    expect(hub.after(['user:a'], '').map((one) => one.call.callId)).toEqual(['last']);
  });
});

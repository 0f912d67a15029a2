import { beforeEach, describe, expect, it, type Mock, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { nothingLive } from '../live/live-state.ts';
import type { RelayAccess } from '../relay/relay-access.ts';
import { type FailureCode, fail, succeed } from '../reply.ts';
import { type AgentSettings, agentSettingsItem, languageItem, liveItem, missedItem, sessionItem } from '../storage.ts';
import { registerLive } from './register-live.ts';

type Listener = (...values: never[]) => unknown;
const RELAY = 'https://r.example';

let alarms: string[];
let connected: Listener[];
let relayUrl: string | null;
let streams: AbortSignal[];
let checks: number;
/** Whether the relay still knows this browser. */
let isKnown: boolean;
let added: Listener[];
let rung: Listener[];
let refreshOld: Mock<() => void>;
let refusal: FailureCode | null;
/** The beginning of each stream from the relay. */
let said: string;
/** Ids of the notifications that were taken away. */
let cleared: string[];
let shown: string[];
/** Sends more data on a stream. */
let sayMore: (() => void)[];

/** The state of the browser's API when a background has just started. */
beforeEach(async () => {
  fakeBrowser.reset();
  [alarms, connected, streams] = [[], [], []];
  relayUrl = RELAY;
  checks = 0;
  refreshOld = vi.fn();
  [isKnown, said] = [true, ':\n'];
  [added, rung, sayMore, refusal, cleared, shown] = [[], [], [], null, [], []];
  const listeners = (list: Listener[]) => ({ addListener: (one: Listener) => void list.push(one) });
  Object.assign(fakeBrowser, {
    alarms: {
      get: async (name: string) => alarms.find((one) => one === name),
      create: async (name: string) => void alarms.push(name),
      clear: async () => void alarms.splice(0),
      onAlarm: listeners(rung),
    },
    permissions: { onAdded: listeners(added), contains: async () => true },
    notifications: { create: async (id: string) => shown.push(id), clear: async (id: string) => cleared.push(id) > 0 },
  });
  Object.assign(fakeBrowser.runtime, { onConnect: listeners(connected), getPlatformInfo: async () => ({}) });
  Object.assign(fakeBrowser.action, {
    getBadgeText: async () => '',
    setBadgeText: async () => {},
    setTitle: async () => {},
    setBadgeBackgroundColor: async () => {},
  });
  vi.spyOn(fakeBrowser.i18n, 'getMessage').mockReturnValue('Dialside');
});

function start() {
  const client = async () =>
    succeed({
      openEvents: async (_: string, signal: AbortSignal) => {
        if (refusal) return fail(refusal);
        streams.push(signal);
        const start = (stream: ReadableStreamDefaultController<Uint8Array>) => {
          sayMore.push(() => stream.enqueue(new TextEncoder().encode(said)));
          sayMore.at(-1)?.();
        };
        return succeed(new ReadableStream({ start }));
      },
      getNumber: async () => fail('relay_unreachable'),
    });
  const pin = async () => async () => true;
  const access = { relayUrl: async () => relayUrl, pin, client } as unknown as RelayAccess;
  const missed = {
    check: async () => {
      checks += 1;
      return isKnown;
    },
  } as Parameters<typeof registerLive>[0]['missed'];
  const roleOf = async ({ url }: { url?: string }) => (url ? ({ role: url } as never) : null);
  return registerLive({ access, missed, refreshOld, roleOf });
}
const wish = async (change: Partial<AgentSettings>) =>
  agentSettingsItem.setValue({ ...(await agentSettingsItem.getValue()), ...change });
function connect(role: string | undefined, name = 'live') {
  let gone = () => {};
  let hear = (_word: string) => {};
  const onDisconnect = { addListener: (one: () => void) => (gone = one) };
  const onMessage = { addListener: (one: (word: string) => void) => (hear = one) };
  for (const listener of connected) listener({ name, sender: { url: role }, onDisconnect, onMessage } as never);
  return Object.assign(() => gone(), { say: (word: string) => hear(word) });
}
function ring() {
  for (const listener of rung) listener(...([{ name: 'day' }] as never[]));
}
const running = () => streams.filter(({ aborted }) => !aborted).length;

it('asks what the relay says of the agent, where that is old, whenever the alarm looks', async () => {
  start();
  expect(refreshOld).not.toHaveBeenCalled();
  ring();
  await vi.waitFor(() => expect(refreshOld).toHaveBeenCalledOnce());
});

describe('the stream', () => {
  it.each([
    ['popup', 'live', 1],
    ['sidepanel', 'live', 1],
    ['page', 'live', 0],
    [undefined, 'live', 0],
    ['popup', 'other', 0],
  ])('for a port of %s called %s', async (role, name, count) => {
    await wish({ badge: false });
    start();
    const leave = connect(role, name);
    await vi.waitFor(async () =>
      expect([running(), (await liveItem.getValue()).link]).toEqual([count, count ? 'opening' : 'off']),
    );
    leave();
    await vi.waitFor(async () => expect([running(), (await liveItem.getValue()).link]).toEqual([0, 'off']));
  });

  it('runs with nothing open only where incoming calls are to be told of', async () => {
    await wish({ badge: false });
    start();
    expect([running(), alarms]).toEqual([0, []]);
    await wish({ notifyIncoming: true });
    await vi.waitFor(() => expect([running(), alarms]).toEqual([1, ['day']]));
    await wish({ notifyIncoming: false });
    await vi.waitFor(() => expect([running(), alarms]).toEqual([0, []]));
  });

  it.each([
    ['with nothing open', false],
    ['with a view open', true],
  ])('tells of a call that rings no longer than the agent wants to be told, %s', async (_, isOpen) => {
    const ringing = {
      callId: 'a'.repeat(32),
      state: 'ringing',
      direction: 'inbound',
      peer: { number: '+84901234567', name: null },
    };
    const call = JSON.stringify({ ...ringing, at: Date.now(), talkSeconds: null, cause: null });
    said = `event: status\ndata: {"live":true}\n\nid: 1-0\nevent: call\ndata: ${call}\n\n`;
    await languageItem.setValue('en');
    await wish({ badge: false, notifyIncoming: true });
    start();
    if (isOpen) connect('popup');
    const id = `incoming:${ringing.callId}`;
    await vi.waitFor(() => expect(shown).toEqual([id]));
    expect(cleared).toEqual([]);
    await wish({ notifyIncoming: false });
    await vi.waitFor(() => expect([...new Set(cleared)]).toEqual([id]));
  });

  it('is let go where it can tell of no incoming call, and asked again after a while', async () => {
    said = 'event: status\ndata: {"live":false,"never":true}\n\n';
    await wish({ notifyIncoming: true });
    start();
    await vi.waitFor(async () => expect([streams.length, running(), (await liveItem.getValue()).link]).toEqual([1, 0, 'off']));
    const later = Date.now() + 14 * 60_000;
    const clock = vi.spyOn(Date, 'now').mockImplementation(() => later);
    ring();
    await vi.waitFor(() => expect(checks).toBe(1));
    expect(streams).toHaveLength(1);
    said = 'event: status\ndata: {"live":true}\n\n';
    clock.mockImplementation(() => later + 60_000);
    ring();
    await vi.waitFor(async () =>
      expect([running(), await liveItem.getValue()]).toMatchObject([1, { link: 'open', signals: true }]),
    );
    expect(streams).toHaveLength(2);
    clock.mockRestore();
  });

  it('begins anew when the computer slept or its clock was set, with what arrives next', async () => {
    let at = Date.now();
    const clock = vi.spyOn(Date, 'now').mockImplementation(() => at);
    start();
    connect('popup');
    await vi.waitFor(() => expect(streams).toHaveLength(1));
    at += 600_000;
    sayMore[0]?.();
    await vi.waitFor(() => expect([streams.length, running()]).toEqual([2, 1]));
    clock.mockRestore();
  });

  it('begins anew with another relay, and ends with the connection', async () => {
    await wish({ notifyIncoming: true });
    await sessionItem.setValue({ relayUrl: RELAY, me: null, meAt: null });
    start();
    await vi.waitFor(() => expect(running()).toBe(1));
    await sessionItem.setValue({ relayUrl: 'https://other.example', me: null, meAt: null });
    await vi.waitFor(() => expect([streams.length, running()]).toEqual([2, 1]));
    relayUrl = null;
    await sessionItem.removeValue();
    await vi.waitFor(() => expect([running(), alarms]).toEqual([0, []]));
  });

  it.each([
    ['at once where the browser tells of it', () => added],
    ['by the alarm where it does not', () => rung],
  ])('goes on for a view that stays open when the permission was taken away and given back, %s', async (_, listeners) => {
    refusal = 'relay_permission_missing';
    const need = start();
    connect('sidepanel');
    await vi.waitFor(async () => expect([need.isRunning(), (await liveItem.getValue()).relayUrl]).toEqual([false, RELAY]));
    refusal = null;
    for (const listener of listeners()) listener(...([{ name: 'day' }] as never[]));
    await vi.waitFor(() => expect(running()).toBe(1));
  });

  it('is not said to be open by a worker that was killed', async () => {
    await liveItem.setValue({ ...nothingLive, relayUrl: RELAY, link: 'open', signals: true });
    start();
    await vi.waitFor(async () => expect(await liveItem.getValue()).toMatchObject({ link: 'off', signals: false }));
  });
});

it.each([
  ['the badge', { badge: true }, true],
  ['missed calls', { badge: false, notifyMissed: true }, true],
  ['nothing', { badge: false }, false],
])('an alarm runs for %s', async (_, settings, runs) => {
  start();
  await vi.waitFor(() => expect(alarms).toEqual(['day']));
  await wish({ badge: false });
  await vi.waitFor(() => expect(alarms).toEqual([]));
  checks = 0;
  await wish({ notifyMissed: false, ...settings });
  if (runs) await vi.waitFor(() => expect([alarms, checks > 0]).toEqual([['day'], true]));
  else expect([alarms, checks]).toEqual([[], 0]);
});

describe('a browser whose access was revoked', () => {
  const rest = async () => {
    await sessionItem.setValue({ relayUrl: RELAY, me: null, meAt: 1 });
    start();
    await vi.waitFor(() => expect(alarms).toEqual(['day']));
    [isKnown, refusal] = [false, 'device_revoked'];
    ring();
    await vi.waitFor(() => expect(alarms).toEqual([]));
    checks = 0;
  };
  const mended = async () => {
    [isKnown, refusal] = [true, null];
    await vi.waitFor(() => expect(alarms).toEqual(['day']));
  };

  it('asks no more, until the agent is known again', async () => {
    await rest();
    await sessionItem.setValue({ relayUrl: RELAY, me: null, meAt: 2 });
    await mended();
    await vi.waitFor(() => expect(checks).toBe(1));
  });
  it('asks again when an address is allowed', async () => {
    await rest();
    for (const listener of added) listener();
    await mended();
  });
  it('listens no more for incoming calls either', async () => {
    refusal = 'device_revoked';
    await wish({ badge: false, notifyIncoming: true });
    start();
    await vi.waitFor(async () => expect(await liveItem.getValue()).toMatchObject({ relayUrl: RELAY, link: 'off' }));
    await vi.waitFor(() => expect(alarms).toEqual([]));
  });
  it('takes what it showed of missed calls away, whoever hears of it first', async () => {
    start();
    [isKnown, refusal] = [false, 'device_revoked'];
    connect('sidepanel');
    await vi.waitFor(() => expect([alarms, checks]).toEqual([[], 1]));
  });
});

it.each([
  ['popup', ['focus'], true],
  ['sidepanel', ['focus', 'beat'], false],
  ['sidepanel', ['beat', 'focus'], true],
  ['page', ['focus'], false],
])('a %s that says %j has the eyes of the agent: %s', async (role, words, expected) => {
  const live = start();
  const view = connect(role);
  for (const word of words) view.say(word);
  await new Promise((resolve) => setImmediate(resolve));
  expect(live.isLookedAt()).toBe(expected);
  view();
  expect(live.isLookedAt()).toBe(false);
});

it('tells of missed calls on the toolbar button in the language that was just chosen', async () => {
  const titles: string[] = [];
  fakeBrowser.action.setTitle = (async ({ title }: { title: string }) => void titles.push(title)) as never;
  await languageItem.setValue('en');
  await missedItem.setValue({ relayUrl: RELAY, count: 2, ids: [], completeTo: 1 });
  start();
  await languageItem.setValue('vi');
  await vi.waitFor(() => expect(titles.at(-1)).toBe('2 số cần gọi lại: gọi nhỡ hoặc hẹn gọi sau'));
});

import { beforeEach, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { HistoryCall, Missed } from '../../relay/contract.ts';
import type { Notice } from '../live/notices.ts';
import { fail, type Reply, succeed } from '../reply.ts';
import { agentSettingsItem, languageItem, missedItem } from '../storage.ts';
import { createMissedWatch, type MissedWatchParts } from './missed-watch.ts';

const NOW = 1_780_000_000_000;
const minute = 60_000;
const call = (id: string, minutesAgo: number): HistoryCall => ({
  id,
  startedAt: NOW - minutesAgo * minute,
  direction: 'inbound',
  disposition: 'missed',
  status: 'CANCELLED',
  peer: { number: '+84901234567', name: id },
  durationSeconds: 1,
  talkSeconds: 0,
  hasRecording: false,
  note: null,
});
const answer = (...calls: HistoryCall[]): Missed => ({
  from: 0,
  count: calls.length,
  calls: calls.map((one) => ({ call: one, times: 1 })),
  completeTo: NOW,
});
const [a, b, c] = [call('a', 3), call('b', 2), call('c', 1)];
const late = call('late', 10);
const old = call('old', 60);

async function setUp(answers: Reply<Missed>[], relayUrl: () => string | null = () => 'https://r.example') {
  const told: Notice[] = [];
  const changed: Notice[] = [];
  let cleared = 0;
  const client = async () => succeed({ getMissed: async () => answers.shift() ?? fail('relay_unreachable') });
  const pin = async () => {
    const then = relayUrl();
    return async () => then === relayUrl();
  };
  return {
    watch: createMissedWatch({
      access: { client, pin, relayUrl: async () => relayUrl() } as unknown as MissedWatchParts['access'],
      notify: async (notice) => void told.push(notice),
      change: async (notice) => void changed.push(notice),
      async clear() {
        cleared += 1;
      },
      now: async () => NOW,
    }),
    told,
    changed,
    cleared: () => cleared,
  };
}

beforeEach(async () => {
  fakeBrowser.reset();
  Object.assign(fakeBrowser.action, {
    getBadgeText: async () => '',
    setBadgeText: async () => {},
    setTitle: async () => {},
    setBadgeBackgroundColor: async () => {},
  });
  vi.spyOn(fakeBrowser.i18n, 'getMessage').mockReturnValue('Dialside');
  await languageItem.setValue('en');
  await agentSettingsItem.setValue({ ...(await agentSettingsItem.getValue()), notifyMissed: true });
});

it.each([
  ['nothing at the first look of a browser', [answer(a)], []],
  ['what is new', [answer(a), answer(c, b, a)], ['2 missed calls']],
  ['nothing twice', [answer(a), answer(b, a), answer(b, a)], ['Missed call']],
  ['a call that came into the history late', [answer(a), answer(a, late)], ['Missed call']],
  ['nothing old that only moved up, when others were called back', [answer(b, a), answer(a, old)], []],
  [
    'nothing while the relay is away, and then what came meanwhile',
    [answer(a), fail('relay_unreachable'), answer(b, a)],
    ['Missed call'],
  ],
])('tells of %s', async (_, answers, expected) => {
  const replies = answers.map((one) => ('ok' in one ? one : succeed(one)));
  const { watch, told } = await setUp(replies);
  for (const _reply of answers) await watch.check();
  expect(told.map(({ title }) => title)).toEqual(expected);
});

it('tells of all that nobody looked at, without those who were called back, and takes it back with the last', async () => {
  const answers = [answer(old), answer(a, old), answer(b, a, old), answer(c, b, old), answer(c, old), answer(old)];
  const { watch, told, changed, cleared } = await setUp(answers.map((one) => succeed(one)));
  for (const _answer of answers.slice(1)) await watch.check();
  const said = ({ title, message }: Notice) => `${title}: ${message.replaceAll(/ \(.*$/gm, '').replaceAll('\n', ' ')}`;
  expect(told.map(said)).toEqual(['Missed call: a', '2 missed calls: b a', '2 missed calls: c b']);
  expect(changed.map(said)).toEqual(['Missed call: c']);
  expect(cleared()).toBe(0);
  await watch.check();
  expect([cleared(), told.length]).toEqual([1, 3]);
  await watch.check();
  expect(cleared()).toBe(1);
});

it('tells of who cannot be called back, once, in the order of the calls, and does not count them', async () => {
  const hidden = { ...call('x', 1), peer: { number: 'anonymous', name: null } };
  const answers = [answer(a), { ...answer(b, a), others: [hidden] }, { ...answer(b, a), others: [hidden] }, answer(a)];
  const { watch, told, changed, cleared } = await setUp(answers.map((one) => succeed(one)));
  for (const _answer of answers) await watch.check();
  const lines = ({ message }: Notice) => message.replaceAll(/(?: \(.*\))?,.*$/gm, '').split('\n');
  expect([told.map(lines), changed, cleared()]).toEqual([[['hidden number', 'b']], [], 1]);
  expect(await missedItem.getValue()).toMatchObject({ count: 1, ids: ['a'], others: [] });
});

it('tells of nobody who asked to be called later, and counts them', async () => {
  const later = { ...answer(b, a), calls: [b, a].map((one) => ({ call: one, times: one === a ? 1 : 0 })) };
  const { watch, told } = await setUp([succeed(answer(a)), succeed(later), succeed(answer(b, a))]);
  for (let turn = 0; turn < 3; turn += 1) await watch.check();
  expect(told).toEqual([]);
  expect(await missedItem.getValue()).toMatchObject({ count: 2, ids: ['b', 'a'], inVain: true });
});

it('tells of what a view shows that nobody looks at', async () => {
  const { watch, told } = await setUp([succeed(answer(a))]);
  await watch.check();
  await watch.note(answer(b, a), false);
  expect(told.map(({ title }) => title)).toEqual(['Missed call']);
});

it('takes the word back when somebody looks, and then tells of what is new alone', async () => {
  const { watch, told, cleared } = await setUp([succeed(answer(a)), succeed(answer(b, a)), succeed(answer(c, b, a))]);
  await watch.check();
  await watch.check();
  await watch.note(answer(b, a), true);
  expect(cleared()).toBe(1);
  await watch.check();
  expect(told.map(({ title }) => title)).toEqual(['Missed call', 'Missed call']);
});

it('tells of a call once when two looks overlap', async () => {
  const { watch, told } = await setUp([succeed(answer(a)), succeed(answer(b, a)), succeed(answer(b, a))]);
  await watch.check();
  await Promise.all([watch.check(), watch.check()]);
  expect(told).toHaveLength(1);
});

it('tells of nothing that somebody is looking at, or that the agent wants no word of', async () => {
  const { watch, told } = await setUp([succeed(answer(a)), succeed(answer(c, b, a))]);
  await watch.check();
  await watch.note(answer(b, a), true);
  await agentSettingsItem.setValue({ ...(await agentSettingsItem.getValue()), notifyMissed: false });
  await watch.check();
  expect([told, (await missedItem.getValue())?.count]).toEqual([[], 3]);
});

it.each([
  ['device_revoked', false, null, 1],
  ['relay_permission_missing', false, null, 1],
  ['relay_unreachable', true, 1, 0],
] as const)('refused as %s it goes on: %s', async (code, goesOn, count, taken) => {
  const { watch, cleared } = await setUp([succeed(answer(a)), fail(code)]);
  await watch.check();
  expect(await watch.check()).toBe(goesOn);
  expect([(await missedItem.getValue())?.count ?? null, cleared()]).toEqual([count, taken]);
});

it('knows nothing of an answer for a view that another agent was connected after', async () => {
  const late = Promise.withResolvers<Reply<Missed>>();
  let relayUrl = 'https://r.example';
  const { watch } = await setUp([late.promise as never], () => relayUrl);
  const checked = watch.check();
  const noted = watch.note(answer(b, a), true);
  await Promise.resolve();
  relayUrl = 'https://other.example';
  late.resolve(succeed(answer(a)));
  await Promise.all([checked, noted]);
  expect(await missedItem.getValue()).toBeNull();
});

it('begins anew with another relay, and knows nothing once disconnected', async () => {
  let relayUrl: string | null = 'https://r.example';
  const { watch, told } = await setUp([succeed(answer(a)), succeed(answer(b, a)), succeed(answer(c, b, a))], () => relayUrl);
  await watch.check();
  relayUrl = 'https://other.example';
  await watch.check();
  expect(told).toEqual([]);
  relayUrl = null;
  await missedItem.removeValue();
  await watch.check();
  expect([told, await missedItem.getValue()]).toEqual([[], null]);
});

it.each([
  ['accepted', 2, 1],
  ['accepted', 0, 0],
  ['rejected', 2, 0],
] as const)('after a call that was %s with %d to call back it asks %d times', async (state, count, asked) => {
  await missedItem.setValue({ relayUrl: 'https://r.example', count, ids: [], completeTo: 1 });
  const answers = [succeed(answer())];
  const { watch } = await setUp(answers);
  const place = watch.after(async () => succeed({ state } as never));
  expect(await place({} as never, null)).toMatchObject({ value: { state } });
  await watch.note(answer(), true);
  expect(answers).toHaveLength(1 - asked);
});

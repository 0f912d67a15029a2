import { beforeEach, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { nothingLive } from '../live/live-state.ts';
import { callJournalItem, type JournalEntry, type LiveState, liveItem, type SeenCall, updateWaitsItem } from '../storage.ts';
import { registerUpdates } from './register-updates.ts';

let arrive: () => Promise<void>;
let views: object[];
let reloads: number;
beforeEach(() => {
  fakeBrowser.reset();
  [views, reloads] = [[], 0];
  Object.assign(fakeBrowser.runtime, {
    onUpdateAvailable: { addListener: (listener: typeof arrive) => (arrive = listener) },
    getContexts: async () => views,
    // What is in memory does not outlive it.
    async reload() {
      reloads += 1;
      await fakeBrowser.storage.session.clear();
    },
  });
});
const look = async () => {
  await fakeBrowser.alarms.onAlarm.trigger({ name: 'update', scheduledTime: 0, persistAcrossSessions: true });
  await new Promise(setImmediate);
};
const isScheduled = async () => (await fakeBrowser.alarms.get('update')) !== undefined;

const placed = (ago: number, outcome: string | null): JournalEntry => {
  const at = Date.now() - ago;
  return { key: 'k', number: '+84901234567', clickedAt: at, surface: 'menu', site: null, sentAt: at, outcome };
};
const talk = (endedAt: number | null, link: LiveState['link']): LiveState => {
  const call: SeenCall = {
    callId: 'c',
    direction: 'inbound',
    peer: { number: '+84901234567', name: null },
    startedAt: 1,
    answeredAt: 2,
    endedAt,
    talkSeconds: null,
  };
  return { ...nothingLive, link, calls: [call] };
};

it.each<[name: string, prepare: () => unknown, free: () => unknown]>([
  [
    'a call rings',
    () => callJournalItem.setValue([placed(1_000, 'accepted')]),
    () => callJournalItem.setValue([placed(46_000, 'accepted')]),
  ],
  [
    'a call is being placed',
    () => callJournalItem.setValue([placed(1_000, null)]),
    () => callJournalItem.setValue([placed(1_000, 'rejected')]),
  ],
  ['the agent talks', () => liveItem.setValue(talk(null, 'open')), () => liveItem.setValue(talk(3, 'open'))],
  ['a view is open', () => views.push({ contextType: 'SIDE_PANEL' }), () => views.splice(0)],
])('an update waits while %s, also for a background that started since, and is applied then', async (_, prepare, free) => {
  await prepare();
  registerUpdates();
  await arrive();
  await look();
  expect([reloads, await isScheduled()]).toEqual([0, true]);
  // A background that was ended knows only what is stored.
  fakeBrowser.alarms.onAlarm.removeAllListeners();
  registerUpdates();
  await look();
  expect(reloads).toBe(0);
  await free();
  await look();
  expect(reloads).toBe(1);
  // The alarm may outlive the update that it was for.
  await look();
  expect([reloads, await isScheduled()]).toEqual([1, false]);
});

it.each([
  ['nothing is called', () => {}],
  ['the calls are over', () => callJournalItem.setValue([placed(3_600_000, 'accepted'), placed(60_000, 'outcome_unknown')])],
  ['nobody listens any more to a talk', () => liveItem.setValue(talk(null, 'off'))],
])('an update that arrives while %s is applied at once', async (_, prepare) => {
  await prepare();
  registerUpdates();
  await arrive();
  expect(reloads).toBe(1);
});

it('nothing is reloaded without an update', async () => {
  registerUpdates();
  await look();
  expect([reloads, await updateWaitsItem.getValue()]).toEqual([0, false]);
});

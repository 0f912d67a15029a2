import { beforeEach, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { nothingLive } from '../live/live-state.ts';
import { agentSettingsItem, liveItem, missedItem, viewWishItem } from '../storage.ts';
import { registerNoticeClicks } from './register-notice-clicks.ts';

type Listener = (...values: never[]) => unknown;
const CALL = 'a'.repeat(32);
const seen = {
  callId: CALL,
  direction: 'inbound' as const,
  peer: { number: '+84901234567', name: null },
  startedAt: 1,
  answeredAt: null,
  endedAt: null,
  talkSeconds: null,
};

let clicks: { clicked: Listener[]; button: Listener[] };
let opened: string[];

beforeEach(() => {
  fakeBrowser.reset();
  opened = [];
  clicks = { clicked: [], button: [] };
  const listeners = (list: Listener[]) => ({ addListener: (one: Listener) => void list.push(one) });
  Object.assign(fakeBrowser, {
    permissions: { onAdded: listeners([]), contains: async () => true },
    notifications: { onClicked: listeners(clicks.clicked), onButtonClicked: listeners(clicks.button), clear: async () => true },
  });
  Object.assign(fakeBrowser.action, { openPopup: async () => void opened.push('popup') });
  fakeBrowser.tabs.create = (async ({ url }: { url: string }) => void opened.push(url)) as never;
});

it.each([
  [['a', 'x'], 'toCallBack'],
  [['x'], null],
  [[], null],
] as const)('a click on word of the missed calls %j, of which “a” can be called back, shows: %s', async (told, wanted) => {
  await missedItem.setValue({ relayUrl: 'r', count: 2, ids: ['b', 'a'], others: ['x'], told: [...told], completeTo: 1 });
  registerNoticeClicks(false);
  for (const listener of clicks.clicked) listener(...(['missed'] as never[]));
  await vi.waitFor(() => expect(opened).toEqual(['popup']));
  expect((await viewWishItem.getValue())?.show ?? null).toBe(wanted);
  // The next notification names none of them again.
  expect((await missedItem.getValue())?.told).toEqual([]);
});

it.each([
  ['missed', 'clicked', false, 'popup', 'toCallBack'],
  ['missed', 'clicked', true, 'popup', 'toCallBack'],
  [`incoming:${CALL}`, 'clicked', false, 'popup', null],
  [`incoming:${CALL}`, 'button', false, 'https://crm.example/?q=0901234567', null],
  [`incoming:${CALL}`, 'clicked', true, 'https://crm.example/?q=0901234567', null],
  [`incoming:${'b'.repeat(32)}`, 'button', false, 'popup', null],
] as const)('a click on %s, %s, in Firefox %s: %s', async (id, kind, isFirefox, expected, wanted) => {
  await agentSettingsItem.setValue({
    ...(await agentSettingsItem.getValue()),
    crmSearch: 'https://crm.example/?q={national}',
  });
  await liveItem.setValue({ ...nothingLive, calls: [seen] });
  await missedItem.setValue({ relayUrl: 'r', count: 1, ids: ['a'], told: ['a'], completeTo: 1 });
  registerNoticeClicks(isFirefox);
  for (const listener of clicks[kind]) listener(...([id, 0] as never[]));
  await vi.waitFor(() => expect(opened).toEqual([expected]));
  expect((await viewWishItem.getValue())?.show ?? null).toBe(wanted);
});

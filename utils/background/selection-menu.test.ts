import { beforeEach, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { Call } from '../../relay/contract.ts';
import { createCallAsker } from '../calls/ask-call.ts';
import { createCallJournal } from '../calls/call-journal.ts';
import { createToldCalls } from '../calls/told-calls.ts';
import { fail, type Reply, succeed } from '../reply.ts';
import { callJournalItem, languageItem, menuCallItem, toldCallsItem, viewWishItem } from '../storage.ts';
import { registerSelectionMenu } from './selection-menu.ts';

type Clicked = (info: { menuItemId: string; selectionText: string }) => Promise<void>;
let badge = '';
const badges: string[] = [];
let clicked: Clicked;
/** The menu's title by its id, as the browser keeps it. */
let menus: Record<string, string>;
beforeEach(async () => {
  fakeBrowser.reset();
  badge = '…';
  badges.length = 0;
  Object.assign(fakeBrowser.action, {
    getBadgeText: async () => badge,
    setBadgeText: async ({ text }: { text: string }) => {
      badge = text;
      badges.push(text);
    },
    setTitle: async () => {},
    setBadgeBackgroundColor: async () => {},
  });
  menus = {};
  Object.assign(fakeBrowser, {
    contextMenus: {
      onClicked: { addListener: (listener: Clicked) => (clicked = listener) },
      removeAll: async () => {
        menus = {};
      },
      create: ({ id, title }: { id: string; title: string }) => {
        menus[id] = title;
      },
      update: async (id: string, { title }: { title: string }) => {
        if (!(id in menus)) throw new Error('Cannot find menu item');
        menus[id] = title;
      },
    },
  });
  vi.spyOn(fakeBrowser.i18n, 'getMessage').mockReturnValue('Dialside');
  await languageItem.setValue('en');
});
const parts = (more: object) =>
  ({
    askCall: async () => fail('call_not_found'),
    places: { remember: async () => {} },
    told: { note: async () => {} },
    ...more,
  }) as unknown as Parameters<typeof registerSelectionMenu>[0];

const accepted = (key: string): Reply<Call> =>
  succeed({ key, number: '+84912345678', state: 'accepted', reason: null, createdAt: 1, settledAt: 2, sameAs: null });

it('a call that a killed background left is told before the next one is placed, and never in its place', async () => {
  const lost = {
    key: 'lost',
    number: '+84912345678',
    clickedAt: 1,
    surface: 'menu',
    site: null,
    sentAt: 1,
    outcome: null,
  } as const;
  await callJournalItem.setValue([lost]);
  await menuCallItem.setValue('lost');
  const asked = Promise.withResolvers<Reply<Call>>();
  const placed = Promise.withResolvers<Reply<Call>>();
  const told = createToldCalls({ pin: async () => async () => true, now: () => 2_000 });
  const relay = async () => succeed({ getCall: () => asked.promise });
  const askCall = createCallAsker({ relay, journal: createCallJournal(), told });
  registerSelectionMenu(parts({ placeCall: () => placed.promise, askCall, told }));
  const done = clicked({ menuItemId: 'call-selection', selectionText: '0901 234 567' });
  await vi.waitFor(() => expect(badges).toEqual(['!', '…']));
  asked.resolve(accepted('lost'));
  await vi.waitFor(async () => expect(await toldCallsItem.getValue()).toMatchObject([{ key: 'lost', state: 'accepted' }]));
  expect(badge).toBe('…');
  placed.resolve(accepted('new'));
  await done;
  expect(await menuCallItem.getValue()).not.toBe('lost');
  expect(badges).toEqual(['!', '…', '✓']);
});

it.each([
  ['says so where it is free', '', null, ['!']],
  ['keeps telling of the call on its way', '…', null, []],
  ['keeps telling of the call that was accepted', '✓', 'k', []],
])('a number that was called a moment ago is not called again, and the button %s', async (_, before, menuCall, after) => {
  badge = '';
  const at = Date.now() - 1_000;
  const call = { key: 'k', number: '+84901234567', clickedAt: at, surface: 'popup', site: null, sentAt: at } as const;
  await callJournalItem.setValue([{ ...call, outcome: 'accepted', settledAt: at }]);
  Object.assign(fakeBrowser.action, { openPopup: async () => {} });
  const placeCall = vi.fn();
  registerSelectionMenu(parts({ placeCall }));
  badge = before;
  await menuCallItem.setValue(menuCall);
  await clicked({ menuItemId: 'call-selection', selectionText: '0901 234 567' });
  expect(placeCall).not.toHaveBeenCalled();
  expect(badges).toEqual(after);
  // The row of the call that may still ring stays the newest of its number.
  expect([await viewWishItem.getValue(), await menuCallItem.getValue()]).toEqual([null, menuCall]);
});

it('the menu is in the language that the browser was started in', async () => {
  await languageItem.setValue('browser');
  const speak = (language: string) => vi.spyOn(fakeBrowser.i18n, 'getUILanguage').mockReturnValue(language);
  speak('en-GB');
  registerSelectionMenu(parts({}));
  await fakeBrowser.runtime.onInstalled.trigger({ reason: 'install' } as never);
  await vi.waitFor(() => expect(menus).toEqual({ 'call-selection': 'Call “%s”' }));
  speak('vi');
  // A browser that was updated tells of both at once.
  void fakeBrowser.runtime.onInstalled.trigger({ reason: 'browser_update' } as never);
  void fakeBrowser.runtime.onStartup.trigger();
  await vi.waitFor(() => expect(menus).toEqual({ 'call-selection': 'Gọi “%s”' }));
});

it('a failure told by a background that was ended is taken from the button by the next one', async () => {
  badge = '!';
  registerSelectionMenu(parts({}));
  await fakeBrowser.alarms.onAlarm.trigger({ name: 'sign', scheduledTime: 0, persistAcrossSessions: true });
  await vi.waitFor(() => expect(badge).toBe(''));
});

import { beforeEach, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { agentSettingsItem, callJournalItem, languageItem, menuCallItem, missedItem } from '../storage.ts';
import { clearBadge, endPlacing, showBadge, showFolded, showMissedBadge } from './badge.ts';

let text = '';
let title = '';
beforeEach(async () => {
  fakeBrowser.reset();
  text = '';
  title = '';
  Object.assign(fakeBrowser.action, {
    getBadgeText: async () => text,
    setBadgeText: async (next: { text: string }) => {
      text = next.text;
    },
    setTitle: async (next: { title: string }) => {
      title = next.title;
    },
    setBadgeBackgroundColor: async () => {},
  });
  vi.spyOn(fakeBrowser.i18n, 'getMessage').mockReturnValue('Dialside');
  await languageItem.setValue('en');
});
const know = (count: number) => missedItem.setValue({ relayUrl: 'r', count, ids: [], completeTo: 1 });

it.each([
  [0, '', 'Dialside'],
  [1, '1', '1 missed call to call back'],
  [12, '12', '12 missed calls to call back'],
  [100, '99+', '100 missed calls to call back'],
])('%d missed calls: “%s”', async (count, expected, sentence) => {
  await know(count);
  await showMissedBadge();
  expect([text, title]).toEqual([expected, sentence]);
});

it('shows none where the agent wants none, or nothing is known', async () => {
  await showMissedBadge();
  expect(text).toBe('');
  await know(3);
  await agentSettingsItem.setValue({ ...(await agentSettingsItem.getValue()), badge: false });
  await showMissedBadge();
  expect(text).toBe('');
});

it.each([
  ['…', '!', 'look at your phone'],
  ['✓', '✓', ''],
  ['3', '3', ''],
  ['', '', ''],
])('a background that starts finds “%s” and leaves “%s”', async (found, left, sentence) => {
  text = found;
  title = found === '…' ? 'calling' : '';
  expect(await endPlacing(async () => 'look at your phone')).toBe(found === '…');
  expect([text, title]).toEqual([left, sentence]);
});

it.each([
  ['failed', 3, '!', '!', '3'],
  ['placing', 3, '…', '…', '…'],
  ['accepted', 3, '✓', '3', '3'],
  ['accepted', 0, '✓', '', ''],
] as const)('over a call that is %s, with %d missed', async (look, count, atOnce, later, looked) => {
  await know(count);
  await showBadge(look, 'a sentence');
  await showMissedBadge();
  expect(text).toBe(atOnce);
  await showMissedBadge(Date.now() + 10_000);
  expect(text).toBe(later);
  await clearBadge();
  expect(text).toBe(looked);
});

it('of an accepted call goes by itself, also where nothing else looks at the button', async () => {
  vi.useFakeTimers();
  await showBadge('accepted', 'a sentence');
  await vi.advanceTimersByTimeAsync(9_900);
  expect(text).toBe('✓');
  await vi.advanceTimersByTimeAsync(200);
  vi.useRealTimers();
  await vi.waitFor(() => expect([text, title]).toEqual(['', 'Dialside']));
});

it.each([
  ['', 'B', '!'],
  ['3', 'B', '!'],
  ['…', 'A', '…'],
  ['…', 'B', '…'],
  ['✓', 'A', '✓'],
  ['✓', 'B', '!'],
  ['✓', null, '!'],
])('a press that placed no call to A over “%s” of the menu’s call to %s: “%s”', async (found, last, left) => {
  const entry = (number: string) =>
    ({ key: `key-${number}`, number, clickedAt: 1, surface: 'menu', site: null, sentAt: 1, outcome: null }) as const;
  await callJournalItem.setValue([entry('A'), entry('B')]);
  await menuCallItem.setValue(last && `key-${last}`);
  text = found;
  await showFolded('A', 'called a moment ago');
  expect([text, title]).toEqual([left, left === '!' ? 'called a moment ago' : '']);
});

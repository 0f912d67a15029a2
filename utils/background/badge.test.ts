import { afterEach, beforeEach, expect, it, vi } from 'vitest';
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
afterEach(() => vi.useRealTimers());
const know = (count: number) => missedItem.setValue({ relayUrl: 'r', count, ids: [], completeTo: 1 });

it.each([
  [0, '', 'Dialside'],
  [1, '1', '1 number to call back: missed, or asked to be called later'],
  [12, '12', '12 numbers to call back: missed, or asked to be called later'],
  [100, '99+', '100 numbers to call back: missed, or asked to be called later'],
])('%d to call back: “%s”', async (count, expected, sentence) => {
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
  ['failed', 3, 59_000, '!'],
  ['failed', 3, 60_000, '3'],
  ['failed', 0, 60_000, ''],
  ['failed', 3, -60_000, '3'],
  ['placing', 3, 3_600_000, '…'],
  ['accepted', 3, 9_000, '✓'],
  ['accepted', 3, 10_000, '3'],
  ['accepted', 0, 10_000, ''],
] as const)('over a call that is %s, with %d missed and %d ms later: “%s”', async (look, count, later, left) => {
  vi.useFakeTimers({ now: 1_780_000_000_000, toFake: ['Date', 'setTimeout'] });
  await know(count);
  await showBadge(look, 'a sentence');
  const shown = text;
  await showMissedBadge();
  expect(text).toBe(shown);
  // By a background that started since, too.
  vi.resetModules();
  const again = await import('./badge.ts');
  await again.showMissedBadge(Date.now() + later);
  expect(text).toBe(left);
});

it.each([
  ['failed', '3'],
  ['placing', '…'],
  ['accepted', '3'],
] as const)('of a call that is %s, once the popup was opened: “%s”', async (look, left) => {
  await know(3);
  await showBadge(look, 'a sentence');
  await clearBadge();
  expect(text).toBe(left);
});

it.each([
  ['accepted', '✓', 10_000],
  ['failed', '!', 60_000],
] as const)('of a call that is %s goes by itself, also where nothing else looks at the button', async (look, shown, ms) => {
  vi.useFakeTimers();
  await showBadge(look, 'a sentence');
  await vi.advanceTimersByTimeAsync(ms - 100);
  expect(text).toBe(shown);
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

it.each([
  ['failed', 1],
  ['accepted', 0.5],
  ['placing', undefined],
] as const)(
  'of a call that is %s an alarm ends it, if the background is ended first, after %s minutes',
  async (look, minutes) => {
    const create = vi.spyOn(fakeBrowser.alarms, 'create');
    await showBadge(look, 'a sentence');
    expect(create.mock.calls).toEqual(minutes ? [['sign', { delayInMinutes: minutes }]] : []);
  },
);

import { beforeEach, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { Me } from '../../relay/contract.ts';
import type { Sites } from '../sites/create-sites.ts';
import { agentSettingsItem, languageItem, pagesStartedItem, sessionItem } from '../storage.ts';
import type { Handle } from './create-handle.ts';
import { registerSites } from './register-sites.ts';

const tabs = [
  { id: 11, windowId: 1, url: 'https://crm.example/deals' },
  { id: 12, windowId: 2, url: 'https://shop.example/' },
  { id: 13, windowId: 3, url: 'chrome://extensions' },
];
const lastFocused = 2;

function setUp(renew = async () => {}, restore = async () => {}, revive = (_tabId: number) => {}, reconcile = async () => {}) {
  const noEvent = { addListener() {} };
  Object.assign(fakeBrowser, { permissions: { onAdded: noEvent, onRemoved: noEvent } });
  vi.spyOn(fakeBrowser.tabs, 'query').mockImplementation((async ({ windowId, lastFocusedWindow }: Record<string, unknown>) =>
    tabs.filter((tab) => tab.windowId === (lastFocusedWindow ? lastFocused : windowId))) as never);
  const handlers: Record<string, (data: unknown) => Promise<unknown>> = {};
  const handle = ((name: string, handler: (data: unknown) => Promise<unknown>) => {
    handlers[name] = handler;
  }) as unknown as Handle;
  const sites = {
    isEnabled: async (origin: string) => origin.includes('crm'),
    listEnabled: async () => [],
    reconcile,
    renew,
    restore,
    revive,
  };
  registerSites(handle, sites as unknown as Sites);
  return handlers;
}
beforeEach(() => fakeBrowser.reset());

it.each([
  ['its own window, whichever was used last', 1, { origin: 'https://crm.example', enabled: true }, [11]],
  ['its own window without a page', 3, { origin: null, enabled: false }, []],
  ['the window used last, where it has none of its own', undefined, { origin: 'https://shop.example', enabled: false }, []],
])('a view is told of the site of %s, whose page is looked after where it is on', async (_, windowId, value, revived) => {
  const revive = vi.fn();
  expect(await setUp(undefined, undefined, revive).getActiveSite?.({ windowId })).toEqual({ ok: true, value });
  expect(revive.mock.calls.flat()).toEqual(revived);
});

const connected = (homeRegion: string, { name = 'An', id = 'a1', relayUrl = 'https://r.example' } = {}) => ({
  relayUrl,
  me: { agent: { id, name }, policy: { homeRegion, regions: [homeRegion] } } as unknown as Me,
  meAt: 1,
});
it.each<[string, change: () => Promise<void>, times: number]>([
  ['another language', () => languageItem.setValue('vi'), 1],
  [
    'call links that ask Dialside',
    async () => agentSettingsItem.setValue({ ...(await agentSettingsItem.getValue()), telLinks: true }),
    1,
  ],
])('open pages are started anew for %s', async (_, change, times) => {
  const renew = vi.fn(async () => {});
  setUp(renew);
  await change();
  await vi.waitFor(() => expect(renew).toHaveBeenCalledTimes(times));
});

it.each<[string, times: number, now: ReturnType<typeof connected> | null]>([
  ['the relay says the same again', 0, connected('VN')],
  ['the agent is renamed', 0, connected('VN', { name: 'Bình' })],
  ['numbers are read for another country', 1, connected('SG')],
  ['the agent disconnects', 1, null],
  ['another agent connects', 1, connected('VN', { id: 'b2' })],
  ['the agent of that id is another relay’s', 1, connected('VN', { relayUrl: 'https://other.example' })],
])('when %s, open pages are started anew %d times', async (_, times, now) => {
  await sessionItem.setValue(connected('VN'));
  const renew = vi.fn(async () => {});
  setUp(renew);
  await sessionItem.setValue(now);
  await new Promise(setImmediate);
  expect(renew).toHaveBeenCalledTimes(times);
});

it('scripts are put into open pages once the extension was loaded anew, not each time its background starts', async () => {
  const restore = vi.fn(async () => {});
  const starts = async () => {
    setUp(undefined, restore);
    await vi.waitFor(async () => expect(await pagesStartedItem.getValue()).toBe(true));
    await fakeBrowser.runtime.onInstalled.trigger({ reason: 'update' } as never);
  };
  await starts();
  await starts();
  expect(restore).toHaveBeenCalledTimes(1);
  await fakeBrowser.storage.session.clear();
  await starts();
  await vi.waitFor(() => expect(restore).toHaveBeenCalledTimes(2));
});

it.each([
  ['done', async () => {}],
  ['tried', () => Promise.reject(new Error('no storage'))],
])('what is new in the sites is looked for once the start of open pages is %s, which would start them again', async (_, end) => {
  const events: string[] = [];
  vi.spyOn(console, 'error').mockImplementation(() => {});
  const restore = async () => {
    await new Promise((resolve) => setTimeout(resolve, 5));
    events.push('restore');
    await end();
  };
  setUp(undefined, restore, undefined, async () => void events.push('reconcile'));
  await vi.waitFor(() => expect(events).toEqual(['restore', 'reconcile']));
});

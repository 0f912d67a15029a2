import { beforeEach, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { Me } from '../../relay/contract.ts';
import type { Sites } from '../sites/create-sites.ts';
import { agentSettingsItem, languageItem, sessionItem } from '../storage.ts';
import type { Handle } from './create-handle.ts';
import { registerSites } from './register-sites.ts';

const tabs = [
  { windowId: 1, url: 'https://crm.example/deals' },
  { windowId: 2, url: 'https://shop.example/' },
  { windowId: 3, url: 'chrome://extensions' },
];
const lastFocused = 2;

function setUp(renew = async () => {}, restore = async () => {}) {
  const noEvent = { addListener() {} };
  Object.assign(fakeBrowser, { permissions: { onAdded: noEvent, onRemoved: noEvent } });
  vi.spyOn(fakeBrowser.tabs, 'query').mockImplementation((async ({ windowId, lastFocusedWindow }: Record<string, unknown>) =>
    tabs.filter((tab) => tab.windowId === (lastFocusedWindow ? lastFocused : windowId))) as never);
  const handlers: Record<string, (data: unknown) => Promise<unknown>> = {};
  const handle = ((name: string, handler: (data: unknown) => Promise<unknown>) => {
    handlers[name] = handler;
  }) as unknown as Handle;
  const sites = { isEnabled: async (origin: string) => origin.includes('crm'), reconcile: async () => {}, renew, restore };
  registerSites(handle, sites as unknown as Sites);
  return handlers;
}
beforeEach(() => fakeBrowser.reset());

it.each([
  ['its own window, whichever was used last', 1, { origin: 'https://crm.example', enabled: true }],
  ['its own window without a page', 3, { origin: null, enabled: false }],
  ['the window used last, where it has none of its own', undefined, { origin: 'https://shop.example', enabled: false }],
])('a view is told of the site of %s', async (_, windowId, value) => {
  expect(await setUp().getActiveSite?.({ windowId })).toEqual({ ok: true, value });
});

const connected = (homeRegion: string, name = 'An') => ({
  relayUrl: 'https://r.example',
  me: { agent: { name }, policy: { homeRegion, regions: [homeRegion] } } as unknown as Me,
  meAt: 1,
});
it.each<[string, change: () => Promise<void>, times: number]>([
  ['another language', () => languageItem.setValue('vi'), 1],
  [
    'call links that ask Dialside',
    async () => agentSettingsItem.setValue({ ...(await agentSettingsItem.getValue()), telLinks: true }),
    1,
  ],
  ['a relay in another country than numbers were read for', () => sessionItem.setValue(connected('SG')), 1],
  ['a relay in the country that numbers were read for', () => sessionItem.setValue(connected('VN')), 0],
])('open pages are started anew for %s', async (_, change, times) => {
  const renew = vi.fn(async () => {});
  setUp(renew);
  await change();
  await vi.waitFor(() => expect(renew).toHaveBeenCalledTimes(times));
});

it('open pages go on when the relay says again what they were given', async () => {
  await sessionItem.setValue(connected('SG'));
  const renew = vi.fn(async () => {});
  setUp(renew);
  await sessionItem.setValue(connected('SG', 'Bình'));
  expect(renew).not.toHaveBeenCalled();
  await sessionItem.removeValue();
  await vi.waitFor(() => expect(renew).toHaveBeenCalledTimes(1));
});

it.each([
  ['update', 1],
  ['install', 0],
  ['browser_update', 0],
])('after an %s of the extension its script is put into open pages %d times', async (reason, times) => {
  const restore = vi.fn(async () => {});
  setUp(undefined, restore);
  await fakeBrowser.runtime.onInstalled.trigger({ reason } as never);
  expect(restore).toHaveBeenCalledTimes(times);
});

import { beforeEach, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { succeed } from '../reply.ts';
import type { Sites } from '../sites/create-sites.ts';
import { wantedSiteItem } from '../storage.ts';
import type { Handle } from './create-handle.ts';
import { registerSites } from './register-sites.ts';

const tabs = [
  { windowId: 1, url: 'https://crm.example/deals' },
  { windowId: 2, url: 'https://shop.example/' },
  { windowId: 3, url: 'chrome://extensions' },
];
const lastFocused = 2;

const enable = vi.fn(async () => succeed(null));
const reconcile = vi.fn(async () => {});
let grant: (added: { origins?: string[] }) => void;

function setUp() {
  const onAdded = {
    addListener(listener: typeof grant) {
      grant = listener;
    },
  };
  Object.assign(fakeBrowser, { permissions: { onAdded, onRemoved: { addListener() {} } } });
  vi.spyOn(fakeBrowser.tabs, 'query').mockImplementation((async ({ windowId, lastFocusedWindow }: Record<string, unknown>) =>
    tabs.filter((tab) => tab.windowId === (lastFocusedWindow ? lastFocused : windowId))) as never);
  const handlers: Record<string, (data: unknown) => Promise<unknown>> = {};
  const handle = ((name: string, handler: (data: unknown) => Promise<unknown>) => {
    handlers[name] = handler;
  }) as unknown as Handle;
  const isEnabled = async (origin: string) => origin.includes('crm');
  registerSites(handle, { isEnabled, enable, reconcile } as unknown as Sites);
  return handlers;
}
beforeEach(() => {
  fakeBrowser.reset();
  enable.mockClear();
  reconcile.mockClear();
});

it.each([
  ['its own window, whichever was used last', 1, { origin: 'https://crm.example', enabled: true }],
  ['its own window without a page', 3, { origin: null, enabled: false }],
  ['the window used last, where it has none of its own', undefined, { origin: 'https://shop.example', enabled: false }],
])('a view is told of the site of %s', async (_, windowId, value) => {
  expect(await setUp().getActiveSite?.({ windowId })).toEqual({ ok: true, value });
});

const crm = 'https://crm.example:8443';
it.each([
  ['switches the site on that a popup asked for and did not live to', crm, ['https://crm.example/*'], [[crm]], null],
  ['leaves what was refused, when another site is granted', crm, ['https://relay.example/*'], [], crm],
  ['switches nothing on that nobody asked for', null, ['https://crm.example/*'], [], null],
  ['takes other permissions for none of a site', crm, undefined, [], crm],
] as const)('once the browser grants something, %s', async (_, wanted, origins, enabled, left) => {
  setUp();
  await wantedSiteItem.setValue(wanted);
  reconcile.mockClear();
  grant(origins ? { origins: [...origins] } : {});
  await vi.waitFor(() => expect(reconcile).toHaveBeenCalledOnce());
  expect(enable.mock.calls).toEqual(enabled);
  expect(await wantedSiteItem.getValue()).toBe(left);
});

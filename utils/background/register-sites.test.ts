import { beforeEach, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { Sites } from '../sites/create-sites.ts';
import type { Handle } from './create-handle.ts';
import { registerSites } from './register-sites.ts';

const tabs = [
  { windowId: 1, url: 'https://crm.example/deals' },
  { windowId: 2, url: 'https://shop.example/' },
  { windowId: 3, url: 'chrome://extensions' },
];
const lastFocused = 2;

function setUp() {
  const noEvent = { addListener() {} };
  Object.assign(fakeBrowser, { permissions: { onAdded: noEvent, onRemoved: noEvent } });
  vi.spyOn(fakeBrowser.tabs, 'query').mockImplementation((async ({ windowId, lastFocusedWindow }: Record<string, unknown>) =>
    tabs.filter((tab) => tab.windowId === (lastFocusedWindow ? lastFocused : windowId))) as never);
  const handlers: Record<string, (data: unknown) => Promise<unknown>> = {};
  const handle = ((name: string, handler: (data: unknown) => Promise<unknown>) => {
    handlers[name] = handler;
  }) as unknown as Handle;
  registerSites(handle, { isEnabled: async (origin: string) => origin.includes('crm'), reconcile: async () => {} } as Sites);
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

import { beforeEach, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { succeed } from '../reply.ts';
import { wantedSiteItem } from '../storage.ts';
import { enableWanted } from './enable-wanted.ts';

beforeEach(() => fakeBrowser.reset());

const crm = 'https://crm.example:8443';
it.each([
  ['switches the site on that a popup asked for and did not live to', crm, ['https://crm.example/*'], [[crm]], null],
  ['leaves what was refused, when another site is granted', crm, ['https://relay.example/*'], [], crm],
  ['switches nothing on that nobody asked for', null, ['https://crm.example/*'], [], null],
  ['takes other permissions for none of a site', crm, [], [], crm],
])('once the browser grants something, %s', async (_, wanted, granted, enabled, left) => {
  const enable = vi.fn(async () => succeed(null));
  await wantedSiteItem.setValue(wanted);
  await enableWanted({ enable }, granted);
  expect(enable.mock.calls).toEqual(enabled);
  expect(await wantedSiteItem.getValue()).toBe(left);
});

// @vitest-environment happy-dom
import { expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { createView } from './create-view.ts';

it.each([
  [true, async () => true],
  [false, async () => false],
  [false, () => Promise.reject(new Error('Not allowed by policy.'))],
])('answers %s for what the browser says when it is asked for a permission', async (granted, request) => {
  Object.assign(fakeBrowser, { permissions: { request } });
  const { requestHosts, requestNotifications } = await createView('en');
  expect([await requestHosts(['https://crm.example/*']), await requestNotifications()]).toEqual([granted, granted]);
});

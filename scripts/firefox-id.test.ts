import { expect, it, vi } from 'vitest';
import config from '../wxt.config.ts';

it.each([
  ['the product’s', '', 'dialside@dialside.app'],
  ['the one it was built with', 'dialside@example.vn', 'dialside@example.vn'],
])('has in Firefox the id that is %s', async (_, given, id) => {
  vi.stubEnv('DIALSIDE_FIREFOX_ID', given);
  const { manifest } = config;
  if (typeof manifest !== 'function') throw new TypeError('The manifest is no function.');
  const made = await manifest({ browser: 'firefox', command: 'build', mode: 'production', manifestVersion: 3 });
  expect(made.browser_specific_settings?.gecko?.id).toBe(id);
  vi.unstubAllEnvs();
});

import { readFileSync } from 'node:fs';
import preact from '@preact/preset-vite';
import { defineConfig } from 'wxt';
import { untrackedPaths } from './scripts/untracked-paths.ts';
import { withViewPages } from './scripts/view-pages.ts';

// Firefox's own default would turn the http of a relay on this computer into https; the rest forbids what no document needs.
const csp = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  'connect-src https: http://127.0.0.1:* http://localhost:*',
  "media-src 'self' blob: https: http://127.0.0.1:* http://localhost:*",
  "object-src 'none'",
  "frame-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

export default defineConfig({
  modules: ['@wxt-dev/webextension-polyfill'],
  imports: false,
  manifestVersion: 3,
  zip: {
    // Whoever builds from the source archive needs .gitignore for the next line; what it lists may hold secrets and stays out.
    includeSources: ['**/*', '.gitignore'],
    excludeSources: untrackedPaths(readFileSync(new URL('.gitignore', import.meta.url), 'utf8')),
  },
  vite: () => ({ plugins: [preact()] }),
  hooks: {
    'vite:build:extendConfig'(entrypoints, config) {
      const has = (name: string) => entrypoints.some((entrypoint) => entrypoint.name === name);
      if (has('popup')) config.build = withViewPages(config);
      // Each page that is switched on pays for this script's bytes, of which terser leaves fewer than the bundler's own minifier.
      if (has('page')) config.build = { ...config.build, minify: 'terser', terserOptions: { compress: { passes: 2 } } };
    },
  },
  manifest: ({ browser, command }) => ({
    name: '__MSG_extName__',
    description: '__MSG_extDescription__',
    default_locale: 'en',
    // None of these brings a question at the install; notifications are asked for where the agent wants them.
    permissions: ['storage', 'unlimitedStorage', 'scripting', 'activeTab', 'contextMenus', 'alarms'],
    optional_permissions: ['notifications'],
    optional_host_permissions: ['https://*/*', 'http://*/*'],
    action: { default_title: '__MSG_extName__' },
    // Firefox takes what a company's policy sets without a schema.
    storage: browser === 'firefox' ? undefined : { managed_schema: 'managed-schema.json' },
    commands: { _execute_action: { suggested_key: { default: 'Alt+Shift+D' } } },
    content_security_policy: command === 'build' ? { extension_pages: `script-src 'self'; ${csp}` } : undefined,
    minimum_chrome_version: browser === 'firefox' ? undefined : '126',
    browser_specific_settings:
      browser === 'firefox'
        ? {
            gecko: {
              // Mozilla signs an id for one account only.
              id: process.env.DIALSIDE_FIREFOX_ID || 'dialside@dialside.app',
              strict_min_version: '140.0',
              data_collection_permissions: { required: ['none'] },
            },
          }
        : undefined,
  }),
});

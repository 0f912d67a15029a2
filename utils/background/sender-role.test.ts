import { expect, it } from 'vitest';
import { type Sender, senderRole } from './sender-role.ts';

const ME = 'abcdefghijklmnop';
const OWN = `chrome-extension://${ME}`;
const FIREFOX = 'moz-extension://0b6f7a52-3c1e-4f0e-9d55-1f2f3a4b5c6d';
const CRM = 'https://crm.example';

const view = (path: string, more: Sender = {}): Sender => ({ id: ME, url: OWN + path, origin: OWN, ...more });
const page = (more: Sender = {}): Sender => ({ id: ME, url: `${CRM}/deals/7`, origin: CRM, tab: { id: 1 }, frameId: 0, ...more });

const rows: [name: string, sender: Sender, role: string | null, extensionOrigin?: string][] = [
  ['popup', view('/popup.html'), 'popup'],
  ['popup with query', view('/popup.html?x=1#y'), 'popup'],
  ['popup opened in a tab', view('/popup.html', { tab: { id: 1 }, frameId: 0 }), 'popup'],
  ['side panel', view('/sidepanel.html'), 'sidepanel'],
  ['options in a tab', view('/options.html', { tab: { id: 1 }, frameId: 0 }), 'options'],
  ['options without origin', { id: ME, url: `${OWN}/options.html` }, 'options'],
  ['options in Firefox', { id: ME, url: `${FIREFOX}/options.html`, origin: FIREFOX }, 'options', FIREFOX],
  ['options framed by a page', view('/options.html', { tab: { id: 1 }, frameId: 3 }), null],
  ['another own document', view('/other.html'), null],
  ['own document by a path that only ends alike', view('/x/popup.html'), null],
  ['own address, foreign origin', view('/options.html', { origin: CRM, tab: { id: 1 } }), null],
  ['own origin, foreign address', page({ origin: OWN }), null],
  ['sandboxed own document', view('/options.html', { origin: 'null' }), null],
  [
    'another extension’s document',
    { id: ME, url: 'chrome-extension://other/options.html', origin: 'chrome-extension://other' },
    null,
  ],
  ['another extension', view('/popup.html', { id: 'other' }), null],
  ['no id', { url: `${OWN}/popup.html`, origin: OWN }, null],
  ['page', page(), 'page'],
  ['frame of an enabled site', page({ frameId: 4 }), 'page'],
  ['srcdoc frame of an enabled site', page({ url: 'about:srcdoc', frameId: 4 }), 'page'],
  ['page without origin', page({ origin: undefined }), 'page'],
  ['page of a site that is not enabled', page({ url: 'https://evil.example/', origin: 'https://evil.example' }), null],
  ['page of an enabled host, other port', page({ url: `${CRM}:8443/`, origin: `${CRM}:8443` }), null],
  ['sandboxed frame of an enabled site', page({ origin: 'null' }), null],
  ['enabled address, foreign origin', page({ origin: 'https://evil.example' }), null],
  ['page without a tab', page({ tab: undefined }), null],
  ['file', page({ url: 'file:///tmp/a.html', origin: 'file://' }), null],
  ['page whose path looks like ours', page({ url: 'https://evil.example/popup.html', origin: 'https://evil.example' }), null],
  ['nothing', {}, null],
  ['no address', { id: ME }, null],
  ['a malformed address', { id: ME, url: 'nowhere' }, null],
];
it.each(rows)('%s', async (_, sender, role, extensionOrigin = OWN) => {
  const known = await senderRole(sender, { extensionId: ME, extensionOrigin, isEnabled: async (origin) => origin === CRM });
  expect(known?.role ?? null).toBe(role);
  expect(known?.page ?? null).toBe(role === 'page' ? sender.url : null);
  if (known) expect(known.site).toBe(role === 'page' ? 'crm.example' : null);
});

it.each([
  ['the address of its tab', { url: `${CRM}/tab` }, `${CRM}/tab`],
  ['none in a private window', { url: `${CRM}/tab`, incognito: true }, null],
])('tells of a page %s', async (_, tab, address) => {
  const known = await senderRole(page({ tab }), { extensionId: ME, extensionOrigin: OWN, isEnabled: async () => true });
  expect(known?.page).toBe(address);
});

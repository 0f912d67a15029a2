import { afterEach, expect, it, vi } from 'vitest';
import { createCardPort } from './create-card-port.ts';

afterEach(() => vi.unstubAllGlobals());

it.each([
  ['a page', 'https://crm.example:8443/deals', 'https://crm.example:8443'],
  ['a frame without its own address', 'about:srcdoc', 'https://crm.example:8443'],
])('asks in %s whether to leave the site whose origin it has', (_, address, origin) => {
  vi.stubGlobal('location', new URL(address));
  vi.stubGlobal('self', { origin });
  expect(createCardPort(() => {}).site).toBe('crm.example:8443');
});

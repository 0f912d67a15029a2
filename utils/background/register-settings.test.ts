import { beforeEach, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { MessageData } from '../messages.ts';
import { agentSettingsItem } from '../storage.ts';
import type { Handle } from './create-handle.ts';
import { registerSettings } from './register-settings.ts';

const handlers: Record<string, (data: unknown) => Promise<unknown>> = {};
const removed: ((gone: { permissions?: string[] }) => void)[] = [];
Object.assign(fakeBrowser, {
  permissions: { onRemoved: { addListener: (listener: (typeof removed)[number]) => removed.push(listener) } },
});
registerSettings(((name: string, handler: (data: unknown) => Promise<unknown>) => {
  handlers[name] = handler;
}) as unknown as Handle);
const template = 'https://crm.example/?q={number}';

beforeEach(() => fakeBrowser.reset());

const rows: [change: MessageData<'setAgentSettings'>, ok: boolean, crmSearch: string, badge: boolean][] = [
  [{ badge: false }, true, '', false],
  [{ crmSearch: ` ${template} ` }, true, template, true],
  [{ crmSearch: 'https://crm.example/', badge: false }, false, '', true],
  [{ crmSearch: '' }, true, '', true],
];
it.each(rows)('%j', async (change, ok, crmSearch, badge) => {
  expect(await handlers.setAgentSettings?.(change)).toMatchObject(ok ? { ok } : { ok, error: { code: 'crm_template_invalid' } });
  expect(await agentSettingsItem.getValue()).toMatchObject({ crmSearch, badge, notifyMissed: false });
});

it('keeps both of two changes that come at once, as to a worker that had to start first', async () => {
  await Promise.all([handlers.setAgentSettings?.({ badge: false }), handlers.setAgentSettings?.({ telLinks: true })]);
  expect(await agentSettingsItem.getValue()).toMatchObject({ badge: false, telLinks: true });
});

it('tells of calls no longer once the browser took the permission away, whatever else was removed before', async () => {
  const wishes = { notifyMissed: true, notifyIncoming: true, telLinks: true };
  await handlers.setAgentSettings?.(wishes);
  removed[0]?.({ permissions: [] });
  await handlers.setAgentSettings?.({});
  expect(await agentSettingsItem.getValue()).toMatchObject(wishes);
  removed[0]?.({ permissions: ['notifications'] });
  await handlers.setAgentSettings?.({});
  expect(await agentSettingsItem.getValue()).toMatchObject({ notifyMissed: false, notifyIncoming: false, telLinks: true });
});

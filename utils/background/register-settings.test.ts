import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { MessageData } from '../messages.ts';
import { agentSettingsItem, companyCrmSearchItem } from '../storage.ts';
import type { Handle } from './create-handle.ts';
import { registerSettings } from './register-settings.ts';

const handlers: Record<string, (data: unknown) => Promise<unknown>> = {};
const removed: ((gone: { permissions?: string[] }) => void)[] = [];
Object.assign(fakeBrowser, {
  permissions: {
    onAdded: { addListener() {} },
    onRemoved: { addListener: (listener: (typeof removed)[number]) => removed.push(listener) },
  },
});
const handle = ((name: string, handler: (data: unknown) => Promise<unknown>) => {
  handlers[name] = handler;
}) as unknown as Handle;
const template = 'https://crm.example/?q={number}';

beforeEach(() => {
  fakeBrowser.reset();
  removed.length = 0;
  registerSettings(handle);
});

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

describe('the search that the company’s policy sets', () => {
  const [own, company, newer] = ['own', 'company', 'newer'].map((name) => `https://${name}.example/?q={number}`) as [
    string,
    string,
    string,
  ];
  const setPolicy = async (policy: Record<string, unknown>) => {
    await fakeBrowser.storage.managed.clear();
    await fakeBrowser.storage.managed.set({ ...policy });
    // Whatever change of it comes last.
    await handlers.setAgentSettings?.({});
  };
  type Step = { policy?: Record<string, unknown>; typed?: string };
  it.each<[string, string, ...Step[]]>([
    ['applies', company, { policy: { crmSearch: company } }],
    ['is followed', newer, { policy: { crmSearch: company } }, { policy: { crmSearch: newer } }],
    ['goes with the policy', '', { policy: { crmSearch: company } }, { policy: {} }],
    ['yields to the agent’s own from before', own, { typed: own }, { policy: { crmSearch: company } }],
    ['yields to the agent’s own', own, { policy: { crmSearch: company } }, { typed: own }, { policy: { crmSearch: newer } }],
    [
      'yields to an agent who wants none',
      '',
      { policy: { crmSearch: company } },
      { typed: '' },
      { policy: { crmSearch: newer } },
    ],
    ['applies where it is locked', company, { typed: own }, { policy: { crmSearch: company, crmSearchLocked: true } }],
    ['stays where it is locked', company, { policy: { crmSearch: company, crmSearchLocked: true } }, { typed: own }],
    ['is left out where it is malformed', own, { typed: own }, { policy: { crmSearch: 'crm', crmSearchLocked: true } }],
  ])('%s', async (_, expected, ...steps) => {
    for (const { policy, typed } of steps) {
      if (policy) await setPolicy(policy);
      if (typed !== undefined) await handlers.setAgentSettings?.({ crmSearch: typed });
    }
    expect((await agentSettingsItem.getValue()).crmSearch).toBe(expected);
  });

  it('is not waited for: a browser that has just started takes seconds to read it', async () => {
    vi.spyOn(fakeBrowser.storage.managed, 'get').mockReturnValue(new Promise(() => {}) as never);
    const fresh: typeof handlers = {};
    registerSettings(((name: string, handler: (data: unknown) => Promise<unknown>) => {
      fresh[name] = handler;
    }) as unknown as Handle);
    expect(await fresh.getAgentSettings?.(undefined)).toMatchObject({ ok: true, value: { crmSearch: '' } });
  });

  it('applies as soon as it is read, without being asked for', async () => {
    await fakeBrowser.storage.managed.set({ crmSearch: company });
    registerSettings((() => {}) as unknown as Handle);
    await vi.waitFor(async () => expect((await agentSettingsItem.getValue()).crmSearch).toBe(company));
  });

  it('changes nothing when the browser cannot read policies', async () => {
    await handlers.setAgentSettings?.({ crmSearch: own });
    vi.spyOn(fakeBrowser.storage.managed, 'get').mockRejectedValueOnce(new Error('Managed storage manifest not found'));
    expect(await handlers.setAgentSettings?.({ badge: false })).toMatchObject({ ok: true, value: { crmSearch: own } });
    expect(await companyCrmSearchItem.getValue()).toBe('');
  });
});

import { describe, expect, it, vi } from 'vitest';
import { fail, succeed } from '../../utils/reply.ts';
import { wantedSiteItem } from '../../utils/storage.ts';
import { fakeSend } from '../testing/fake-view.ts';
import { createSiteSwitch } from './site-switch-store.ts';

const origin = 'https://crm.example.com:8443';
const site = (enabled: boolean) => succeed({ origin, enabled });

async function open(enabled: boolean, granted: boolean, answers: Parameters<typeof fakeSend>[0] = {}) {
  const { send, sent } = fakeSend({ getActiveSite: site(enabled), enableSite: site(true), disableSite: site(false), ...answers });
  const requestHosts = vi.fn(async (_: string[]) => granted);
  const model = createSiteSwitch({ send, requestHosts, ownWindow: async () => undefined });
  await model.refresh();
  return { model, requestHosts, names: () => sent.map(({ name }) => name) };
}

describe('createSiteSwitch', () => {
  it('asks for the site’s permission within the click, then switches it on', async () => {
    const { model, requestHosts, names } = await open(false, true);
    const done = model.toggle();
    expect(requestHosts).toHaveBeenCalledWith(['https://crm.example.com/*']);
    await done;
    expect(names()).toEqual(['getActiveSite', 'enableSite']);
    expect(model.store.getState()).toMatchObject({ site: { enabled: true }, failure: null, busy: false });
  });

  it.each([true, false])('leaves word of what is wanted only while the browser asks: allowed %j', async (granted) => {
    const asked = Promise.withResolvers<boolean>();
    const { model, requestHosts } = await open(false, granted);
    requestHosts.mockReturnValue(asked.promise);
    const done = model.toggle();
    await vi.waitFor(async () => expect(await wantedSiteItem.getValue()).toBe(origin));
    asked.resolve(granted);
    await done;
    await vi.waitFor(async () => expect(await wantedSiteItem.getValue()).toBeNull());
  });

  it('asks for the site of its own window', async () => {
    const { send, sent } = fakeSend({ getActiveSite: site(true) });
    for (const windowId of [7, undefined])
      await createSiteSwitch({ send, requestHosts: async () => true, ownWindow: async () => windowId }).refresh();
    expect(sent.map(({ data }) => data)).toEqual([{ windowId: 7 }, { windowId: undefined }]);
  });

  it('lets no late answer of the tab before stand for the one in front', async () => {
    const late = Promise.withResolvers<ReturnType<typeof site>>();
    const answers = [site(false), () => late.promise, succeed({ origin: 'https://other.example', enabled: true })];
    const { model } = await open(false, true, { getActiveSite: answers });
    const first = model.refresh();
    await model.refresh();
    late.resolve(site(false));
    await first;
    expect(model.store.getState().site).toEqual({ origin: 'https://other.example', enabled: true });
  });

  it('stays off when the browser refuses, and says so', async () => {
    const { model, names } = await open(false, false);
    await model.toggle();
    expect(names()).toEqual(['getActiveSite']);
    expect(model.store.getState()).toMatchObject({ site: { enabled: false }, failure: { code: 'site_permission_missing' } });
  });

  it('switches off without asking', async () => {
    const { model, requestHosts } = await open(true, false);
    await model.toggle();
    expect(requestHosts).not.toHaveBeenCalled();
    expect(model.store.getState().site?.enabled).toBe(false);
  });

  it('does nothing where no script can run', async () => {
    const { model, names } = await open(false, true, { getActiveSite: succeed({ origin: null, enabled: false }) });
    await model.toggle();
    expect(names()).toEqual(['getActiveSite']);
  });

  it('tells what the background answers', async () => {
    const { model } = await open(false, true, { enableSite: fail('relay_timeout') });
    await model.toggle();
    expect(model.store.getState().failure?.code).toBe('relay_timeout');
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { fail, succeed } from '../reply.ts';
import { chosenSitesItem, refusedSitesItem } from '../storage.ts';
import { createCompanySites } from './company-sites.ts';

const CRM = 'https://crm.example.vn';
const SHOP = 'https://shop.example.vn';

/** Sites of a browser that has granted `granted` so far. */
function setUp(...granted: string[]) {
  const grants = new Set(granted);
  const enabled: string[] = [];
  const chosen = () => chosenSitesItem.getValue();
  const sites = {
    listEnabled: async () => (await chosen()).filter((one) => grants.has(one)),
    enable: async (origin: string) => {
      if (!grants.has(origin)) return fail('site_permission_missing');
      enabled.push(origin);
      await chosenSitesItem.setValue([...new Set([...(await chosen()), origin])]);
      return succeed(null);
    },
  };
  const { adopt } = createCompanySites(sites as Parameters<typeof createCompanySites>[0]);
  const awaited = async () => (await adopt()).awaitedSites;
  return { adopt, awaited, grants, enabled, switchOff: async () => chosenSitesItem.setValue([]) };
}
const list = (...sites: string[]) => fakeBrowser.storage.managed.set({ sites });
beforeEach(() => fakeBrowser.reset());

describe('the sites of the company’s policy', () => {
  it('are none without one', async () => {
    expect(await setUp().adopt()).toEqual({
      relayUrl: null,
      sites: [],
      awaitedSites: [],
      crmSearchLocked: false,
      faults: [],
    });
  });

  it('are enabled as the browser grants them, and awaited until then', async () => {
    await list(CRM, SHOP);
    const { awaited, grants, enabled } = setUp(CRM);
    expect([await awaited(), enabled]).toEqual([[SHOP], [CRM]]);
    grants.add(SHOP);
    expect([await awaited(), enabled]).toEqual([[], [CRM, SHOP]]);
  });

  it('are enabled once, also when two ask at a time', async () => {
    await list(CRM);
    const { adopt, enabled } = setUp(CRM);
    await Promise.all([adopt(), adopt()]);
    expect(enabled).toEqual([CRM]);
  });

  it('stay off, and are not asked for, where the agent switched one off', async () => {
    await list(CRM);
    const { awaited, switchOff, grants, enabled } = setUp(CRM);
    await awaited();
    await switchOff();
    expect(await awaited()).toEqual([]);
    grants.clear();
    expect([await awaited(), enabled]).toEqual([[], [CRM]]);
  });

  it('stay off where the agent switched one off before the policy named it', async () => {
    const { awaited, enabled } = setUp(CRM, SHOP);
    await refusedSitesItem.setValue([CRM]);
    await list(CRM, SHOP);
    expect([await awaited(), enabled]).toEqual([[], [SHOP]]);
    // Nor once nothing is refused any more, as after “all sites” was switched off.
    await refusedSitesItem.setValue([]);
    expect([await awaited(), enabled]).toEqual([[], [SHOP]]);
  });

  it('are asked for again where the browser took the permission away', async () => {
    await list(CRM);
    const { awaited, grants } = setUp(CRM);
    await awaited();
    grants.clear();
    expect(await awaited()).toEqual([CRM]);
  });

  it('stay off although the policy was away meanwhile, as while a browser starts', async () => {
    const { awaited, switchOff, enabled } = setUp(CRM);
    await list(CRM);
    await awaited();
    await switchOff();
    await list();
    await awaited();
    await list(CRM);
    expect([await awaited(), enabled]).toEqual([[], [CRM]]);
  });
});

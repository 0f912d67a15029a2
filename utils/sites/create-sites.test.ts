import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createSites, type SitesDeps } from './create-sites.ts';

const CRM = 'https://crm.example';
const LOCAL = 'http://127.0.0.1:3000';
const OTHER_PORT = 'http://127.0.0.1:4000';

interface Script {
  id: string;
  matches?: string[];
}
/**
 * In-memory permissions, content script registry and tabs of a browser; like a real one it silently registers scripts for sites
 * without permission. Tab 98 never answers: a dialog blocks its page, or one of its frames loads for ever.
 */
function setUp({
  granted = [] as string[],
  chosen = [] as string[],
  refused = [] as string[],
  registered = [] as Script[],
  tabs = [] as { id: number; url?: string }[],
  reserved = [] as string[],
  isFirefox = false,
} = {}) {
  const grants = new Set(granted);
  let scripts = registered;
  let origins = chosen;
  let barred = refused;
  const injected: number[] = [];
  const styled: number[] = [];
  const answer = (tab: number) => (tab === 98 ? new Promise<never>(() => {}) : Promise.resolve());
  const told: { tab: number; enabled: string[]; isAnew?: boolean }[] = [];
  const calls: string[] = [];
  const deps = {
    permissions: {
      contains: async ({ origins: asked = [] }) =>
        asked.every((pattern: string) => grants.has(pattern) || grants.has(`${pattern.split('://')[0]}://*/*`)),
      getAll: async () => ({ origins: [...grants] }),
      // Chromium also removes what the pattern covers.
      remove: async ({ origins: [gone = ''] }: { origins: string[] }) => {
        for (const one of grants) if (one === gone || (!isFirefox && one.startsWith(gone.replace('*/*', '')))) grants.delete(one);
        return true;
      },
    },
    scripting: {
      getRegisteredContentScripts: async () => scripts,
      registerContentScripts: async (added: Script[]) => {
        if (scripts.length > 0) throw new Error('Duplicate script ID');
        calls.push('register');
        scripts = added;
      },
      updateContentScripts: async (changed: Script[]) => {
        if (scripts.length === 0) throw new Error('Nonexistent script ID');
        calls.push('update');
        scripts = changed;
      },
      unregisterContentScripts: async () => {
        if (scripts.length === 0) throw new Error('Nonexistent script ID');
        calls.push('unregister');
        scripts = [];
      },
      insertCSS: ({ target }: { target: { tabId: number } }) => {
        styled.push(target.tabId);
        return answer(target.tabId);
      },
      executeScript: async ({ target, func }: { target: { tabId: number }; func?: () => Promise<boolean> }) => {
        if (target.tabId === 99) throw new Error('Frame with ID 0 is showing error page');
        if (func) {
          await answer(target.tabId);
          return [{ result: await func() }];
        }
        injected.push(target.tabId);
        return answer(target.tabId);
      },
    },
    tabs: {
      query: async ({ url }: { url?: string }) =>
        tabs.filter((tab) => !url || (tab.url && ['*', new URL(tab.url).hostname].includes(new URL(url).hostname))),
      sendMessage: async (tab: number, { enabled, isAnew }: { enabled: string[]; isAnew: boolean }) => {
        told.push({ tab, enabled, ...(isAnew && { isAnew }) });
        await answer(tab);
        throw new Error('Receiving end does not exist');
      },
    },
    chosen: {
      getValue: async () => origins,
      setValue: async (next: string[]) => {
        origins = next;
      },
    },
    refused: {
      getValue: async () => barred,
      setValue: async (next: string[]) => {
        barred = next;
      },
    },
    reservedPatterns: async () => reserved,
    isFirefox,
  };
  return {
    sites: createSites(deps as unknown as SitesDeps),
    grants,
    injected,
    styled,
    told,
    calls,
    matches: () => scripts[0]?.matches,
    chosen: () => origins,
  };
}

describe('restore', () => {
  it.each([
    ['of an enabled site alone', [CRM], [], [1, 2]],
    ['of all sites but a refused one', ['https://*', CRM], ['https://other.example'], [1, 2, 5]],
    ['of none', [], [], []],
  ] as [string, string[], string[], number[]][])(
    'starts the script in open tabs %s, once each',
    async (_, chosen, refused, ids) => {
      const { sites, injected, styled } = setUp({
        granted: chosen.map((origin) => (origin === 'https://*' ? 'https://*/*' : `${origin}/*`)),
        chosen,
        refused,
        tabs: [
          { id: 1, url: `${CRM}/deals` },
          { id: 2, url: `${CRM}/tasks` },
          { id: 3, url: 'https://other.example/' },
          { id: 4 },
          { id: 5, url: 'https://third.example/' },
          { id: 99, url: `${CRM}/gone` },
        ],
      });
      await sites.restore();
      expect([injected.toSorted(), styled.filter((id) => id !== 99).toSorted()]).toEqual([ids, ids]);
    },
  );
});

describe('renew', () => {
  it('tells the scripts of every tab, whatever site is in front of their frames, and starts none where there is none', async () => {
    const tabs = [{ id: 1, url: `${CRM}/deals` }, { id: 3, url: 'https://around.example/' }, { id: 98 }];
    const { sites, injected, told } = setUp({ granted: [`${CRM}/*`], chosen: [CRM, LOCAL], tabs });
    await sites.renew();
    expect(told).toEqual([1, 3, 98].map((tab) => ({ tab, enabled: [CRM], isAnew: true })));
    expect(injected).toEqual([]);
  });
});

describe('revive', () => {
  const running = new AbortController();
  const stopped = new AbortController();
  stopped.abort();
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => {
    vi.useRealTimers();
    globalThis.dialsidePage = undefined;
  });
  it.each([
    ['in which none ever ran', 1, undefined, [1]],
    ['in which it was stopped', 1, stopped, [1]],
    ['in which it runs', 1, running, []],
    ['that shows an error', 99, undefined, []],
    ['that does not answer', 98, undefined, []],
  ])('starts the script in a tab %s', async (_, tab, script, ids) => {
    globalThis.dialsidePage = script;
    const { sites, injected, styled } = setUp();
    sites.revive(tab);
    await vi.advanceTimersByTimeAsync(1);
    expect([injected, styled]).toEqual([ids, ids]);
  });
  it('leaves a page alone that has just loaded and starts it by itself', async () => {
    const { sites, injected } = setUp();
    sites.revive(1);
    await Promise.resolve();
    globalThis.dialsidePage = running;
    await vi.advanceTimersByTimeAsync(1);
    expect(injected).toEqual([]);
  });
});

describe('enable', () => {
  it('refuses what the browser has not granted, and registers nothing', async () => {
    const { sites, calls, chosen } = setUp();
    expect(await sites.enable(CRM)).toMatchObject({ ok: false, error: { code: 'site_permission_missing' } });
    expect([calls, chosen()]).toEqual([[], []]);
  });

  it('registers one script and starts it in the open tabs of that origin alone', async () => {
    const tabs = [
      { id: 1, url: `${LOCAL}/a` },
      { id: 2, url: `${OTHER_PORT}/a` },
      { id: 3, url: 'https://elsewhere.example/' },
      { id: 99, url: `${LOCAL}/b` },
      { id: 4 },
    ];
    const { sites, matches, injected } = setUp({ granted: ['http://127.0.0.1/*'], tabs });
    expect(await sites.enable(LOCAL)).toEqual({ ok: true, value: null });
    expect(matches()).toEqual(['http://127.0.0.1/*']);
    expect(injected).toEqual([1]);
  });

  it('adds to the registered script', async () => {
    const { sites, matches, calls } = setUp({ granted: [`${CRM}/*`, 'https://b.example/*'] });
    await sites.enable(CRM);
    await sites.enable('https://b.example');
    await sites.enable(CRM);
    expect([matches(), calls]).toEqual([
      ['https://b.example/*', `${CRM}/*`],
      ['register', 'update'],
    ]);
  });
});

describe('disable', () => {
  const both = {
    granted: ['http://127.0.0.1/*', `${CRM}/*`],
    chosen: [LOCAL, CRM],
    registered: [{ id: 'page', matches: ['http://127.0.0.1/*', `${CRM}/*`] }],
  };

  it('gives the permission back and tells the tabs what is still enabled', async () => {
    const { sites, grants, matches, told } = setUp({ ...both, tabs: [{ id: 1 }, { id: 2 }] });
    await sites.disable(CRM);
    expect([...grants]).toEqual(['http://127.0.0.1/*']);
    expect(matches()).toEqual(['http://127.0.0.1/*']);
    expect(told).toEqual([
      { tab: 1, enabled: [LOCAL] },
      { tab: 2, enabled: [LOCAL] },
    ]);
  });

  it.each([
    { name: 'another chosen origin needs', chosen: [LOCAL, OTHER_PORT], reserved: [] },
    { name: 'the relay needs', chosen: [LOCAL], reserved: ['http://127.0.0.1/*'] },
  ])('keeps a permission that $name', async ({ chosen, reserved }) => {
    const { sites, grants } = setUp({ ...both, chosen, reserved });
    await sites.disable(LOCAL);
    expect(grants.has('http://127.0.0.1/*')).toBe(true);
    expect(await sites.isEnabled(LOCAL)).toBe(false);
  });
});

describe('all sites, given up', () => {
  const all = 'https://*/*';
  const own = `${CRM}/*`;
  const relay = 'https://r.example/*';
  it.each([
    { name: 'are granted no more', isFirefox: false, granted: [all], named: [], reserved: [], left: [] },
    { name: 'are granted no more', isFirefox: true, granted: [all], named: [], reserved: [], left: [] },
    {
      name: 'stay granted, or a site would lose its grant',
      isFirefox: false,
      granted: [all, own],
      named: [CRM],
      reserved: [],
      left: [all, own],
    },
    { name: 'leave what was granted by itself', isFirefox: true, granted: [all, own], named: [CRM], reserved: [], left: [own] },
    {
      name: 'stay granted for a site without its own grant',
      isFirefox: true,
      granted: [all],
      named: [CRM],
      reserved: [],
      left: [all],
    },
    {
      name: 'stay granted for the relay',
      isFirefox: false,
      granted: [all, relay],
      named: [],
      reserved: [relay],
      left: [all, relay],
    },
    {
      name: 'leave the relay its own grant',
      isFirefox: true,
      granted: [all, relay],
      named: [],
      reserved: [relay],
      left: [relay],
    },
    { name: 'stay granted for a relay without one', isFirefox: true, granted: [all], named: [], reserved: [relay], left: [all] },
    {
      name: 'stay granted for nothing that they do not cover',
      isFirefox: false,
      granted: [all],
      named: [LOCAL],
      reserved: [],
      left: [],
    },
  ])('$name (in Firefox $isFirefox)', async ({ isFirefox, granted, named, reserved, left }) => {
    const { sites, grants } = setUp({ granted, chosen: ['https://*', ...named], reserved, isFirefox });
    await sites.disable('https://*');
    expect([[...grants], await sites.isEnabled('https://b.example')]).toEqual([left, false]);
    // Nor are they any more once the last site that needed them is gone.
    for (const origin of named) await sites.disable(origin);
    expect([...grants]).toEqual(reserved.length > 0 ? left : []);
  });
});

describe('a site refused while all are chosen', () => {
  const all = { granted: ['https://*/*'], chosen: ['https://*'], tabs: [{ id: 1, url: `${CRM}/a` }] };
  const onAll = { ...all, registered: [{ id: 'page', matches: ['https://*/*'] }] };

  it('is refused until it is enabled by name, and no other origin of its host with it', async () => {
    const { sites, grants, calls, injected, told } = setUp(onAll);
    await sites.disable(CRM);
    expect(await Promise.all([CRM, `${CRM}:8443`, 'https://b.example'].map(sites.isEnabled))).toEqual([false, true, true]);
    expect([calls, [...grants], told.length]).toEqual([[], ['https://*/*'], 1]);
    await sites.enable(CRM);
    expect([await sites.isEnabled(CRM), injected]).toEqual([true, [1]]);
  });

  it('is left alone when all are chosen again', async () => {
    const tabs = [...all.tabs, { id: 2, url: 'https://b.example/' }];
    const { sites, injected } = setUp({ ...all, chosen: [], refused: [CRM], tabs });
    await sites.enable('https://*');
    expect(injected).toEqual([2]);
  });
});

it('a tab that never answers holds up no switching', async () => {
  const tabs = [98, 1].map((id) => ({ id, url: `${CRM}/deals` }));
  const { sites, grants, injected, styled, told } = setUp({ granted: [`${CRM}/*`], tabs });
  expect(await sites.enable(CRM)).toEqual({ ok: true, value: null });
  await sites.restore();
  expect([injected, styled]).toEqual([
    [98, 1, 98, 1],
    [98, 1, 98, 1],
  ]);
  grants.clear();
  await sites.reconcile();
  await sites.disable(CRM);
  expect(told.map(({ tab }) => tab)).toEqual([98, 1, 98, 1]);
});

describe('reconcile', () => {
  const script = (...matches: string[]) => [{ id: 'page', matches }];
  it.each([
    { name: 'nothing', granted: [], chosen: [], registered: [], expected: undefined, calls: [] },
    {
      name: 'chosen and granted, lost by an update',
      granted: [`${CRM}/*`],
      chosen: [CRM],
      registered: [],
      expected: [`${CRM}/*`],
      calls: ['register'],
    },
    { name: 'in order', granted: [`${CRM}/*`], chosen: [CRM], registered: script(`${CRM}/*`), expected: [`${CRM}/*`], calls: [] },
    {
      name: 'grant taken away',
      granted: [],
      chosen: [CRM],
      registered: script(`${CRM}/*`),
      expected: undefined,
      calls: ['unregister'],
    },
    {
      name: 'one grant of two taken away',
      granted: [`${CRM}/*`],
      chosen: [CRM, LOCAL],
      registered: script('http://127.0.0.1/*', `${CRM}/*`),
      expected: [`${CRM}/*`],
      calls: ['update'],
    },
    { name: 'granted, never chosen', granted: [`${CRM}/*`], chosen: [], registered: [], expected: undefined, calls: [] },
    {
      name: 'all sites granted, one chosen',
      granted: ['https://*/*'],
      chosen: [CRM],
      registered: [],
      expected: [`${CRM}/*`],
      calls: ['register'],
    },
    {
      name: 'all sites chosen',
      granted: ['https://*/*'],
      chosen: ['https://*'],
      registered: [],
      expected: ['https://*/*'],
      calls: ['register'],
    },
  ])('$name', async ({ granted, chosen, registered, expected, calls }) => {
    const world = setUp({ granted, chosen, registered, tabs: [{ id: 1 }] });
    await world.sites.reconcile();
    expect(world.matches()).toEqual(expected);
    expect(world.calls).toEqual(calls);
    expect(world.told).toHaveLength(calls.length);
  });

  it('starts the script again in the open tabs of a site that was granted anew, and of no other', async () => {
    const tabs = [
      { id: 1, url: `${CRM}/deals` },
      { id: 2, url: `${LOCAL}/a` },
    ];
    const { sites, grants, injected } = setUp({ granted: [`${CRM}/*`, 'http://127.0.0.1/*'], chosen: [CRM, LOCAL], tabs });
    await sites.enable(LOCAL);
    expect(injected).toEqual([2]);
    grants.delete(`${CRM}/*`);
    await sites.reconcile();
    grants.add(`${CRM}/*`);
    await sites.reconcile();
    await sites.reconcile();
    expect(injected).toEqual([2, 1]);
  });

  it('leaves an empty registry alone when sites are refused that all sites no longer cover', async () => {
    const refused = ['https://other.example'];
    const { sites, calls, told } = setUp({ chosen: [CRM], refused, tabs: [{ id: 1 }] });
    await sites.reconcile();
    expect([calls, told]).toEqual([[], []]);
    expect(await sites.disable(CRM)).toEqual({ ok: true, value: null });
    expect([calls, told.length]).toEqual([[], 1]);
  });

  it('holds over 50 cycles of grant and revoke that overlap', async () => {
    const { sites, grants, matches } = setUp();
    for (let cycle = 0; cycle < 50; cycle += 1) {
      grants.add(`${CRM}/*`);
      const running = [sites.enable(CRM), sites.reconcile(), sites.reconcile()];
      await Promise.all(running);
      expect(matches()).toEqual([`${CRM}/*`]);
      if (cycle % 2) await Promise.all([sites.disable(CRM), sites.reconcile()]);
      else {
        grants.clear();
        await sites.reconcile();
      }
      expect([matches(), await sites.isEnabled(CRM), await sites.listEnabled()]).toEqual([undefined, false, []]);
    }
  });
});

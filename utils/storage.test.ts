import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import * as stored from './storage.ts';

beforeEach(() => fakeBrowser.reset());

const ID = '0b6f7a52-3c1e-4f0e-9d55-1f2f3a4b5c6d';
/** One frozen value of every released version: a new version adds a row and a migration, and never changes a row. */
const fixtures = [
  { item: stored.sessionItem, version: 1, value: { relayUrl: 'https://r.example', me: null, meAt: null } },
  { item: stored.leavingItem, version: 1, value: true },
  { item: stored.missedOfferItem, version: 1, value: 'answered' },
  { item: stored.languageItem, version: 1, value: 'vi' },
  { item: stored.ringDeviceItem, version: 1, value: ID },
  { item: stored.companySitesItem, version: 1, value: ['https://crm.example'] },
  { item: stored.companyCrmSearchItem, version: 1, value: 'https://crm.example/?q={number}' },
  { item: stored.chosenSitesItem, version: 1, value: ['https://crm.example'] },
  {
    item: stored.callJournalItem,
    version: 1,
    value: [{ key: ID, number: '+84901234567', clickedAt: 1, surface: 'page', site: null, sentAt: null, outcome: null }],
  },
  {
    item: stored.toldCallsItem,
    version: 1,
    value: [
      {
        key: ID,
        number: '+84901234567',
        state: 'rejected',
        reason: { code: 'device_offline', message: '' },
        createdAt: 1,
        settledAt: 2,
        sameAs: null,
        other: { id: ID, name: 'Mobile' },
      },
    ],
  },
  { item: stored.menuCallItem, version: 1, value: ID },
  { item: stored.callSignAtItem, version: 1, value: 1_780_000_000_000 },
  { item: stored.notesRestoredItem, version: 1, value: true },
  { item: stored.pagesStartedItem, version: 1, value: true },
  { item: stored.updateWaitsItem, version: 1, value: true },
  { item: stored.voiceTokenItem, version: 1, value: { value: 'v', expiresAt: 1 } },
  { item: stored.clockOffsetItem, version: 1, value: -1200 },
  {
    item: stored.firstPageItem,
    version: 1,
    value: { relayUrl: 'https://r.example', page: { calls: [], placed: [], nextCursor: null, completeTo: null } },
  },
  {
    item: stored.listChoiceItem,
    version: 1,
    value: { choice: { filter: 'todo', range: { kind: 'any', from: '', to: '' }, outcome: null }, at: 1 },
  },
  { item: stored.refusedSitesItem, version: 1, value: ['https://shop.example'] },
  {
    item: stored.hiddenNumbersItem,
    version: 1,
    value: { 'https://crm.example': [{ number: '+84381000123', text: '0381000123' }] },
  },
  {
    item: stored.numberFactsItem,
    version: 1,
    value: [
      {
        relayUrl: 'https://r.example',
        at: 1,
        facts: {
          number: '+84901234567',
          country: 'VN',
          class: 'mobile',
          refusal: null,
          week: { calls: 0, answered: 0 },
          last: null,
          lastAnswered: null,
          note: null,
        },
      },
    ],
  },
  { item: stored.handoverItem, version: 1, value: { call: { id: 'c' }, position: 12.5, at: 1 } },
  {
    item: stored.callPlacesItem,
    version: 1,
    value: [{ key: ID, number: '+84901234567', placedAt: 1, url: 'https://crm.example/deals/7' }],
  },
  {
    item: stored.liveItem,
    version: 1,
    value: {
      relayUrl: 'https://r.example',
      link: 'open',
      signals: true,
      calls: [
        {
          callId: 'a'.repeat(32),
          direction: 'inbound',
          peer: { number: '+84901234567', name: null },
          startedAt: 1,
          answeredAt: null,
          endedAt: null,
          talkSeconds: null,
        },
      ],
      lastId: '1-a',
    },
  },
  {
    item: stored.missedItem,
    version: 1,
    value: { relayUrl: 'https://r.example', count: 1, ids: ['a'.repeat(32)], completeTo: 1 },
  },
  { item: stored.wantedSiteItem, version: 1, value: 'https://crm.example' },
  { item: stored.callsWindowItem, version: 1, value: 7 },
  { item: stored.viewWishItem, version: 1, value: { show: 'toCallBack', at: 1 } },
  {
    item: stored.agentSettingsItem,
    version: 1,
    value: {
      badge: true,
      notifyMissed: false,
      notifyIncoming: true,
      showCaller: false,
      crmSearch: 'https://crm.example/?q={number}',
      telLinks: true,
    },
  },
  { item: stored.playerSettingsItem, version: 1, value: { speed: 1.5, volume: 0.4, skipsSilence: true } },
] as const;

describe('stored items', () => {
  it.each(fixtures)('$item.key reads what version $version wrote', async ({ item, version, value }) => {
    const [area, key] = item.key.split(':') as ['local' | 'session', string];
    await fakeBrowser.storage[area].set({ [key]: value, [`${key}$`]: { v: version } });
    expect(await item.getValue()).toEqual(value);
  });

  it('has a fixture of every item', () => {
    const { agentItems: _, ...items } = stored;
    const keys = Object.values(items).map(({ key }) => key);
    expect(fixtures.map(({ item }) => item.key).sort()).toEqual(keys.sort());
  });

  it('says of every item whether it is the agent’s, who may leave, or stays with the browser', () => {
    const left: string[] = stored.agentItems.map(({ key }) => key);
    expect(fixtures.map(({ item }) => item.key).filter((key) => !left.includes(key))).toEqual([
      'local:leaving',
      'local:missedOffer',
      'local:language',
      'local:companySites',
      'local:companyCrmSearch',
      'local:chosenSites',
      'session:callSignAt',
      'session:notesRestored',
      'session:pagesStarted',
      'session:updateWaits',
      'session:clockOffset',
      'local:refusedSites',
      'local:hiddenNumbers',
      'session:wantedSite',
      'session:callsWindow',
      'local:agentSettings',
      'local:playerSettings',
    ]);
  });

  it('reads nothing before somebody asks', async () => {
    const get = vi.spyOn(fakeBrowser.storage.local, 'get');
    vi.resetModules();
    const { languageItem } = await import('./storage.ts');
    expect(get).not.toHaveBeenCalled();
    await languageItem.getValue();
    expect(get).toHaveBeenCalledWith('language');
  });

  it('keeps tokens and numbers out of what content scripts can read', () => {
    const local = fixtures.map(({ item }) => item.key).filter((key) => key.startsWith('local:'));
    expect(local).toEqual([
      'local:session',
      'local:leaving',
      'local:missedOffer',
      'local:language',
      'local:ringDevice',
      'local:companySites',
      'local:companyCrmSearch',
      'local:chosenSites',
      'local:refusedSites',
      // Digits that a person marked as no phone number.
      'local:hiddenNumbers',
      'local:agentSettings',
      'local:playerSettings',
    ]);
  });
});

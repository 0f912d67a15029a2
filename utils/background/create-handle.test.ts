import fc from 'fast-check';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { type MessageName, protocol, type SenderRole } from '../messages.ts';
import type { Reply } from '../reply.ts';
import { createHandle } from './create-handle.ts';

const fuzzed = Number(process.env.FUZZ_MESSAGES ?? 2_000);

const ID = '0b6f7a52-3c1e-4f0e-9d55-1f2f3a4b5c6d';
const CRM = 'https://crm.example';
const click = { key: ID, number: '+84901234567', clickedAt: 1, surface: 'page' };

const policy = {
  countries: ['VN'],
  openClasses: [],
  caps: { agentPerMinute: 1, agentPerDay: 1, companyPerMinute: 1, companyPerDay: 1 },
  burst: { calls: 1, minutes: 1 },
  salesHours: null,
  historyDays: 31,
  recordingDownload: false,
};

/** The required permissions, written out independently: a change to utils/messages.ts must be repeated here. */
const matrix: Record<MessageName, { from: SenderRole[]; data: unknown }> = {
  startPage: { from: ['page'], data: undefined },
  placeCall: { from: ['page', 'popup', 'sidepanel'], data: click },
  getCall: { from: ['page', 'popup', 'sidepanel'], data: ID },
  getProgress: { from: ['page'], data: ID },
  getOpenCalls: { from: ['page'], data: undefined },
  offerCall: { from: ['page'], data: { number: click.number, extension: '12' } },
  pickRingDevice: { from: ['page', 'popup', 'sidepanel', 'options'], data: ID },
  loadCard: { from: ['page'], data: undefined },
  describeNumber: { from: ['page'], data: { number: click.number, text: 'Lan: 0901234567' } },
  getNumberPast: { from: ['page', 'popup', 'sidepanel'], data: click.number },
  noteOutcome: { from: ['page'], data: { subject: ID, number: click.number, at: 1, outcome: 'reached' } },
  getCaller: { from: ['popup', 'sidepanel'], data: click.number },
  hideNumber: { from: ['page'], data: { number: click.number, text: '0901234567' } },
  showNumber: { from: ['page'], data: click.number },
  leaveSite: { from: ['page'], data: undefined },
  listHiddenNumbers: { from: ['options'], data: undefined },
  showNumberOn: { from: ['options'], data: { origin: CRM, number: click.number } },
  getSession: { from: ['popup', 'sidepanel', 'options'], data: undefined },
  refreshSession: { from: ['popup', 'sidepanel', 'options'], data: undefined },
  connect: { from: ['options'], data: { relayUrl: 'https://r.example', code: 'ABC' } },
  disconnect: { from: ['options'], data: undefined },
  setLanguage: { from: ['options'], data: 'vi' },
  listHistory: { from: ['popup', 'sidepanel'], data: {} },
  getMissed: { from: ['popup', 'sidepanel'], data: {} },
  getNote: { from: ['popup', 'sidepanel'], data: ID },
  saveNote: { from: ['popup', 'sidepanel'], data: { subject: ID, change: { text: 'a', outcome: null }, version: 0 } },
  openRecording: { from: ['popup', 'sidepanel'], data: 'a'.repeat(32) },
  getVoiceToken: { from: ['popup', 'sidepanel'], data: undefined },
  openCallPage: { from: ['popup', 'sidepanel'], data: ID },
  getAgentSettings: { from: ['options'], data: undefined },
  setAgentSettings: { from: ['popup', 'sidepanel', 'options'], data: { badge: false } },
  getActiveSite: { from: ['popup', 'sidepanel'], data: { windowId: 1 } },
  enableSite: { from: ['popup', 'sidepanel', 'options'], data: CRM },
  disableSite: { from: ['popup', 'sidepanel', 'options'], data: CRM },
  getCompany: { from: ['popup', 'sidepanel', 'options'], data: undefined },
  listSites: { from: ['options'], data: undefined },
  listAgents: { from: ['options'], data: undefined },
  createAgent: { from: ['options'], data: { name: 'An' } },
  changeAgent: { from: ['options'], data: { id: ID, version: 1, change: { name: 'An' } } },
  createEnrolment: { from: ['options'], data: ID },
  testSipDevice: { from: ['options'], data: ID },
  revokeDevice: { from: ['options'], data: ID },
  getPolicy: { from: ['options'], data: undefined },
  savePolicy: { from: ['options'], data: { version: 0, policy } },
  dryRunPolicy: { from: ['options'], data: { number: '0901234567' } },
  exportDoNotCall: { from: ['options'], data: undefined },
  importDoNotCall: { from: ['options'], data: { mode: 'add', csv: '0901234567' } },
  listAskedNotToCall: { from: ['options'], data: undefined },
  removeDoNotCall: { from: ['options'], data: '0901234567' },
  listLocks: { from: ['options'], data: undefined },
  unlockAgent: { from: ['options'], data: ID },
  readReport: { from: ['options'], data: { from: 1, to: 2, per: 'day' } },
  listPlacedCalls: { from: ['options'], data: { from: 1, to: 2, number: '0901 234 567', limit: 20 } },
  readAudit: { from: ['options'], data: {} },
  stepUp: { from: ['options'], data: 'passphrase' },
};
const names = Object.keys(matrix) as MessageName[];

const own = fakeBrowser.runtime.getURL('').replace(/\/$/, '');
const view = (path: string) => ({ id: fakeBrowser.runtime.id, url: own + path, origin: own });
const page = (origin: string) => ({ id: fakeBrowser.runtime.id, url: `${origin}/deals`, origin, tab: { id: 1 }, frameId: 0 });
const senders: Record<SenderRole, object> = {
  page: page(CRM),
  popup: view('/popup.html'),
  sidepanel: view('/sidepanel.html'),
  options: view('/options.html'),
};
const strangers = [
  page('https://evil.example'),
  { ...view('/options.html'), id: 'other' },
  view('/other.html'),
  page('null'),
  {},
];

const handled: { name: string; data: unknown }[] = [];
beforeAll(() => {
  const handle = createHandle(async (origin) => origin === CRM);
  for (const name of names)
    handle(name, (async (data: unknown) => {
      handled.push({ name, data });
      if (name === 'disconnect') throw new Error('the store is gone');
      return { ok: true, value: null };
    }) as never);
});

/** Delivers a message to the listeners as the browser would; undefined when nobody answers. */
function deliver(message: unknown, sender: object): Promise<{ res?: Reply<unknown>; err?: unknown } | undefined> {
  return new Promise((resolve, reject) => {
    fakeBrowser.runtime.onMessage.trigger(message, sender, resolve).then((results) => {
      if (!(results as unknown[]).includes(true)) resolve(undefined);
    }, reject);
  });
}
const message = (type: unknown, data: unknown) => ({ id: 1, type, data, timestamp: 1 });

describe('sender × message', () => {
  it('names every message of the protocol', () => expect(names.sort()).toEqual(Object.keys(protocol).sort()));

  it.each(names)('%s', async (name) => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    for (const [role, sender] of Object.entries(senders)) {
      handled.length = 0;
      const answer = await deliver(message(name, matrix[name].data), sender);
      const allowed = matrix[name].from.includes(role as SenderRole);
      expect([role, handled.length]).toEqual([role, allowed ? 1 : 0]);
      if (!allowed) expect(answer?.res).toMatchObject({ ok: false, error: { code: 'message_refused' } });
    }
    for (const stranger of strangers) {
      handled.length = 0;
      expect((await deliver(message(name, matrix[name].data), stranger))?.res).toMatchObject({
        error: { code: 'message_refused' },
      });
      expect(handled).toEqual([]);
    }
  });

  it('takes the sender from the browser, not from the message', async () => {
    handled.length = 0;
    const forged = { ...message('listAgents', undefined), sender: senders.options };
    expect((await deliver(forged, senders.page))?.res).toMatchObject({ error: { code: 'message_refused' } });
    expect(handled).toEqual([]);
  });

  it('answers a Reply when a handler throws', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    expect((await deliver(message('disconnect', undefined), senders.options))?.res).toMatchObject({
      error: { code: 'internal' },
    });
  });
});

describe('data', () => {
  it.each([
    ['a sipUser', { ...click, sipUser: '100' }],
    ['an agentId', { ...click, agentId: ID }],
    ['a site', { ...click, site: 'other.example' }],
    ['no key', { ...click, key: undefined }],
    ['a key that is no UUID', { ...click, key: '1' }],
    ['letters', { ...click, number: '+84abc' }],
    ['dial codes', { ...click, number: '*21*+84901234567#' }],
    ['a list of numbers', { ...click, number: ['+84901234567'] }],
    ['an unknown surface', { ...click, surface: 'console' }],
    ['an endless reason', { ...click, overrideReason: 'x'.repeat(201) }],
    ['a reason of spaces', { ...click, overrideReason: '  ' }],
    ['time as text', { ...click, clickedAt: '1' }],
    ['nothing', null],
  ])('a click with %s is refused', async (_, data) => {
    handled.length = 0;
    expect((await deliver(message('placeCall', data), senders.page))?.res).toMatchObject({ error: { code: 'message_refused' } });
    expect(handled).toEqual([]);
  });

  it('null stands for nothing, as JSON makes of it', async () => {
    expect((await deliver(message('startPage', null), senders.page))?.res).toMatchObject({ ok: true });
  });

  it(`${fuzzed} fuzzed messages: no throw, every answer a Reply, no call`, async () => {
    const type = fc.oneof(
      { weight: 8, arbitrary: fc.constantFrom(...names) },
      { weight: 1, arbitrary: fc.constantFrom('constructor', '__proto__', 'toString') },
      { weight: 1, arbitrary: fc.string() },
    );
    const spoiltClick = fc
      .tuple(fc.constantFrom(...Object.keys(click), 'extra'), fc.anything())
      .map(([field, value]) => ({ ...click, [field]: value }))
      .filter((spoilt) => !isClick(spoilt));
    const rightForAnother = names.filter((name) => name !== 'placeCall').map((name) => matrix[name].data);
    const data = fc.oneof(
      fc.anything(),
      spoiltClick,
      fc.constantFrom(...rightForAnother),
      fc.record({ key: fc.string(), number: fc.string() }),
    );
    const sender = fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(...Object.values(senders)) },
      { weight: 1, arbitrary: fc.constantFrom(...strangers) },
      { weight: 1, arbitrary: fc.dictionary(fc.constantFrom('id', 'url', 'origin', 'tab'), fc.string()) },
    );
    const isBare = fc.integer({ min: 0, max: 9 }).map((draw) => draw === 0);
    vi.spyOn(console, 'error').mockImplementation(() => {});
    handled.length = 0;
    await fc.assert(
      fc.asyncProperty(type, data, sender, isBare, async (name, content, from, bare) => {
        // Chromium cannot send undefined; in other browsers the library's listener reports it and no handler runs.
        const answer = await deliver(bare ? (content ?? null) : message(name, content), from);
        if (names.includes(name as MessageName) && !bare) expect(answer?.res).toHaveProperty('ok');
      }),
      { numRuns: fuzzed },
    );
    expect(handled.filter(({ name }) => name === 'placeCall')).toEqual([]);
    // Some random data must be valid for its message, else the fuzzing would never reach a handler.
    expect(handled.length).toBeGreaterThan(3);
  });
});

function isClick(data: Record<string, unknown>): boolean {
  return (
    Object.keys(data).length === 4 &&
    typeof data.clickedAt === 'number' &&
    /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(data.key as string) &&
    /^\+?\d{3,16}$/.test(data.number as string) &&
    ['page', 'popup', 'sidepanel', 'menu'].includes(data.surface as string)
  );
}

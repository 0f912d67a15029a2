import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { HistoryPage, Note, NoteChange, NumberFacts } from '../../relay/contract.ts';
import pageEn from '../i18n/page-en.ts';
import pageVi from '../i18n/page-vi.ts';
import { noteDrafts } from '../note-drafts.ts';
import { readTyped } from '../phone/read-typed.ts';
import type { RelayAccess } from '../relay/relay-access.ts';
import { fail, succeed } from '../reply.ts';
import {
  callJournalItem,
  firstPageItem,
  type JournalEntry,
  languageItem,
  numberFactsItem,
  sessionItem,
  viewWishItem,
} from '../storage.ts';
import type { Handle } from './create-handle.ts';
import { askPage, noteOnFirstPage, rememberFirstPage } from './first-page.ts';
import { registerAdmin } from './register-admin.ts';
import { registerCalls } from './register-calls.ts';
import { registerHistory } from './register-history.ts';
import { registerNotes } from './register-notes.ts';
import { registerSession } from './register-session.ts';

type AnyHandler = (data: unknown, sender: unknown) => Promise<unknown>;
const BASE = 'https://r.example/p';
const noteParts = { noteShown: async () => {}, onOutcome: () => {}, ready: Promise.resolve() };

/** The handlers that a part registers, by name, with a relay behind them. */
function collect(register: (handle: Handle, access: RelayAccess) => void, relay: object | null) {
  const handlers: Record<string, AnyHandler> = {};
  const access = {
    client: async () => (relay ? succeed(relay) : fail('not_connected')),
    relayUrl: async () => BASE,
    pin: async () => async () => true,
  } as unknown as RelayAccess;
  register(
    ((name: string, handler: AnyHandler) => {
      handlers[name] = handler;
    }) as unknown as Handle,
    access,
  );
  return handlers;
}

describe('placeCall', () => {
  const key = '0b6f7a52-3c1e-4f0e-9d55-1f2f3a4b5c6d';
  it.each([
    { role: 'page', surface: 'page', site: 'crm.example', placed: ['crm.example'] },
    { role: 'popup', surface: 'popup', site: null, placed: [null] },
    { role: 'page', surface: 'popup', site: 'crm.example', placed: [] },
    { role: 'page', surface: 'menu', site: 'crm.example', placed: [] },
    { role: 'popup', surface: 'sidepanel', site: null, placed: [] },
  ])('from $role as $surface', async ({ role, surface, site, placed }) => {
    const sites: unknown[] = [];
    const { placeCall } = collect(
      (handle) =>
        registerCalls(handle, {
          places: { restore: async () => {}, remember: async () => {}, find: async () => null },
          askCall: async () => fail('internal'),
          live: { holdFor: () => {} },
          placeCall: async (_, from) => {
            sites.push(from);
            return fail('internal');
          },
        }),
      {},
    );
    const reply = await placeCall!({ key, number: '+84901234567', clickedAt: 1, surface }, { role, site });
    expect(sites).toEqual(placed);
    if (placed.length === 0) expect(reply).toMatchObject({ error: { code: 'message_refused' } });
  });
});

describe('offerCall', () => {
  beforeEach(() => fakeBrowser.reset());

  it.each([
    { number: '+84901234567' },
    { number: '+84901234567', extension: '12' },
    { number: '19001234' },
    { number: '+14155550123', extension: '9' },
  ])('brings up the calls with $number, extension $extension, as it was pressed', async (pressed) => {
    const openPopup = vi.fn(async () => {});
    Object.assign(fakeBrowser.action, { openPopup });
    const { offerCall } = collect(
      (handle) =>
        registerCalls(handle, {
          places: { restore: async () => {}, remember: async () => {}, find: async () => null },
          askCall: async () => fail('internal'),
          live: { holdFor: () => {} },
          placeCall: async () => fail('internal'),
        }),
      {},
    );
    expect(await offerCall!(pressed, { role: 'page', site: 'crm.example' })).toEqual(succeed(null));
    expect(openPopup).toHaveBeenCalledOnce();
    const wish = await viewWishItem.getValue();
    expect(wish?.show === 'typed' && readTyped(wish.text, { homeRegion: 'VN', regions: ['US'] })).toMatchObject(pressed);
  });
});

describe('a number that was called a moment ago', () => {
  const number = '+84901234567';
  const at = new Date('2026-07-03T14:05:00').getTime();
  beforeEach(() => {
    fakeBrowser.reset();
    vi.useFakeTimers({ now: at + 10_000, toFake: ['Date'] });
  });
  afterEach(() => vi.useRealTimers());

  it.each<[name: string, role: string, isAgain: boolean | undefined, outcome: string, asked: string | null, later?: number]>([
    ['is asked about on a page', 'page', undefined, 'accepted', pageEn.confirmAgain.replace('{time}', '14:05')],
    ['is asked about in words of doubt', 'page', undefined, 'outcome_unknown', pageEn.confirmAfterUnknown],
    ['is called by whoever was asked', 'page', true, 'accepted', null],
    [
      'rings still for a view that opened since',
      'popup',
      undefined,
      'accepted',
      pageEn.confirmAgain.replace('{time}', '14:05'),
      9_999,
    ],
    ['may ring still for such a view', 'sidepanel', undefined, 'outcome_unknown', pageEn.confirmAfterUnknown, 9_999],
    ['is called from a view, which shows its calls', 'popup', undefined, 'accepted', null, 10_000],
    ['is called from a view when it was refused', 'popup', undefined, 'rejected', null, 1],
  ])('%s', async (_, role, isAgain, outcome, asked, later = 10_000) => {
    vi.setSystemTime(at + later);
    await languageItem.setValue('en');
    await callJournalItem.setValue([{ key: 'k', number, clickedAt: at, surface: 'popup', site: null, sentAt: at, outcome }]);
    const placed: unknown[] = [];
    const { placeCall } = collect(
      (handle) =>
        registerCalls(handle, {
          askCall: async () => fail('internal'),
          places: { restore: async () => {}, remember: async () => {}, find: async () => null },
          live: { holdFor: () => {} },
          placeCall: async (click) => {
            placed.push(click);
            return fail('internal');
          },
        }),
      {},
    );
    const click = { key: 'other', number, clickedAt: at + later, surface: role };
    const reply = await placeCall!({ ...click, isAgain }, { role, site: null });
    expect(placed).toEqual(asked ? [] : [click]);
    expect(reply).toMatchObject({ error: asked ? { code: 'called_recently', message: asked } : { code: 'internal' } });
  });
});

describe('listHistory', () => {
  beforeEach(() => fakeBrowser.reset());
  const running = { key: 'a', state: 'dispatching' };
  const settled = { key: 'b', state: 'accepted' };
  const page = { calls: [], placed: [running, settled], nextCursor: null, completeTo: 1 };
  it.each([
    { name: 'the first page', query: { limit: 30 }, kept: true },
    { name: 'a later page', query: { limit: 30, cursor: 'c' }, kept: false },
    { name: 'a search', query: { limit: 30, q: '09' }, kept: false },
  ])('remembers of $name: $kept', async ({ query, kept }) => {
    const { listHistory } = collect((handle, access) => registerHistory(handle, access, async () => fail('internal')), {
      listHistory: async () => succeed(page),
    });
    expect(await listHistory!(query, {})).toEqual(succeed(page));
    expect(await firstPageItem.getValue()).toEqual(kept ? { relayUrl: BASE, page: { ...page, placed: [settled] } } : null);
  });

  it('remembers nothing that arrives after another agent of the relay was connected', async () => {
    const handlers: Record<string, AnyHandler> = {};
    let isSame = true;
    const access = {
      relayUrl: async () => BASE,
      pin: async () => async () => isSame,
      client: async () =>
        succeed({
          async listHistory() {
            isSame = false;
            return succeed(page);
          },
        }),
    } as unknown as RelayAccess;
    const handle = ((name: string, handler: AnyHandler) => {
      handlers[name] = handler;
    }) as unknown as Handle;
    registerHistory(handle, access, async () => fail('internal'));
    await handlers.listHistory!({}, {});
    expect(await firstPageItem.getValue()).toBeNull();
  });
});

describe('getMissed', () => {
  beforeEach(() => fakeBrowser.reset());
  it('is answered while what it says waits to be noted', async () => {
    const missed = { from: 0, count: 0, calls: [], completeTo: 1 };
    const never = new Promise<void>(() => {});
    const { getMissed } = collect((handle, access) => registerNotes(handle, access, { ...noteParts, noteShown: () => never }), {
      getMissed: async () => succeed(missed),
    });
    expect(await getMissed!({}, {})).toEqual(succeed(missed));
  });
});

describe('saveNote', () => {
  beforeEach(() => fakeBrowser.reset());
  const change = { text: 'b', outcome: null };
  const first = { relayUrl: BASE, page: { calls: [{ id: 'c', note: null }], placed: [{ key: 'p', note: null }] } };
  it.each([
    { subject: 'c', version: 4, call: 'b', placed: undefined },
    { subject: 'p', version: 4, call: undefined, placed: 'b' },
    { subject: 'c', version: 0, call: undefined, placed: undefined },
    { subject: 'other', version: 4, call: undefined, placed: undefined },
  ])(
    'on $subject of version $version stands on the remembered page, and the facts of numbers are asked for anew',
    async ({ subject, version, call, placed }) => {
      await firstPageItem.setValue(first as never);
      await numberFactsItem.setValue([{ relayUrl: BASE, at: Date.now(), facts: { note: null } as NumberFacts }]);
      const asked: unknown[] = [];
      const { saveNote } = collect((handle, access) => registerNotes(handle, access, noteParts), {
        putNote: async (...request: unknown[]) => {
          asked.push(request);
          return succeed({ ...change, version, updatedAt: 1 });
        },
      });
      expect(await saveNote!({ subject, change, version: 3 }, {})).toMatchObject({ ok: true });
      expect(asked).toEqual([[subject, change, 3]]);
      const page = (await firstPageItem.getValue())?.page;
      expect([page?.calls[0]?.note?.text, page?.placed[0]?.note?.text]).toEqual([call, placed]);
      expect(await numberFactsItem.getValue()).toEqual([]);
    },
  );
});

it('the numbers to call back are counted again when the outcome of a note changes, and not with each save of its text', async () => {
  fakeBrowser.reset();
  const onOutcome = vi.fn();
  let version = 0;
  const { saveNote } = collect((handle, access) => registerNotes(handle, access, { ...noteParts, onOutcome }), {
    putNote: async (_: string, change: NoteChange) => succeed({ ...change, version: ++version, updatedAt: 1 }),
  });
  const counted = [];
  for (const outcome of ['call_later', 'call_later', 'reached', null, null] as const) {
    await saveNote!({ subject: 'c', change: { text: `b${version}`, outcome }, version }, {});
    counted.push(onOutcome.mock.calls.length);
  }
  expect(counted).toEqual([1, 1, 2, 3, 3]);
});

describe('the remembered page', () => {
  beforeEach(() => fakeBrowser.reset());
  const note = (text: string, version = 4) => ({ text, outcome: null, version, updatedAt: 1 });
  const pageWith = (known: Note | null) =>
    ({ calls: [{ id: 'c', note: known }], placed: [], nextCursor: null, completeTo: 1 }) as never as HistoryPage;
  const noted = async () => (await firstPageItem.getValue())?.page.calls[0]?.note?.text;
  let isSame = true;
  const access = { relayUrl: async () => BASE, pin: async () => async () => isSame };
  const read = (known: Note | null, meanwhile: () => Promise<void>) =>
    askPage(async (since) => {
      const page = pageWith(known);
      await meanwhile();
      await rememberFirstPage(access, async () => true, page, since);
    });

  it.each<[name: string, saved: Note, text: string | undefined]>([
    ['a note', note('b', 5), 'b'],
    ['the removal of a note', note('', 0), undefined],
  ])('does not take back %s that was saved after the relay had answered', async (_, saved, text) => {
    await read(note('a'), () => noteOnFirstPage(access, 'c', saved));
    expect(await noted()).toBe(text);
  });

  it('takes what the relay says of a note where nobody noted anything since it was asked', async () => {
    await noteOnFirstPage(access, 'c', note('b'));
    await read(note('from elsewhere', 5), async () => {});
    expect(await noted()).toBe('from elsewhere');
  });

  it('gets no note of one agent when it is the next one’s', async () => {
    await read(note('a'), async () => {});
    isSame = false;
    await noteOnFirstPage(access, 'c', note('another’s'));
    expect(await noted()).toBe('a');
  });
});

it('tries a note again by an alarm only where that may help', async () => {
  fakeBrowser.reset();
  const create = vi.spyOn(fakeBrowser.alarms, 'create');
  const failures = ['call_not_found', 'version_conflict', 'relay_unreachable'] as const;
  const left = [...failures];
  const { saveNote } = collect((handle, access) => registerNotes(handle, access, noteParts), {
    putNote: async () => fail(left.shift() ?? 'internal'),
  });
  for (const subject of failures) await saveNote!({ subject, change: { text: 'b', outcome: null }, version: 0 }, {});
  await vi.waitFor(() => expect(create).toHaveBeenCalledTimes(1));
});

it('a note that waited is saved though an agent who left could not be forgotten', async () => {
  fakeBrowser.reset();
  vi.spyOn(console, 'error').mockImplementation(() => {});
  await sessionItem.setValue({ relayUrl: BASE, me: { agent: { id: 'a' } } as never, meAt: 1 });
  const change = { text: 'b', outcome: null };
  const call = { peer: { number: '+84912345678', name: null }, startedAt: 1 };
  await noteDrafts.keep('c', { ...change, agentId: 'a', call, version: 3, known: change, editedAt: 1 });
  const putNote = vi.fn(async () => succeed({ ...change, version: 4, updatedAt: 1 }));
  const broken = Promise.reject(new Error('quota'));
  collect((handle, access) => registerNotes(handle, access, { ...noteParts, ready: broken }), { putNote });
  await vi.waitFor(() => expect(putNote).toHaveBeenCalledWith('c', change, 3));
});

describe('a note on a call that the relay does not know', () => {
  beforeEach(() => fakeBrowser.reset());
  it.each<[name: string, click: Partial<JournalEntry> | null, code: string, retries: number]>([
    ['while its click is on its way is tried again', { outcome: null }, 'call_in_progress', 1],
    ['while its click is in doubt is tried again', { outcome: 'outcome_unknown' }, 'call_in_progress', 1],
    ['whose click came to nothing is refused', { outcome: 'relay_unreachable' }, 'call_not_found', 0],
    ['whose click can place no call any more is refused', { outcome: null, clickedAt: 1 }, 'call_not_found', 0],
    ['that nobody clicked here is refused', null, 'call_not_found', 0],
  ])('%s', async (_, click, code, retries) => {
    const create = vi.spyOn(fakeBrowser.alarms, 'create');
    await callJournalItem.setValue(click ? [{ key: 'k', clickedAt: Date.now(), ...click } as JournalEntry] : []);
    const { saveNote } = collect((handle, access) => registerNotes(handle, access, noteParts), {
      putNote: async () => fail('call_not_found'),
    });
    const reply = await saveNote!({ subject: 'k', change: { text: 'b', outcome: null }, version: 0 }, {});
    expect(reply).toMatchObject({ error: { code } });
    await vi.waitFor(() => expect(create).toHaveBeenCalledTimes(retries));
  });
});

describe('openRecording', () => {
  it.each([
    ['/v1/recordings/abc/audio?ticket=t', `${BASE}/v1/recordings/abc/audio?ticket=t`],
    ['@evil.example/v1/recordings/abc', null],
    ['.evil.example/v1/recordings/abc', null],
    ['/../../x', null],
    ['/v1/recordings/../../../x', null],
    ['https://evil.example/a.mp3', null],
  ])('%s', async (path, url) => {
    const { openRecording } = collect((handle, access) => registerHistory(handle, access, async () => fail('internal')), {
      createTicket: async () => succeed({ path, expiresAt: 5 }),
    });
    expect(await openRecording!('abc', {})).toMatchObject(url ? succeed({ url }) : { error: { code: 'relay_not_dialside' } });
  });
});

it.each(['savePolicy', 'importDoNotCall'])(
  'asks anew what is known of numbers after %s, unless the relay refused',
  async (name) => {
    fakeBrowser.reset();
    const known = [{ relayUrl: BASE, at: Date.now(), facts: { refusal: null } as NumberFacts }];
    await numberFactsItem.setValue(known);
    const replies = [fail('step_up_required'), succeed(null)];
    const handlers = collect(registerAdmin, { [name]: async () => replies.shift() });
    expect(await handlers[name]!({}, {})).toMatchObject({ ok: false });
    expect(await numberFactsItem.getValue()).toEqual(known);
    expect(await handlers[name]!({}, {})).toMatchObject({ ok: true });
    expect(await numberFactsItem.getValue()).toEqual([]);
  },
);

it('says that it is not connected, whatever an admin wants', async () => {
  const handlers = collect(registerAdmin, null);
  expect(Object.keys(handlers)).toHaveLength(19);
  for (const handler of Object.values(handlers))
    expect(await handler({}, {})).toMatchObject({ error: { code: 'not_connected' } });
});

describe('startPage', () => {
  beforeEach(() => fakeBrowser.reset());
  const me = { policy: { homeRegion: 'SG', regions: ['SG', 'VN'] } };
  it.each([
    {
      name: 'not connected',
      me: null,
      chosen: 'en',
      expected: { homeRegion: 'VN', regions: ['VN'], countries: {}, words: pageEn },
    },
    {
      name: 'connected',
      me,
      chosen: 'vi',
      expected: { homeRegion: 'SG', regions: ['SG', 'VN'], countries: { 'việt nam': 'VN' }, words: pageVi },
    },
  ] as const)('$name', async ({ me: known, chosen, expected }) => {
    await sessionItem.setValue({ relayUrl: BASE, me: known as never, meAt: 1 });
    await languageItem.setValue(chosen);
    const refreshOld = vi.fn();
    const { startPage } = collect(
      (handle) => registerSession(handle, { refreshOld } as never, { of: async (origin) => [{ number: origin, text: '1' }] }),
      null,
    );
    const settings = await startPage!(undefined, { role: 'page', site: 'crm.example', origin: 'https://crm.example' });
    expect(refreshOld).toHaveBeenCalledOnce();
    expect(settings).toMatchObject({ value: { hidden: { numbers: ['https://crm.example'], patterns: [] } } });
    expect(settings).toMatchObject({ ok: true, value: expected });
    expect(settings).toMatchObject({ value: { plans: expected.regions.map((region) => ({ region })) } });
  });
});

it.each([
  ['popup', ''],
  ['sidepanel', '!'],
  ['options', '!'],
])('a failure stands on the toolbar button after the %s asked for the session: “%s”', async (role, left) => {
  fakeBrowser.reset();
  let badge = '!';
  Object.assign(fakeBrowser.action, {
    getBadgeText: async () => badge,
    setBadgeText: async ({ text }: { text: string }) => {
      badge = text;
    },
    setTitle: async () => {},
  });
  vi.spyOn(fakeBrowser.i18n, 'getMessage').mockReturnValue('Dialside');
  const session = { get: async () => ({ connected: false }) };
  const { getSession } = collect((handle) => registerSession(handle, session as never, { of: async () => [] }), {});
  await getSession!(undefined, { role });
  expect(badge).toBe(left);
});

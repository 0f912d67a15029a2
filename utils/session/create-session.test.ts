import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { Me } from '../../relay/contract.ts';
import { createKeptDrafts } from '../background/kept-drafts.ts';
import { createKeptPlaces } from '../calls/kept-places.ts';
import { type NoteDraft, noteDrafts } from '../note-drafts.ts';
import type { Identity } from '../relay/identity.ts';
import { createRelayAccess } from '../relay/relay-access.ts';
import { createRelayClock } from '../relay/relay-clock.ts';
import {
  agentItems,
  callJournalItem,
  clockOffsetItem,
  type JournalEntry,
  leavingItem,
  sessionItem,
  voiceTokenItem,
} from '../storage.ts';
import { createSession } from './create-session.ts';

const ID = '0b6f7a52-3c1e-4f0e-9d55-1f2f3a4b5c6d';
const URL = 'https://r.example/p';
const me = {
  agent: { id: ID, name: 'An', role: 'agent', sipUser: '100', sipDevices: [], mapped: true },
  device: { id: ID, name: 'Chrome on Linux' },
  policy: { homeRegion: 'VN', regions: ['VN'], recordingDownload: false },
  upstream: { state: 'ok', checkedAt: null },
  history: { completeTo: null, backfilled: 0 },
  stepUpUntil: null,
  serverTime: 1,
};
const redeemed = { token: 'secret-token', deviceId: ID, agent: { id: ID, name: 'An', role: 'agent' } };
const date = { Date: 'Thu, 01 Jan 1970 00:01:00 GMT' };
const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status, headers: date });
const error = (code: string, status: number) => json({ error: { code, message: code } }, status);

function setUp({
  answers = {} as Record<string, () => Response | Promise<Response>>,
  granted = true,
  identity = undefined as Identity | undefined,
} = {}) {
  let kept = identity;
  let [isFull, at] = [false, 1000];
  const seen: { path: string; body: unknown; authorization: string | null }[] = [];
  const asked: string[] = [];
  /** The public keys that signed the requests. */
  const signers: string[] = [];
  const access = createRelayAccess({
    identities: {
      read: async () => kept,
      write: async (next) => {
        if (isFull) throw new Error('the disk is full');
        kept = next;
      },
      clear: async () => {
        kept = undefined;
      },
    },
    permissions: {
      contains: async ({ origins = [] }: { origins?: string[] }) => {
        asked.push(...origins);
        return granted;
      },
    } as never,
    client: {
      clock: createRelayClock(clockOffsetItem, () => 1000),
      fetch: (async (url: string, init: RequestInit) => {
        const path = url.replace(URL, '');
        const [header = ''] = new Headers(init.headers).get('DPoP')?.split('.') ?? [];
        signers.push(JSON.parse(Buffer.from(header, 'base64url').toString()).jwk.x);
        seen.push({
          path,
          body: init.body ? JSON.parse(init.body as string) : null,
          authorization: new Headers(init.headers).get('Authorization'),
        });
        return answers[path]?.() ?? new Response('', { status: 404 });
      }) as typeof fetch,
    },
  });
  return {
    session: createSession({ access, deviceName: async () => 'Chrome on Linux', now: () => at }),
    access,
    pass: (ms: number) => {
      at += ms;
    },
    fill: (isNowFull: boolean) => {
      isFull = isNowFull;
    },
    seen,
    asked,
    signers,
    identity: () => kept,
  };
}
const working = { '/v1/enrolments/redeem': () => json(redeemed), '/v1/me': () => json(me) };

beforeEach(() => fakeBrowser.reset());

describe('connect', () => {
  it('swaps the code for a token bound to a key of this browser', async () => {
    const { session, seen, identity, asked } = setUp({ answers: working });
    const reply = await session.connect({ relayUrl: ' r.example/p/ ', code: 'ABCDE-FGHJK', passphrase: '' });
    expect(reply).toEqual({ ok: true, value: { connected: true, relayUrl: URL, me, meAt: 1000 } });
    expect(seen).toEqual([
      { path: '/v1/enrolments/redeem', body: { code: 'ABCDE-FGHJK', deviceName: 'Chrome on Linux' }, authorization: null },
      { path: '/v1/me', body: null, authorization: 'DPoP secret-token' },
    ]);
    expect(identity()).toMatchObject({ relayUrl: URL, token: 'secret-token' });
    expect(identity()!.keys.privateKey.extractable).toBe(false);
    expect(new Set(asked)).toEqual(new Set(['https://r.example/*']));
    expect(JSON.stringify([await fakeBrowser.storage.local.get(), await fakeBrowser.storage.session.get()])).not.toContain(
      'secret-token',
    );
    expect(await session.get()).toEqual({ connected: true, relayUrl: URL, me, meAt: 1000 });
  });

  const earlier = { relayUrl: 'https://old.example', token: 'old', keys: {} as CryptoKeyPair };
  it.each([
    {
      name: 'an address that is none',
      request: { relayUrl: 'http://r.example', code: 'A' },
      world: {},
      code: 'relay_url_invalid',
      requests: 0,
    },
    {
      name: 'no permission',
      request: { relayUrl: URL, code: 'A' },
      world: { granted: false },
      code: 'relay_permission_missing',
      requests: 0,
    },
    {
      name: 'a wrong code',
      request: { relayUrl: URL, code: 'A' },
      world: { answers: { '/v1/enrolments/redeem': () => error('code_invalid', 404) } },
      code: 'code_invalid',
      requests: 1,
    },
    {
      name: 'something that is no relay',
      request: { relayUrl: URL, code: 'A' },
      world: {},
      code: 'relay_not_dialside',
      requests: 1,
    },
  ])('keeps the earlier connection at $name', async ({ request, world, code, requests }) => {
    const { session, identity, seen } = setUp({ ...world, identity: earlier });
    expect(await session.connect(request)).toMatchObject({ ok: false, error: { code } });
    expect(identity()).toEqual(earlier);
    expect(seen).toHaveLength(requests);
  });

  it('asks again for what a code was swapped for with the same key, and with another for another code', async () => {
    let isLost = true;
    const redeem = () => (isLost ? Promise.reject(new TypeError('Failed to fetch')) : json(redeemed));
    const { session, signers, identity } = setUp({ answers: { ...working, '/v1/enrolments/redeem': redeem } });
    expect(await session.connect({ relayUrl: URL, code: 'A' })).toMatchObject({ error: { code: 'relay_unreachable' } });
    isLost = false;
    expect((await session.connect({ relayUrl: URL, code: 'A' })).ok).toBe(true);
    expect(signers.slice(0, 2)).toEqual(Array(2).fill((await crypto.subtle.exportKey('jwk', identity()!.keys.publicKey)).x));
    expect((await session.connect({ relayUrl: URL, code: 'B' })).ok).toBe(true);
    expect(new Set(signers).size).toBe(2);
  });

  it('asks with another key for a code that was wrong: the relay takes few wrong codes of one key', async () => {
    const { session, signers } = setUp({ answers: { '/v1/enrolments/redeem': () => error('code_invalid', 400) } });
    for (let press = 0; press < 3; press += 1)
      expect(await session.connect({ relayUrl: URL, code: 'A' })).toMatchObject({ error: { code: 'code_invalid' } });
    expect(new Set(signers).size).toBe(3);
  });

  it('keeps the key when an earlier try may have been taken', async () => {
    let answer = (): Response => {
      throw new TypeError('reset');
    };
    const { session, signers } = setUp({ answers: { '/v1/enrolments/redeem': () => answer() } });
    expect(await session.connect({ relayUrl: URL, code: 'A' })).toMatchObject({ error: { code: 'relay_unreachable' } });
    answer = () => error('code_invalid', 400);
    for (let press = 0; press < 2; press += 1)
      expect(await session.connect({ relayUrl: URL, code: 'A' })).toMatchObject({ error: { code: 'code_invalid' } });
    expect(new Set(signers).size).toBe(1);
  });

  it('asks with the same key again when the token could not be kept', async () => {
    const { session, signers, identity, fill } = setUp({ answers: working });
    fill(true);
    await expect(session.connect({ relayUrl: URL, code: 'A' })).rejects.toThrow('full');
    fill(false);
    expect((await session.connect({ relayUrl: URL, code: 'A' })).ok).toBe(true);
    expect([identity()?.token, new Set(signers).size]).toEqual([redeemed.token, 1]);
  });

  it('is connected once the code is spent, even when the relay then falls silent', async () => {
    const { session } = setUp({ answers: { '/v1/enrolments/redeem': () => json(redeemed) } });
    expect(await session.connect({ relayUrl: URL, code: 'A' })).toEqual({
      ok: true,
      value: { connected: true, relayUrl: URL, me: null, meAt: null },
    });
  });

  it('knows the relay’s clock after it as its requests do', async () => {
    const { session } = setUp({ answers: working });
    await session.connect({ relayUrl: URL, code: 'A' });
    const learned = await clockOffsetItem.getValue();
    await session.disconnect();
    await session.connect({ relayUrl: URL, code: 'A' });
    expect(learned).not.toBe(0);
    expect(await clockOffsetItem.getValue()).toBe(learned);
  });

  const call = { key: ID, number: '+84901234567', clickedAt: 1, site: null, sentAt: 1 };
  const journal: JournalEntry[] = [{ ...call, surface: 'page', outcome: 'accepted' }];

  it.each([
    ['the same agent', URL, ID, journal],
    ['another agent', URL, '6b6f7a52-3c1e-4f0e-9d55-1f2f3a4b5c6d', []],
    ['the same agent id at another relay', 'https://old.example', ID, []],
  ])('knows of the calls that %s placed before', async (_, relayUrl, id, kept) => {
    await sessionItem.setValue({ relayUrl, me: { ...me, agent: { ...me.agent, id } } as Me, meAt: 5 });
    await callJournalItem.setValue(journal);
    await setUp({ answers: working }).session.connect({ relayUrl: URL, code: 'A' });
    expect(await callJournalItem.getValue()).toEqual(kept);
  });

  it('leaves nothing of an earlier agent', async () => {
    await sessionItem.setValue({ relayUrl: 'https://old.example', me: null, meAt: 5 });
    await voiceTokenItem.setValue({ value: 'old', expiresAt: 9e15 });
    await callJournalItem.setValue(journal);
    const { session } = setUp({ answers: working, identity: earlier });
    await session.connect({ relayUrl: URL, code: 'A' });
    expect([await voiceTokenItem.getValue(), await callJournalItem.getValue()]).toEqual([null, []]);
  });
});

describe('notes that the relay does not have yet', () => {
  const draft = (agentId: string): NoteDraft => ({
    agentId,
    call: { peer: { number: '+84912345678', name: null }, startedAt: 1 },
    text: 'call on Monday',
    outcome: null,
    version: 0,
    known: { text: '', outcome: null },
    editedAt: 1,
  });
  beforeEach(async () => {
    await noteDrafts.keep('mine', draft(ID));
    await noteDrafts.keep('others', draft('6b6f7a52-3c1e-4f0e-9d55-1f2f3a4b5c6d'));
  });

  it('stay when the same agent connects with a new code, and only those', async () => {
    const { session } = setUp({ answers: working });
    await session.connect({ relayUrl: URL, code: 'A' });
    expect(Object.keys(await noteDrafts.read())).toEqual(['mine']);
  });

  it('go with the connection', async () => {
    await createKeptDrafts().put('mine', draft(ID));
    await setUp().session.disconnect();
    expect([await noteDrafts.read(), await createKeptDrafts().all()]).toEqual([{}, {}]);
  });

  it.each([
    ['go when the background that disconnected was killed in the middle of it', true, 0],
    ['stay while nobody disconnected', false, 2],
  ])('%s', async (_, isLeaving, left) => {
    await leavingItem.setValue(isLeaving);
    await setUp().session.finishLeaving();
    expect(Object.keys(await noteDrafts.read())).toHaveLength(left);
    expect(await leavingItem.getValue()).toBe(false);
  });
});

describe('refresh', () => {
  const identity = async () => ({
    relayUrl: URL,
    token: 't',
    keys: await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']),
  });
  it('says so when not connected, and asks nobody', async () => {
    const { session, seen } = setUp();
    expect(await session.refresh()).toEqual({ ok: true, value: { connected: false } });
    expect(seen).toEqual([]);
  });

  it.each([
    [14 * 60_000, 1],
    [15 * 60_000, 2],
    [-15 * 60_000, 2],
  ])('asks by itself once the answer is old: %d ms later %d questions', async (later, questions) => {
    const world = setUp({ answers: working, identity: await identity() });
    await world.session.refreshOld();
    world.pass(later);
    await Promise.all([world.session.refreshOld(), world.session.refreshOld()]);
    expect(world.seen).toHaveLength(questions);
  });

  it.each([
    [59_999, 1],
    [60_000, 2],
    [-60_000, 2],
  ])('asks a relay that fails no more often than once a minute by itself: %d ms later %d questions', async (later, questions) => {
    const away = { '/v1/me': () => error('store_unavailable', 503) };
    const world = setUp({ answers: away, identity: await identity() });
    await world.session.refreshOld();
    world.pass(later);
    await world.session.refreshOld();
    expect(world.seen).toHaveLength(questions);
  });

  it('keeps the last answer when the relay fails', async () => {
    const answers = { ...working };
    const { session } = setUp({ answers, identity: await identity() });
    await session.refresh();
    answers['/v1/me'] = () => error('device_revoked', 401);
    expect(await session.refresh()).toMatchObject({ error: { code: 'device_revoked' } });
    expect(await session.get()).toMatchObject({ connected: true, me, meAt: 1000 });
  });
});

it.each([
  ['disconnected', { connected: false }],
  ['connected by another agent of the same relay', { connected: true, me: { agent: { name: 'Binh' } } }],
])('takes no late answer about the agent of before for now, when %s meanwhile', async (_, expected) => {
  const late = Promise.withResolvers<Response>();
  const answers: Record<string, () => Response | Promise<Response>> = { ...working };
  const { session, seen } = setUp({ answers });
  await session.connect({ relayUrl: URL, code: 'A' });
  answers['/v1/me'] = () => late.promise;
  const asked = seen.length;
  const refreshed = session.refresh();
  await vi.waitFor(() => expect(seen.length).toBeGreaterThan(asked));
  if (expected.connected) {
    answers['/v1/me'] = () => json({ ...me, agent: { ...me.agent, name: 'Binh' } });
    await session.connect({ relayUrl: URL, code: 'B' });
  } else await session.disconnect();
  late.resolve(json(me));
  expect(await refreshed).toMatchObject({ ok: true, value: expected });
  expect(await session.get()).toMatchObject(expected);
  if (!expected.connected) expect(await sessionItem.getValue()).toBeNull();
});

it('disconnects though the disk is full', async () => {
  const log = vi.spyOn(console, 'error').mockImplementation(() => {});
  const { session, identity } = setUp({ answers: working });
  await session.connect({ relayUrl: URL, code: 'A' });
  vi.spyOn(fakeBrowser.storage.local, 'set').mockRejectedValue(new Error('quota exceeded'));
  expect(await session.disconnect()).toEqual({ ok: true, value: { connected: false } });
  expect([identity(), await session.get(), await sessionItem.getValue()]).toEqual([undefined, { connected: false }, null]);
  expect(log).toHaveBeenCalledOnce();
});

it('forgets everything when it disconnects', async () => {
  const values = () => Promise.all(agentItems.map((item): Promise<unknown> => item.getValue()));
  const nothing = await values();
  const { session, access, identity } = setUp({ answers: working });
  await session.connect({ relayUrl: URL, code: 'A' });
  await clockOffsetItem.setValue(5);
  for (const { setValue } of agentItems) await setValue('of an agent who leaves' as never);
  await createKeptPlaces().write([{ key: ID, number: '+84901234567', placedAt: 1, url: 'https://crm.example/deals/7' }]);
  expect(await session.disconnect()).toEqual({ ok: true, value: { connected: false } });
  expect([identity(), await session.get(), await access.patterns()]).toEqual([undefined, { connected: false }, []]);
  expect(await access.client()).toMatchObject({ error: { code: 'not_connected' } });
  expect(await createKeptPlaces().read()).toEqual([]);
  expect(await values()).toEqual(nothing);
  const left = { ...(await fakeBrowser.storage.local.get()), ...(await fakeBrowser.storage.session.get()) };
  expect(JSON.stringify(left)).not.toMatch(/r\.example|who leaves/);
});

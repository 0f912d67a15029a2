import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DialectAdapter } from 'kysely';
import * as v from 'valibot';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { seal } from '../agents/seal.ts';
import { sipPasswordPlace } from '../agents/sip-credentials.ts';
import type { CallOutcome } from '../antbuddy/call-outcome.ts';
import { createApp } from '../app.ts';
import { CallSchema, ErrorBodySchema } from '../contract.ts';
import { createDeps } from '../deps.ts';
import { defaultPolicy } from '../policy/default-policy.ts';
import { importDoNotCall } from '../policy/do-not-call.ts';
import { savePolicy } from '../policy/policies.ts';
import { joinRelays } from '../store/membership.ts';
import type { RunsAtOnce } from '../store/run-at-once.ts';
import { StoreError } from '../store/store-error.ts';
import { describeOnEngines } from '../testing/describe-on-engines.ts';
import { addDevice, addSipDevice, type TestDevice } from '../testing/device.ts';
import type { TestDeps } from '../testing/make-deps.ts';
import { send } from '../testing/send.ts';
import { draftCall } from './ledger.ts';
import { openCall } from './open-call.ts';
import { settleCall, sweepAbandonedCalls } from './settle-call.ts';

const number = '+84912345678';
/** How many times a click is resent. */
const replays = Number(process.env.REPLAYS ?? 50);
let deps: TestDeps;
let app: ReturnType<typeof createApp>;
let device: TestDevice;
/** Outcomes of the next dials; a dial beyond the list is accepted. */
let outcomes: (CallOutcome | Promise<CallOutcome>)[];

async function mapped(sipUser: string): Promise<TestDevice> {
  const added = await addDevice(deps, { sipUser, username: `user-${sipUser}` });
  const sealed = seal(deps.config.relayKey, sipPasswordPlace(added.agentId), `password-${sipUser}`);
  await deps.store.updateTable('sip_devices').set({ sip_password: sealed }).where('id', '=', added.agentId).execute();
  return added;
}

interface Posted {
  key?: string;
  from?: TestDevice;
  body?: Record<string, unknown>;
  headers?: Record<string, string>;
}
async function post({ key = randomUUID(), from = device, body = {}, headers = { 'idempotency-key': key } }: Posted = {}) {
  const json = { number, clickedAt: deps.now(), surface: 'page', site: 'crm.example', ...body };
  const response = await send(app, from, 'POST', '/v1/calls', { json, headers });
  return { key, status: response.status, text: await response.text() };
}
async function get(key: string, from = device) {
  const response = await send(app, from, 'GET', `/v1/calls/${key}`);
  return { status: response.status, text: await response.text() };
}
const callIn = ({ text }: { text: string }) => v.parse(CallSchema, JSON.parse(text));
const codeIn = ({ text }: { text: string }) => v.parse(ErrorBodySchema, JSON.parse(text)).error.code;
const no = (state: 'rejected' | 'not_sent' | 'unknown', code: Extract<CallOutcome, { code: unknown }>['code']) => ({
  state,
  code,
  detail: '',
});
/** A dial that hangs until its outcome is set. */
function hanging() {
  const { promise, resolve } = Promise.withResolvers<CallOutcome>();
  outcomes.push(promise);
  return resolve;
}
async function untilDialled(count: number) {
  while (deps.antbuddy.dials.length < count) await new Promise((resolve) => setImmediate(resolve));
}

describeOnEngines('calls', (make) => {
  beforeEach(async () => {
    outcomes = [];
    deps = await make({ antbuddy: { clickToCall: async () => outcomes.shift() ?? { state: 'accepted' } } });
    app = createApp(deps);
    device = await mapped('1001');
  });
  afterEach(() => deps.calls.settled());

  describe('POST /v1/calls', () => {
    it('dials what the dial plan says with the agent’s own SIP device', async () => {
      const { status, text, key } = await post();
      expect(status).toBe(201);
      expect(JSON.parse(text)).toEqual({
        key,
        number,
        state: 'accepted',
        reason: null,
        createdAt: deps.now(),
        settledAt: deps.now(),
        sameAs: null,
        sipUser: '1001',
      });
      expect(deps.antbuddy.dials).toMatchObject([{ number: '0912345678', sipUser: '1001', sipPassword: 'password-1001' }]);
    });

    it('logs what AntBuddy answered, also when it took the call', async () => {
      const info = vi.spyOn(deps.log, 'info');
      outcomes.push({ state: 'accepted', detail: 'AntBuddy answered 200' });
      const { key } = await post();
      expect(info).toHaveBeenCalledWith(
        { key, agent: device.agentId, state: 'accepted', detail: 'AntBuddy answered 200', ms: 0 },
        'call',
      );
    });

    it.each([
      ['rejected', 'device_offline'],
      ['rejected', 'upstream_busy'],
      ['rejected', 'upstream_refused'],
      ['not_sent', 'upstream_unreachable'],
      ['unknown', 'outcome_unknown'],
    ] as const)('answers %s %s as the call it is', async (state, code) => {
      outcomes.push(no(state, code));
      const first = await post();
      expect(first.status).toBe(201);
      expect(callIn(first)).toMatchObject({ state, reason: { code } });
      expect(callIn(await get(first.key))).toEqual(callIn(first));
      expect(await post({ key: first.key })).toEqual(first);
      expect(deps.antbuddy.dials).toHaveLength(1);
    });

    it.each([
      ['an unknown field', { agentId: 'x' }],
      ['a SIP user', { sipUser: '1002' }],
      ['no number', { number: undefined }],
      ['a number that is none', { number: 'call me' }],
      ['a click time that is text', { clickedAt: 'now' }],
      ['another surface', { surface: 'worker' }],
    ])('refuses a body with %s', async (_name, body) => {
      const answer = await post({ body });
      expect([answer.status, codeIn(answer)]).toEqual([400, 'bad_request']);
      expect(await deps.store.selectFrom('calls').selectAll().execute()).toEqual([]);
    });

    it.each([[undefined], ['1'], ['not-a-uuid'], [`${randomUUID()}, ${randomUUID()}`]])('refuses the key %s', async (key) => {
      const answer = await post({ headers: key === undefined ? {} : { 'idempotency-key': key } });
      expect([answer.status, codeIn(answer)]).toEqual([400, 'idempotency_key_missing']);
    });

    it.each([
      ['15 s late', -15_000, 201],
      ['later', -15_001, 400],
      ['15 s early', 15_000, 201],
      ['earlier', 15_001, 400],
    ])('a click %s: %i', async (_name, offset, status) => {
      const answer = await post({ body: { clickedAt: deps.now() + offset } });
      expect(answer.status).toBe(status);
      expect(deps.antbuddy.dials).toHaveLength(status === 201 ? 1 : 0);
      // The same answer again, even when the resent click's time would be valid by now.
      deps.advance(1_000);
      expect((await post({ key: answer.key, body: { clickedAt: deps.now() } })).text).toBe(answer.text);
    });

    it('refuses an agent without a SIP device, and says the same again', async () => {
      const from = await addDevice(deps);
      const answer = await post({ from });
      expect([answer.status, codeIn(answer)]).toEqual([409, 'agent_not_mapped']);
      expect(await post({ from, key: answer.key })).toEqual(answer);
      expect(callIn(await get(answer.key, from))).toMatchObject({ state: 'not_sent', reason: { code: 'agent_not_mapped' } });
    });

    it('refuses what the policy refuses before anything is dialled', async () => {
      const answer = await post({ body: { number: '+6591234567' } });
      expect([answer.status, codeIn(answer)]).toEqual([403, 'country_not_allowed']);
      expect(await post({ key: answer.key, body: { number: '+6591234567' } })).toEqual(answer);
      expect(deps.antbuddy.dials).toEqual([]);
      expect((await post()).status).toBe(201);
    });

    it('knows a service line on the do-not-call list in whatever form it is asked for', async () => {
      const policy = { ...defaultPolicy(deps.config), openClasses: ['toll_free' as const] };
      await savePolicy(deps, 0, policy, 'admin');
      await importDoNotCall(deps, '1800 1234', false, 'admin');
      for (const listed of ['18001234', '+8418001234'])
        expect(codeIn(await post({ body: { number: listed } }))).toBe('do_not_call');
      expect(deps.antbuddy.dials).toEqual([]);
      expect((await post({ body: { number: '+8418001235' } })).status).toBe(201);
      expect(deps.antbuddy.dials).toMatchObject([{ number: '18001235' }]);
    });

    it('refuses before upstream is touched when the store is down', async () => {
      await deps.store.schema.dropTable('calls').execute();
      const answer = await post();
      expect([answer.status, codeIn(answer)]).toEqual([503, 'store_unavailable']);
      expect(codeIn(await get(answer.key))).toBe('store_failed');
      expect(deps.antbuddy.dials).toEqual([]);
    });

    it('tells of a doubt, not of a success, when the outcome cannot be recorded', async () => {
      const settle = hanging();
      const pending = post();
      await untilDialled(1);
      await deps.store.schema.dropTable('calls').execute();
      settle({ state: 'accepted' });
      expect(codeIn(await pending)).toBe('outcome_unknown');
      expect(deps.antbuddy.dials).toHaveLength(1);
    });

    it('is on record with its outcome even where the database that took over meanwhile lacks it', async () => {
      const settle = hanging();
      const pending = post();
      await untilDialled(1);
      const before = await deps.store.selectFrom('calls').selectAll().executeTakeFirst();
      await deps.store.deleteFrom('calls').execute();
      settle({ state: 'accepted' });
      const { key, text } = await pending;
      expect(await get(key)).toEqual({ status: 200, text });
      expect(await deps.store.selectFrom('calls').selectAll().executeTakeFirst()).toMatchObject({
        ...before,
        state: 'accepted',
        answer_status: 201,
        answer_body: text,
        settled_at: deps.now(),
      });
    });
  });

  describe('idempotency', () => {
    it('gives the same bytes every time', async () => {
      const first = await post();
      for (let turn = 0; turn < replays; turn += 1) expect(await post({ key: first.key })).toEqual(first);
      expect(deps.antbuddy.dials).toHaveLength(1);
    });

    it('dials once for 50 requests at once', async () => {
      const settle = hanging();
      const key = randomUUID();
      const pending = Promise.all(Array.from({ length: 50 }, () => post({ key })));
      await untilDialled(1);
      settle({ state: 'accepted' });
      const answers = await pending;
      const placed = answers.filter(({ status }) => status === 201);
      expect(placed.length).toBeGreaterThan(0);
      expect(answers.filter(({ status }) => status === 409).map(codeIn)).toEqual(
        Array(50 - placed.length).fill('call_in_progress'),
      );
      expect(new Set(placed.map(({ text }) => text)).size).toBe(1);
      expect(deps.antbuddy.dials).toHaveLength(1);
    });

    it('refuses the key of another call', async () => {
      const { key } = await post();
      for (const body of [{ number: '+84912345670' }, { surface: 'popup' }, { site: 'other.example' }]) {
        const answer = await post({ key, body });
        expect([answer.status, codeIn(answer)]).toEqual([422, 'idempotency_key_reused']);
      }
      expect(deps.antbuddy.dials).toHaveLength(1);
    });

    it('takes a click whose clock was set right between two tries as the same', async () => {
      const first = await post();
      expect(await post({ key: first.key, body: { clickedAt: deps.now() - 700 } })).toEqual(first);
    });

    it('reads keys without regard to case', async () => {
      const first = await post();
      expect((await post({ headers: { 'idempotency-key': first.key.toUpperCase() } })).text).toBe(first.text);
    });

    it('keeps the keys of two agents apart', async () => {
      const other = await mapped('1002');
      const mine = await post();
      expect(codeIn(await get(mine.key, other))).toBe('call_not_found');
      expect((await post({ key: mine.key, from: other })).status).toBe(201);
      expect(deps.antbuddy.dials.map(({ sipUser }) => sipUser)).toEqual(['1001', '1002']);
    });
  });

  it('takes a proof once, at whichever relay on the database', async () => {
    const other = createApp(createDeps(deps));
    const headers = { ...(await device.headers('POST', '/v1/calls')), 'content-type': 'application/json' };
    const ask = (at: typeof app) =>
      at.request('/v1/calls', {
        method: 'POST',
        headers: { ...headers, 'idempotency-key': randomUUID() },
        body: JSON.stringify({ number, clickedAt: deps.now(), surface: 'page' }),
      });
    expect((await ask(app)).status).toBe(201);
    const again = [await ask(app), ...('databaseUrl' in deps.config.place ? [await ask(other)] : [])];
    for (const answer of again) expect([answer.status, codeIn({ text: await answer.text() })]).toEqual([401, 'proof_used']);
    expect(deps.antbuddy.dials).toHaveLength(1);
  });

  it('says of a request that the browser sends again while its call is being placed that it came before', async () => {
    const settle = hanging();
    const key = randomUUID();
    const headers = { 'idempotency-key': key, ...(await device.headers('POST', '/v1/calls')) };
    const first = post({ key, headers });
    await untilDialled(1);
    const again = await post({ key, headers });
    expect([again.status, codeIn(again)]).toEqual([401, 'proof_used']);
    expect(callIn(await get(key))).toMatchObject({ state: 'dispatching' });
    settle({ state: 'accepted' });
    expect((await first).status).toBe(201);
    expect(deps.antbuddy.dials).toHaveLength(1);
  });

  describe('one dial at a time', () => {
    it('refuses another number while one is being dialled, for good', async () => {
      const settle = hanging();
      const first = post();
      await untilDialled(1);
      const second = await post({ body: { number: '+84912345670' } });
      expect([second.status, codeIn(second)]).toEqual([409, 'agent_already_dialling']);
      settle({ state: 'accepted' });
      await first;
      expect((await post({ key: second.key, body: { number: '+84912345670' } })).text).toBe(second.text);
      expect((await post({ body: { number: '+84912345670' } })).status).toBe(201);
    });

    it('lets two agents dial at once', async () => {
      const other = await mapped('1002');
      const settles = [hanging(), hanging()];
      const pending = [post(), post({ from: other })];
      await untilDialled(2);
      for (const settle of settles) settle({ state: 'accepted' });
      expect((await Promise.all(pending)).map(({ status }) => status)).toEqual([201, 201]);
    });
  });

  describe('the same number again', () => {
    it.each([
      ['accepted', 'outcome at once', 0, 1],
      ['accepted', 'within 5 s', 5_000, 1],
      ['accepted', 'later', 5_001, 2],
      ['unknown', 'within 5 s', 5_000, 1],
      ['rejected', 'at once', 0, 2],
      ['not_sent', 'at once', 0, 2],
    ] as const)('after %s, %s', async (state, _when, ms, dials) => {
      outcomes.push(state === 'accepted' ? { state } : no(state, 'upstream_busy'));
      const first = await post();
      deps.advance(ms);
      const again = await post();
      expect(deps.antbuddy.dials).toHaveLength(dials);
      expect(callIn(again)).toMatchObject(
        dials === 1 ? { key: again.key, state, sameAs: first.key } : { state: 'accepted', sameAs: null },
      );
    });

    it('is the same call from another browser of the agent, and not for another agent', async () => {
      const tablet = await addDevice(deps, { agentId: device.agentId });
      const first = await post();
      const second = await post({ from: tablet });
      expect(callIn(second).sameAs).toBe(first.key);
      expect(callIn(await get(first.key, tablet))).toEqual(callIn(first));
      expect(callIn(await post({ from: await mapped('1002') })).sameAs).toBeNull();
      expect(deps.antbuddy.dials).toHaveLength(2);
    });

    it('is the same call from another browser that uses the same key', async () => {
      const tablet = await addDevice(deps, { agentId: device.agentId });
      const first = await post({ from: tablet });
      const again = await post({ key: first.key });
      expect(callIn(again)).toMatchObject({ key: first.key, state: 'accepted', sameAs: first.key });
      expect(await post({ key: first.key })).toEqual(again);
      expect(callIn(await get(first.key))).toEqual(callIn(again));
      expect(callIn(await get(first.key, tablet)).sameAs).toBeNull();
      expect(deps.antbuddy.dials).toHaveLength(1);
    });

    it('counts from the click when that took long to arrive', async () => {
      const clickedAt = deps.now();
      await post({ body: { clickedAt } });
      deps.advance(9_000);
      expect(callIn(await post({ body: { clickedAt: clickedAt + 300 } })).sameAs).not.toBeNull();
      expect(deps.antbuddy.dials).toHaveLength(1);
    });

    it.each([
      ['within 5 s', -5_000, 1],
      ['to long before', -3_600_000, 2],
    ] as const)('is not the same call only because the clock was set back: %s', async (_, ms, dials) => {
      await post();
      deps.advance(ms);
      await post();
      expect(deps.antbuddy.dials).toHaveLength(dials);
    });

    it('is the same call by its click, also after the clock was set back', async () => {
      const clickedAt = deps.now();
      await post({ body: { clickedAt } });
      deps.advance(-9_000);
      expect(callIn(await post({ body: { clickedAt: clickedAt + 300 } })).sameAs).not.toBeNull();
    });

    it('is refused, not swallowed, while one is being dialled from before the clock was set back', async () => {
      const settle = hanging();
      const first = post();
      await untilDialled(1);
      deps.advance(-3_600_000);
      expect(codeIn(await post())).toBe('agent_already_dialling');
      settle({ state: 'accepted' });
      await first;
    });

    it('does not stretch the window by clicking on', async () => {
      await post();
      for (const _ of [1, 2]) {
        deps.advance(3_000);
        await post();
      }
      expect(deps.antbuddy.dials).toHaveLength(2);
    });

    it('tells the outcome of a call that was still going when the click was folded into it', async () => {
      const settle = hanging();
      const first = post();
      await untilDialled(1);
      const folded = await post();
      expect(callIn(folded)).toMatchObject({ state: 'dispatching', key: folded.key });
      settle(no('rejected', 'device_offline'));
      const { key } = await first;
      const told = await get(folded.key);
      expect(callIn(told)).toMatchObject({ state: 'rejected', reason: { code: 'device_offline' }, sameAs: key });
      expect((await post({ key: folded.key })).text).toBe(told.text);
      expect(deps.antbuddy.dials).toHaveLength(1);
    });
  });

  describe('a commit whose answer is lost', () => {
    const lost = new StoreError(new Error('The connection was lost.'));
    /** Ways in which the next commit succeeds but its answer is lost. */
    const ways: [name: string, lose: () => Promise<unknown>][] = [
      [
        'in a single turn',
        async () => {
          const adapter = deps.store.getExecutor().adapter as DialectAdapter & RunsAtOnce;
          const runAtOnce = adapter.runAtOnce.bind(adapter);
          vi.spyOn(adapter, 'runAtOnce').mockImplementationOnce((queries) => runAtOnce(queries).then(() => Promise.reject(lost)));
        },
      ],
      [
        'after a closer look',
        async () => {
          await post({ body: { number: '+84912345000' } });
          await savePolicy(deps, 0, { ...defaultPolicy(deps.config), countries: ['VN', 'SG'] }, 'admin');
          const begin = deps.store.transaction.bind(deps.store);
          vi.spyOn(deps.store, 'transaction').mockImplementationOnce(() => {
            const turn = begin();
            const execute: typeof turn.execute = (work) => turn.execute(work).then(() => Promise.reject(lost));
            return Object.assign(Object.create(turn), { execute });
          });
        },
      ],
    ];
    it.each(ways)('was not sent, and keeps nobody from calling: %s', async (_, lose) => {
      await lose();
      const before = deps.antbuddy.dials.length;
      const first = await post();
      expect([first.status, codeIn(first)]).toEqual([503, 'store_unavailable']);
      await deps.calls.settled();
      expect(callIn(await get(first.key))).toMatchObject({ state: 'not_sent', reason: { code: 'store_unavailable' } });
      expect(deps.antbuddy.dials).toHaveLength(before);
      expect(callIn(await post())).toMatchObject({ state: 'accepted', sameAs: null });
    });

    it('is not taken for its twin of the same millisecond, which is being dialled', async () => {
      const settle = hanging();
      const dialled = post();
      await untilDialled(1);
      vi.spyOn(deps.store.getExecutor().adapter as DialectAdapter & RunsAtOnce, 'runAtOnce').mockRejectedValueOnce(lost);
      const { key } = await deps.store.selectFrom('calls').select('key').executeTakeFirstOrThrow();
      expect(codeIn(await post({ key }))).toBe('store_unavailable');
      const meanwhile = await get(key);
      settle({ state: 'accepted' });
      expect([meanwhile, await dialled].map((answer) => callIn(answer).state)).toEqual(['dispatching', 'accepted']);
    });

    it('was not sent either where it comes about later', async () => {
      const adapter = deps.store.getExecutor().adapter as DialectAdapter & RunsAtOnce;
      const runAtOnce = adapter.runAtOnce.bind(adapter);
      let commit = async () => {};
      vi.spyOn(adapter, 'runAtOnce').mockImplementationOnce((queries) => {
        commit = () => runAtOnce(queries);
        return Promise.reject(lost);
      });
      const { key } = await post();
      expect((await get(key)).status).toBe(404);
      await commit();
      await deps.calls.settled();
      expect(callIn(await get(key))).toMatchObject({ state: 'not_sent', reason: { code: 'store_unavailable' } });
      expect(deps.antbuddy.dials).toEqual([]);
    });

    it.each([
      ['of another time', { created_at: 1 }],
      ['of another relay', { owner: 'another relay' }],
    ])('is not taken for a call with its key: %s', async (_, other) => {
      const { agentId, deviceId } = device;
      const click = { agentId, deviceId, key: randomUUID(), number, clickedAt: deps.now(), surface: 'page' } as const;
      const lostDraft = draftCall(deps.store, click, { dialled: '0912345678', sipUser: '1001' }, deps.now());
      await openCall(deps, { ...lostDraft, ...other }, async () => null);
      await settleCall(deps.store, lostDraft, { state: 'not_sent', code: 'store_unavailable' }, deps.now());
      expect(callIn(await get(click.key))).toMatchObject({ state: 'dispatching' });
    });
  });

  describe('a relay that died', () => {
    async function leaveDispatching() {
      const settle = hanging();
      const pending = post();
      await untilDialled(1);
      return { settle, pending, key: (await deps.store.selectFrom('calls').select('key').executeTakeFirstOrThrow()).key };
    }

    it('leaves a call in progress until its deadline, then unknown for good', async () => {
      const { settle, pending, key } = await leaveDispatching();
      expect(codeIn(await post({ key }))).toBe('call_in_progress');
      expect(callIn(await get(key)).state).toBe('dispatching');
      deps.advance(15_001);
      const told = await get(key);
      expect(callIn(told)).toMatchObject({ state: 'unknown', reason: { code: 'outcome_unknown' } });
      // The outcome that arrives late does not change the answer already given.
      settle({ state: 'accepted' });
      expect((await pending).text).toBe(told.text);
      expect((await post({ key })).text).toBe(told.text);
      expect(deps.antbuddy.dials).toHaveLength(1);
    });

    it('is swept up', async () => {
      const { settle, pending } = await leaveDispatching();
      expect(await sweepAbandonedCalls(deps)).toBe(0);
      deps.advance(15_001);
      expect(await sweepAbandonedCalls(deps)).toBe(1);
      expect(await sweepAbandonedCalls(deps)).toBe(0);
      settle({ state: 'accepted' });
      expect(callIn(await pending).state).toBe('unknown');
    });

    it('does not keep the agent from calling again', async () => {
      const { settle, pending } = await leaveDispatching();
      deps.advance(15_001);
      expect(callIn(await post())).toMatchObject({ state: 'accepted', sameAs: null });
      settle({ state: 'accepted' });
      await pending;
    });

    describe('and was seen to', () => {
      const folder = mkdtempSync(join(tmpdir(), 'dialside-calls-'));
      afterAll(() => rmSync(folder, { recursive: true }));
      const enter = () => {
        const place = 'databaseUrl' in deps.config.place ? deps.config.place : { dataDir: folder };
        return joinRelays(deps.store, place, () => undefined, { settlingMs: 0, comeBackMs: 0 });
      };

      it('does not keep the agent waiting, and no living relay loses its call', async () => {
        const dead = await enter();
        const { settle, pending, key } = await leaveDispatching();
        // Only one relay at a time may use a SQLite folder.
        const beside = 'databaseUrl' in deps.config.place ? await enter() : undefined;
        expect(codeIn(await post({ body: { number: '+84912345670' } }))).toBe('agent_already_dialling');
        expect(await sweepAbandonedCalls(deps)).toBe(0);
        expect(callIn(await get(key)).state).toBe('dispatching');
        await dead.leave();
        const next = beside ?? (await enter());
        expect(callIn(await post({ body: { number: '+84912345671' } })).state).toBe('accepted');
        expect(callIn(await get(key))).toMatchObject({ state: 'unknown', reason: { code: 'outcome_unknown' } });
        expect(codeIn(await post({ key, body: { number: '+84912345670' } }))).toBe('idempotency_key_reused');
        settle({ state: 'accepted' });
        expect(callIn(await pending).state).toBe('unknown');
        await next.leave();
      });

      it('is not seen in a living relay whose clock is behind, nor in one that the others do not see', async () => {
        const relay = await enter();
        const ownerOf = () => deps.store.selectFrom('calls').select('owner').executeTakeFirstOrThrow();
        const { settle, pending } = await leaveDispatching();
        expect(await ownerOf()).toEqual({ owner: relay.id });
        deps.advance(16_000);
        for (const [owner, abandoned] of [
          [null, 0],
          [relay.id, 1],
        ] as const) {
          await deps.store.updateTable('calls').set({ owner }).execute();
          expect(await sweepAbandonedCalls(deps)).toBe(abandoned);
        }
        settle({ state: 'accepted' });
        await pending;

        relay.isSeen = () => false;
        await post({ body: { number: '+84912345670' } });
        const last = deps.store.selectFrom('calls').select('owner').where('number', '=', '+84912345670');
        expect(await last.executeTakeFirst()).toEqual({ owner: null });
        await relay.leave();
      });

      it('has its calls settled by the relay that starts next', async () => {
        const dead = await enter();
        const { settle, pending, key } = await leaveDispatching();
        await dead.leave();
        const next = await enter();
        expect(await sweepAbandonedCalls(deps)).toBe(1);
        expect(callIn(await get(key)).state).toBe('unknown');
        settle({ state: 'accepted' });
        await pending;
        await next.leave();
      });
    });

    describe('with a second device', () => {
      let mobile: string;
      beforeEach(async () => {
        mobile = await addSipDevice(deps, device.agentId, { sipUser: '1002' });
      });
      const rung = () => deps.antbuddy.dials.map(({ sipUser, sipPassword }) => [sipUser, sipPassword]);

      it('rings the first unless another is named, and says which', async () => {
        const calls = [await post(), await post({ body: { number: '+84912345679', sipDevice: mobile } })];
        expect(rung()).toEqual([
          ['1001', 'password-1001'],
          ['1002', 'password-1002'],
        ]);
        expect(calls.map((call) => callIn(call).sipUser)).toEqual(['1001', '1002']);
        expect(await deps.store.selectFrom('calls').select('sip_user').orderBy('sip_user').execute()).toEqual([
          { sip_user: '1001' },
          { sip_user: '1002' },
        ]);
      });

      it.each([
        ['another agent’s', async () => (await mapped('2001')).agentId],
        ['one without a password', () => addSipDevice(deps, device.agentId, { sipUser: '1003', sipPassword: null })],
        ['nobody’s', async () => randomUUID()],
      ])('refuses a device that is %s before anything is sent', async (_whose, find) => {
        const call = await post({ body: { sipDevice: await find() } });
        expect([call.status, codeIn(call)]).toEqual([409, 'sip_device_unknown']);
        expect(rung()).toEqual([]);
        expect(await deps.store.selectFrom('calls').select(['state', 'reason_code', 'sip_user']).execute()).toEqual([
          { state: 'refused', reason_code: 'sip_device_unknown', sip_user: null },
        ]);
      });

      it('takes another device for another call of the same key', async () => {
        const body = { sipDevice: mobile, clickedAt: deps.now() };
        const { key, text } = await post({ body });
        expect((await post({ key, body })).text).toBe(text);
        expect(codeIn(await post({ key, body: { ...body, sipDevice: device.agentId } }))).toBe('idempotency_key_reused');
        expect(codeIn(await post({ key, body: { clickedAt: body.clickedAt } }))).toBe('idempotency_key_reused');
        expect(rung()).toHaveLength(1);
      });

      it('may call the same number with it at once when the first was offline', async () => {
        outcomes = [no('rejected', 'device_offline')];
        const first = await post();
        const second = await post({ body: { sipDevice: mobile } });
        expect([callIn(first).state, callIn(first).sipUser]).toEqual(['rejected', '1001']);
        expect([callIn(second).state, callIn(second).sameAs]).toEqual(['accepted', null]);
        expect(rung().map(([sipUser]) => sipUser)).toEqual(['1001', '1002']);
      });
    });

    it('gives a late sender a limit: the click’s age, and the time until the sweep', async () => {
      await post({ body: { clickedAt: deps.now() - 14_000 } });
      deps.advance(6_000);
      await post();
      expect(deps.antbuddy.dials.map(({ sendBy }) => sendBy - deps.now())).toEqual([1_000 - 6_000, 4_000]);
    });
  });
});

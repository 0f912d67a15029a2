import { randomUUID } from 'node:crypto';
import * as v from 'valibot';
import { beforeEach, describe, expect, it } from 'vitest';
import { createApp } from '../app.ts';
import { MissedSchema, type Outcome } from '../contract.ts';
import { addPlaced } from '../testing/add-placed.ts';
import { describeOnEngines } from '../testing/describe-on-engines.ts';
import { addDevice, type TestDevice } from '../testing/device.ts';
import { type TestDeps, testNow } from '../testing/make-deps.ts';
import { inbound, mailan, mirrorRecords, outbound, quochuy, stranger } from '../testing/mirror-records.ts';
import { send } from '../testing/send.ts';
import { linkCalls } from './link-calls.ts';
import { writeProgress } from './mirror-status.ts';

let deps: TestDeps;
let device: TestDevice;

const a = '0912345601';
const b = '0912345602';
const old = '0792345603';
const day = 86_400;
const missed = (number: string, change: object = {}) => inbound(number, { status_detail: 'CANCELLED', ...change });
const ago = (seconds: number) => ({ unix_timestamp: testNow / 1000 - seconds });
const e164 = (number: string) => `+84${number.slice(1)}`;

async function ask(query = '', from = device) {
  const answer = await send(createApp(deps), from, 'GET', `/v1/missed${query}`);
  return v.parse(MissedSchema, await answer.json());
}
const found = async (query = '') =>
  (await ask(query)).calls.map(({ call, times }) => [call.peer.number, (testNow - call.startedAt) / 1000, times]);

describeOnEngines('GET /v1/missed', (make) => {
  beforeEach(async () => {
    deps = await make();
    device = await addDevice(deps, { username: 'mailan', sipUser: '1001' });
  });

  /** Newest first, one second apart. */
  const cases: [what: string, records: object[], expected: [string, number, number][]][] = [
    ['a missed call', [missed(a)], [[e164(a), 0, 1]]],
    [
      'several of one number as one, the last',
      [missed(a), missed(b), missed(a)],
      [
        [e164(a), 0, 2],
        [e164(b), 1, 1],
      ],
    ],
    ['nobody called since, even in vain', [outbound(a, { status_detail: 'BUSY' }), missed(a)], []],
    ['whom a call could not be placed to', [outbound(a, { status_detail: 'ERROR' }), missed(a)], [[e164(a), 1, 1]]],
    ['nobody called since without success', [outbound(a, { status_detail: 'UNSUCCESS' }), missed(a)], []],
    ['a call that had no success', [missed(a, { status_detail: 'UNSUCCESS' })], [[e164(a), 0, 1]]],
    ['nobody spoken with since', [inbound(a), missed(a)], []],
    ['who called in vain again after a talk', [missed(a), outbound(a), missed(a)], [[e164(a), 0, 1]]],
    ['whom only another number was called for', [outbound(b), missed(a)], [[e164(a), 1, 1]]],
    ['whom only another agent called', [outbound(a, { caller: quochuy }), missed(a)], [[e164(a), 1, 1]]],
    ['nobody who called another agent', [missed(a, { callee: quochuy })], []],
    ['nobody without a number', [missed('anonymous'), missed('sip:x@pbx')], []],
    ['no colleague', [{ caller: quochuy, callee: mailan, class: 'one_one', direction: 'to_ab', status_detail: 'BUSY' }], []],
    [
      'a call once that was for the device and for the user',
      [missed(a, { callee: { ...mailan, number: '1001' } })],
      [[e164(a), 0, 1]],
    ],
    ['a call to the device alone', [missed(a, { callee: { number: '1001', type: 'device' } })], [[e164(a), 0, 1]]],
    ['nobody who gave up before the last week', [missed(a, ago(7 * day + 1)), missed(b, ago(7 * day))], [[e164(b), 7 * day, 1]]],
    ['nobody whose caller ID only looks like one', [missed(a, { caller: stranger('') })], []],
  ];
  it.each(cases)('lists %s', async (_, records, expected) => {
    await mirrorRecords(deps, ...records);
    expect(await found()).toEqual(expected);
  });

  it.each([
    ['accepted', 10, 0],
    ['dispatching', 10, 0],
    ['rejected', 10, 1],
    ['not_sent', 10, 1],
    ['unknown', 10, 1],
    ['refused', 10, 1],
    ['accepted', 30, 1],
  ] as const)('with a call back %s %d seconds ago and missed 20 seconds ago leaves %d', async (state, seconds, left) => {
    await mirrorRecords(deps, missed(a, ago(20)));
    await addPlaced(deps, device, randomUUID(), { number: e164(a), state, created_at: testNow - seconds * 1000 });
    expect((await ask()).count).toBe(left);
    const other = await addDevice(deps, { sipUser: '1002' });
    await addPlaced(deps, other, randomUUID(), { number: e164(a), created_at: testNow });
    expect((await ask()).count).toBe(left);
  });

  const hourMs = 3_600_000;
  it.each([
    ['not read at all', null, 0],
    ['not yet read to the end of a long talk', testNow, 0],
    ['read', testNow + 2 * hourMs - 10_000, 1],
    ['read but for that time', testNow + 9 * hourMs, 0, [{ from: testNow, to: testNow + 60_000 }]],
    ['read but for the time before', testNow + 9 * hourMs, 0, [{ from: testNow - 90_000, to: testNow - 40_000 }]],
    ['read but for another time', testNow + 9 * hourMs, 1, [{ from: testNow - 3_600_000, to: testNow - 90_000 }]],
  ])('with a call back accepted that the histories, %s, do not list', async (_, completeTo, left, holes = []) => {
    await mirrorRecords(deps, missed(a, ago(20)));
    await addPlaced(deps, device, randomUUID(), { number: e164(a), created_at: testNow - 10_000 });
    await writeProgress(deps.store, { completeTo, holes, backfillFrom: 1, backfilledDays: 3 });
    expect((await ask()).count).toBe(left);
  });

  it.each([
    ['ERROR', 1],
    ['UNSUCCESS', 0],
    ['BUSY', 0],
  ])('leaves %s of a call back to what the history says of it', async (status_detail, left) => {
    const [history_id] = await mirrorRecords(deps, outbound(a, { status_detail, ...ago(10) }), missed(a, ago(20)));
    await addPlaced(deps, device, randomUUID(), { number: e164(a), created_at: testNow - 10_000, history_id });
    expect((await ask()).count).toBe(left);
  });

  it('takes a call back for one whose device has become another agent’s', async () => {
    const other = { ...mailan, number: '1009', username: 'other' };
    const [history_id] = await mirrorRecords(deps, outbound(a, { caller: other, ...ago(10) }), missed(a, ago(20)));
    await addPlaced(deps, device, randomUUID(), { number: e164(a), created_at: testNow - 10_000, history_id });
    expect((await ask()).count).toBe(0);
  });

  const note = async (subject: string, outcome: Outcome | null, version = 0) => {
    const noted = { json: { text: '', outcome }, headers: { 'if-match': `"${version}"` } };
    expect((await send(createApp(deps), device, 'PUT', `/v1/notes/${subject}`, noted)).status).toBe(200);
  };

  it.each([
    ['reached', 0],
    ['done', 0],
    ['wrong_number', 0],
    ['not_interested', 0],
    ['do_not_call', 0],
    ['call_later', 1],
    ['no_answer', 1],
  ] as const)('with a note %s on the last missed call leaves %d', async (outcome, left) => {
    const [id = ''] = await mirrorRecords(deps, missed(a), missed(a, ago(day)));
    await note(id, outcome);
    expect((await ask()).count).toBe(left);
    await note(id, null, 1);
    expect((await ask()).count).toBe(1);
  });

  it.each([
    ['an earlier missed call', [missed(a), missed(a, ago(60))], 1],
    ['a later call that could not be placed', [missed(a, ago(60)), outbound(a, { status_detail: 'ERROR' })], 0],
    ['a missed call of another number', [missed(a), missed(b)], 1],
  ] as const)('with %s noted as done leaves %d', async (_, records, left) => {
    const [, id = ''] = await mirrorRecords(deps, ...records);
    await note(id, 'done');
    const { count, calls } = await ask();
    expect([count, calls.length]).toEqual([left, left]);
  });

  describe('a number that asked to be called later', () => {
    const talk = () => outbound(a, ago(600));
    const later = async (number = a) => (await found()).filter(([peer]) => peer === e164(number));

    it.each([
      ['waits, with the call on which it asked', [], [[e164(a), 600, 0]]],
      ['waits after a call in vain', [outbound(a, { status_detail: 'BUSY', ...ago(60) })], [[e164(a), 600, 0]]],
      ['was spoken to since', [outbound(a, ago(60))], []],
      ['called since and was answered', [inbound(a, ago(60))], []],
      ['called since and was missed', [missed(a, ago(60))], [[e164(a), 60, 1]]],
      ['was called back in vain after that', [outbound(a, { status_detail: 'BUSY' }), missed(a, ago(60))], [[e164(a), 600, 0]]],
      ['was spoken to by another agent alone', [outbound(a, { caller: quochuy, ...ago(60) })], [[e164(a), 600, 0]]],
      ['waits whoever else was spoken to', [outbound(b, ago(60))], [[e164(a), 600, 0]]],
    ] as const)('%s', async (_, since, expected) => {
      const [id = ''] = await mirrorRecords(deps, talk(), ...since);
      await note(id, 'call_later');
      expect(await later()).toEqual(expected);
      expect((await ask()).count).toBe(expected.length);
    });

    it.each([
      ['as such', 'no_answer', 1],
      ['as settled', 'done', 0],
      ['as the same again', 'call_later', 1],
      ['in words alone', null, 1],
    ] as const)('goes by the newest outcome: with a call in vain noted since %s it leaves %d', async (_, outcome, left) => {
      const [id = '', tried = ''] = await mirrorRecords(deps, talk(), outbound(a, { status_detail: 'BUSY', ...ago(60) }));
      await note(tried, outcome);
      await note(id, 'call_later');
      expect((await ask()).count).toBe(left);
      if (left > 0) await note(id, null, 1);
      expect((await ask()).count).toBe(outcome === 'call_later' ? 1 : 0);
    });

    it.each([
      ['from it', () => inbound(a, ago(600)), 1],
      ['by a withheld number', () => inbound('anonymous', ago(600)), 0],
      ['with a colleague', () => ({ caller: mailan, callee: quochuy, class: 'one_one', direction: 'from_ab', ...ago(600) }), 0],
      ['longer ago than a missed call waits', () => outbound(a, ago(30 * day)), 1],
      ['a month ago', () => outbound(a, ago(31 * day + 1)), 0],
      [
        'that the history has for the user and for the device',
        () => outbound(a, { caller: { ...mailan, number: '1001' }, ...ago(600) }),
        1,
      ],
    ])('asked on a call %s', async (_, record, left) => {
      const [id = ''] = await mirrorRecords(deps, record());
      await note(id, 'call_later');
      const { count, calls, others } = await ask();
      expect([count, calls.length, others]).toEqual([left, left, []]);
    });

    it('leaves when it is on the do-not-call list', async () => {
      const [id = ''] = await mirrorRecords(deps, talk());
      await note(id, 'call_later');
      const listed = { number: e164(a), reason: '', added_at: 1 };
      await deps.store.insertInto('do_not_call').values(listed).execute();
      expect(await ask()).toMatchObject({ count: 0, others: [] });
    });

    it.each([
      ['accepted', { disposition: 'other' }],
      ['rejected', { disposition: 'failed' }],
    ] as const)('asked on a call that is %s and not in the history yet', async (state, listed) => {
      await mirrorRecords(deps, missed(b));
      const key = randomUUID();
      await addPlaced(deps, device, key, { number: e164(a), state, created_at: testNow - 60_000 });
      await note(key, 'call_later');
      for (const query of ['?q=345601', '?outcome=call_later']) {
        const answer = await ask(query);
        expect(answer.calls).toMatchObject([
          { times: 0, call: { id: key, startedAt: testNow - 60_000, ...listed, note: { outcome: 'call_later' } } },
        ]);
        expect(answer.count).toBe(1);
      }
    });

    it('goes on waiting when the history has the call, which began after the click', async () => {
      const key = randomUUID();
      await addPlaced(deps, device, key, { number: e164(a), created_at: testNow - 70_000 });
      await note(key, 'call_later');
      const [id] = await mirrorRecords(deps, outbound(a, ago(60)));
      expect(await linkCalls(deps, testNow)).toBe(1);
      expect((await ask()).calls.map(({ call, times }) => [call.id, times])).toEqual([[id, 0]]);
    });

    it.each([
      ['accepted', 1, 0],
      ['dispatching', 1, 0],
      ['rejected', 1, 1],
      ['accepted', 601, 1],
    ] as const)(
      'with a call back %s %d seconds ago, of which the history cannot know, leaves %d',
      async (state, seconds, left) => {
        const [id = ''] = await mirrorRecords(deps, talk());
        await note(id, 'call_later');
        await addPlaced(deps, device, randomUUID(), { number: e164(a), state, created_at: testNow - seconds * 1000 });
        expect((await ask()).count).toBe(left);
        await writeProgress(deps.store, { completeTo: testNow + 9 * hourMs, holes: [], backfillFrom: 1, backfilledDays: 3 });
        expect((await ask()).count).toBe(1);
      },
    );

    it('is found like the missed calls, in their order', async () => {
      const [, id = '', , much = ''] = await mirrorRecords(
        deps,
        missed(b),
        outbound(a, { callee: { ...stranger(a), username: 'Công ty Hà' } }),
        missed(old),
        outbound('0912345604', ago(8 * day)),
      );
      await note(id, 'call_later');
      await note(much, 'call_later');
      expect((await found()).map(([number]) => number)).toEqual([b, a, old, '0912345604'].map(e164));
      expect((await found('?q=cong%20ty')).map(([number]) => number)).toEqual([e164(a)]);
      expect((await found(`?to=${testNow - 1500}`)).map(([number]) => number)).toEqual([old, '0912345604'].map(e164));
      expect(await found(`?from=${testNow - 7 * day * 1000}`)).toHaveLength(3);
    });

    it.each([
      ['outcome=call_later', [a, b]],
      ['q=ba%CC%81o%20gia', [a]],
      ['q=bao%20gia&outcome=call_later', [a]],
      ['q=kho&outcome=call_later', [b]],
      ['outcome=no_answer', []],
      ['q=nothing', []],
    ] as const)('is found by its note, also when it was missed since, by %s', async (query, expected) => {
      const [, , asked = '', , again = '', , past = '', reached = ''] = await mirrorRecords(
        deps,
        missed(a),
        missed(b),
        outbound(a, ago(600)),
        missed(a, ago(500)),
        outbound(b, ago(700)),
        // Spoken to since it asked.
        missed(old),
        outbound(old, ago(800)),
        outbound(old, ago(600)),
      );
      const say = async (subject: string, text: string, outcome: Outcome | null) => {
        const noted = { json: { text, outcome }, headers: { 'if-match': '"0"' } };
        expect((await send(createApp(deps), device, 'PUT', `/v1/notes/${subject}`, noted)).status).toBe(200);
      };
      await say(asked, 'Hẹn báo giá', 'call_later');
      await say(again, 'Hỏi kho', 'call_later');
      await say(past, 'Hẹn báo giá', 'call_later');
      await say(reached, '', 'reached');
      const answer = await ask(`?${query}`);
      expect(answer.calls.map(({ call }) => call.peer.number)).toEqual(expected.map(e164));
      expect(answer.count).toBe(expected.length);
    });

    it('is no other agent’s', async () => {
      const [id = ''] = await mirrorRecords(deps, talk());
      await note(id, 'call_later');
      expect((await ask('', await addDevice(deps, { username: 'quochuy', sipUser: '1002' }))).count).toBe(0);
    });
  });

  it('does not go by what another agent noted', async () => {
    const [id = ''] = await mirrorRecords(deps, missed(a, { caller: stranger(a) }));
    const at = { called_at: testNow, updated_at: testNow };
    const other = await addDevice(deps, { sipUser: '1002' });
    const noted = { agent_id: other.agentId, subject: id, number: e164(a), text: '', search: '', version: 1, ...at };
    await deps.store
      .insertInto('notes')
      .values({ ...noted, outcome: 'done' })
      .execute();
    expect((await ask()).count).toBe(1);
  });

  it('leaves out who is on the do-not-call list', async () => {
    await mirrorRecords(deps, missed(a), missed(b));
    await deps.store
      .insertInto('do_not_call')
      .values({ number: e164(a), reason: '', added_at: 1 })
      .execute();
    expect(await found()).toEqual([[e164(b), 1, 1]]);
    expect((await ask()).count).toBe(1);
  });

  it('lists apart who cannot be called back, with the last call of each', async () => {
    const colleague = { caller: quochuy, callee: mailan, class: 'one_one', direction: 'to_ab', status_detail: 'BUSY' };
    const [, hidden, , listed, ofColleague] = await mirrorRecords(
      deps,
      missed(a),
      missed('anonymous'),
      missed('anonymous'),
      missed(b),
      colleague,
      // Spoken to since.
      inbound(old),
      missed(old),
    );
    await deps.store
      .insertInto('do_not_call')
      .values([b, old].map((number) => ({ number: e164(number), reason: '', added_at: 1 })))
      .execute();
    const { count, others } = await ask();
    expect([count, others?.map(({ id }) => id)]).toEqual([1, [hidden, listed, ofColleague]]);
  });

  it('looks back as far as asked, a month at most', async () => {
    await mirrorRecords(deps, missed(a, ago(10 * day)), missed(b, ago(32 * day)));
    expect(await found(`?from=${testNow - 9 * day * 1000}`)).toEqual([]);
    expect(await found(`?from=${testNow - 11 * day * 1000}`)).toHaveLength(1);
    expect(await ask('?from=0')).toMatchObject({ count: 1, from: testNow - 31 * day * 1000 });
  });

  it.each([
    ['q=2345602', [b]],
    ['q=%2B84%20912%20345%20602', [b]],
    [`q=${encodeURIComponent('0912·345·602')}`, [b]],
    // The mobile prefix used before 2018.
    ['q=01212345603', [old]],
    ['q=cong%20ty%20ha', [a]],
    ['q=bao%20gia', [b]],
    ['q=b%25o', []],
    ['q=2345601&outcome=call_later', []],
    ['outcome=call_later', [b]],
    ['outcome=none', [a, old]],
    [`to=${testNow - 1500}`, [old]],
    [`to=${testNow - 500}&q=0`, [b, old]],
    ['q=', [a, b, old]],
  ])('finds those who wait by %s', async (query, expected) => {
    const [, note] = await mirrorRecords(
      deps,
      missed(a, { caller: { ...stranger(a), username: 'Công ty Hà' } }),
      missed(b),
      missed(old),
      // Called back, so no search finds it.
      outbound('0912345609'),
      missed('0912345609'),
    );
    const noted = { json: { text: 'Hẹn báo giá', outcome: 'call_later' }, headers: { 'if-match': '"0"' } };
    const saved = await send(createApp(deps), device, 'PUT', `/v1/notes/${note}`, noted);
    expect(saved.status).toBe(200);
    const answer = await ask(`?${query}`);
    expect(answer.calls.map(({ call }) => call.peer.number)).toEqual(expected.map(e164));
    expect(answer.count).toBe(expected.length);
  });

  it('counts all numbers, gives the newest 100, and says how far the history is complete', async () => {
    await mirrorRecords(deps, ...Array.from({ length: 130 }, (_, turn) => missed(`0912345${String(turn).padStart(3, '0')}`)));
    await writeProgress(deps.store, { completeTo: 1_700_000_000_000, holes: [], backfillFrom: 1, backfilledDays: 3 });
    const { count, calls, completeTo } = await ask();
    expect([count, calls.length, completeTo]).toEqual([130, 100, 1_700_000_000_000]);
    expect(calls[99]?.call.peer.number).toBe('+84912345099');
  });

  it('has nothing for an agent without a mapping, and refuses what it does not know', async () => {
    const unmapped = await addDevice(deps);
    await mirrorRecords(deps, missed(a));
    expect(await ask('', unmapped)).toMatchObject({ count: 0, calls: [], completeTo: null });
    expect((await send(createApp(deps), device, 'GET', '/v1/missed?agent=x')).status).toBe(400);
  });
});

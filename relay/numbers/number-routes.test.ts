import { randomUUID } from 'node:crypto';
import * as v from 'valibot';
import { beforeEach, expect, it } from 'vitest';
import { createApp } from '../app.ts';
import { NumberFactsSchema } from '../contract.ts';
import { saveNote } from '../notes/save-note.ts';
import { defaultPolicy } from '../policy/default-policy.ts';
import { savePolicy } from '../policy/policies.ts';
import { addPlaced } from '../testing/add-placed.ts';
import { describeOnEngines } from '../testing/describe-on-engines.ts';
import { addDevice, type TestDevice } from '../testing/device.ts';
import { type TestDeps, testNow } from '../testing/make-deps.ts';
import { inbound, mirrorRecords, outbound, quochuy } from '../testing/mirror-records.ts';
import { send } from '../testing/send.ts';

let deps: TestDeps;
let device: TestDevice;

const number = '+84912345678';
const ago = (seconds: number) => ({ unix_timestamp: testNow / 1000 - seconds });
const day = 86_400;

async function ask(wanted = number, from = device) {
  const answer = await send(createApp(deps), from, 'GET', `/v1/numbers/${encodeURIComponent(wanted)}`);
  return answer.status === 200 ? v.parse(NumberFactsSchema, await answer.json()) : (await answer.json()).error.code;
}

describeOnEngines('GET /v1/numbers/{number}', (make) => {
  beforeEach(async () => {
    deps = await make();
    device = await addDevice(deps, { username: 'mailan', sipUser: '1001' });
  });

  it('knows nothing of a number that was never called', async () => {
    expect(await ask()).toEqual({
      number,
      country: 'VN',
      class: 'mobile',
      refusal: null,
      week: { calls: 0, answered: 0 },
      last: null,
      lastAnswered: null,
      placed: null,
      note: null,
      latest: null,
      askedNotToCall: null,
    });
  });

  it('names the newest call and its note, by its key until the history has it', async () => {
    const [id = ''] = await mirrorRecords(deps, outbound(number, { status_detail: 'BUSY', ...ago(60) }));
    const note = (subject: string, text: string) =>
      saveNote(deps, { agentId: device.agentId, subject, version: 0, change: { text, outcome: 'no_answer' } });
    await note(id, 'of the history');
    const inHistory = { subject: id, at: testNow - 60_000, note: { text: 'of the history', outcome: 'no_answer', version: 1 } };
    expect((await ask()).latest).toMatchObject(inHistory);
    const key = randomUUID();
    await addPlaced(deps, device, key, { created_at: testNow - 20_000, number });
    expect((await ask()).latest).toEqual({ subject: key, at: testNow - 20_000, note: null });
    await note(key, 'just placed');
    expect((await ask()).latest).toMatchObject({ subject: key, note: { text: 'just placed' } });
    await addPlaced(deps, device, randomUUID(), { created_at: testNow - 90_000, number });
    await deps.store.updateTable('calls').set({ history_id: id }).where('key', '=', key).execute();
    expect((await ask()).latest).toMatchObject(inHistory);
  });

  it('tells everybody that somebody was asked not to call it, in no words of a note', async () => {
    const [id = '', before = ''] = await mirrorRecords(deps, outbound('0912345678', ago(60)), outbound('0912345678', ago(day)));
    const other = await addDevice(deps, { username: 'quochuy', sipUser: '1002' });
    for (const subject of [before, id])
      await saveNote(deps, {
        agentId: device.agentId,
        subject,
        version: 0,
        change: { text: 'secret', outcome: subject === id ? 'do_not_call' : 'done' },
      });
    for (const from of [device, other])
      expect(await ask(number, from)).toMatchObject({ askedNotToCall: testNow - 60_000, refusal: null });
    expect((await ask(number, other)).note).toBeNull();
    await saveNote(deps, { agentId: device.agentId, subject: id, version: 1, change: { text: 'secret', outcome: null } });
    expect(await ask(number, other)).toMatchObject({ askedNotToCall: null });
  });

  it('tells what happened with it, of the agent’s own calls alone', async () => {
    const [, , talk = '', old = ''] = await mirrorRecords(
      deps,
      outbound('0912345678', { status_detail: 'BUSY', billing_seconds: 0, ...ago(60) }),
      inbound('0912345678', { status_detail: 'CANCELLED', ...ago(day) }),
      outbound('84912345678', ago(2 * day)),
      inbound('0912345678', ago(8 * day)),
      outbound('0987654321', ago(10)),
      outbound('0912345678', { caller: quochuy, ...ago(5) }),
    );
    const base = { agentId: device.agentId, version: 0 };
    await saveNote(deps, { ...base, subject: talk, change: { text: 'talked', outcome: null } });
    deps.advance(1000);
    await saveNote(deps, { ...base, subject: old, change: { text: 'of last week', outcome: 'reached' } });
    const facts = await ask();
    expect(facts).toMatchObject({
      week: { calls: 3, answered: 1 },
      last: { disposition: 'busy', startedAt: testNow - 60_000, note: null },
      lastAnswered: { id: talk, note: { text: 'talked' } },
      note: { text: 'of last week', outcome: 'reached' },
    });
    expect(await ask('0912345678')).toEqual(facts);
    await saveNote(deps, { ...base, version: 1, subject: old, change: { text: '', outcome: null } });
    expect((await ask()).note).toMatchObject({ text: 'talked' });
    const unmapped = await addDevice(deps);
    expect(await ask(number, unmapped)).toMatchObject({ last: null, week: { calls: 0 }, note: null });
  });

  it.each([
    ['accepted', { state: 'accepted' }, true],
    ['of unknown outcome', { state: 'unknown' }, true],
    ['that the device did not take', { state: 'rejected' }, false],
    ['that was not sent', { state: 'not_sent' }, false],
    ['refused', { state: 'refused' }, false],
    ['folded into another', { state: 'folded' }, false],
    ['still on its way', { state: 'dispatching' }, false],
    ['that the history tells of', { history_id: 'a' }, false],
    ['to another number', { number: '+84912345679' }, false],
    ['a day ago', { created_at: testNow - day * 1000 }, true],
    ['that is not looked for any more', { created_at: testNow - day * 1000 - 1 }, false],
  ] as const)('tells of a call %s before the history does: %o', async (_, change, isTold) => {
    await mirrorRecords(deps, outbound(number, { status_detail: 'BUSY', ...ago(2 * day) }));
    const placed = { created_at: testNow - 20_000, ...change };
    await addPlaced(deps, device, randomUUID(), placed);
    expect(await ask()).toMatchObject({
      week: { calls: isTold ? 2 : 1, answered: 0 },
      last: { disposition: 'busy' },
      placed: isTold ? placed.created_at : null,
    });
    expect(await ask(number, await addDevice(deps, { sipUser: '1002' }))).toMatchObject({ week: { calls: 0 }, placed: null });
  });

  it('says why it may not be called now, and whether a reason would do', async () => {
    await deps.store.insertInto('do_not_call').values({ number, reason: '', added_at: 1 }).execute();
    expect(await ask()).toMatchObject({ refusal: { code: 'do_not_call', overridable: false } });
    const windows = [{ from: '08:00', to: '09:00', days: [1], classes: ['mobile' as const] }];
    for (const [version, override] of [true, false].entries()) {
      const policy = { ...defaultPolicy(deps.config), salesHours: { timeZone: 'Asia/Ho_Chi_Minh', windows, override } };
      await savePolicy(deps, version, policy, 'test');
      const refusal = { code: 'outside_sales_hours', overridable: override, hours: [{ from: '08:00', to: '09:00' }] };
      expect(await ask('+84987654321')).toMatchObject({ refusal });
    }
    await deps.store.insertInto('call_locks').values({ agent_id: device.agentId, locked_at: 1 }).execute();
    expect(await ask('+842873019555')).toMatchObject({ class: 'fixed', refusal: { code: 'agent_locked' } });
  });

  it.each([
    ['+14155550100', { country: 'US', refusal: { code: 'country_not_allowed', overridable: false } }],
    ['19001234', { class: 'premium', refusal: { code: 'number_premium' } }],
    ['113', { class: 'emergency', refusal: { code: 'number_emergency' } }],
    ['+84000', { number: '+84000', class: null, refusal: { code: 'number_invalid' } }],
  ])('%s', async (wanted, expected) => expect(await ask(wanted)).toMatchObject(expected));

  it.each(['x', '+', '0912 345 678', '12', `+${'9'.repeat(40)}`])('refuses %s', async (wanted) => {
    expect(await ask(wanted)).toBe('number_invalid');
  });
});

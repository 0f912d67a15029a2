import type { Updateable } from 'kysely';
import { expect, it } from 'vitest';
import { createApp } from '../app.ts';
import { forgetNumbers } from '../calls/forget-numbers.ts';
import type { AuditPage } from '../contract.ts';
import { purgeHistory } from '../history/purge-history.ts';
import type { HistoryTable } from '../store/tables.ts';
import { addRecordedCall } from '../testing/add-recorded-call.ts';
import { describeOnEngines } from '../testing/describe-on-engines.ts';
import { addDevice } from '../testing/device.ts';
import { sampleCall } from '../testing/sample-call.ts';
import { send } from '../testing/send.ts';
import { verifyAudit } from './read-audit.ts';
import { type AuditEntry, recordAudit } from './record-audit.ts';

const an = '3b241101-e2bb-4255-8caf-4136c566a962';
const number = '+84912345678';

describeOnEngines('GET /v1/admin/audit', (make) => {
  it('finds lines by who, what, to what, about which number and when', async () => {
    const deps = await make();
    const [app, admin, start] = [createApp(deps), await addDevice(deps, { role: 'admin' }), deps.now()];
    const browser = await addDevice(deps);
    const entries: AuditEntry[] = [
      { actor: 'command-line', action: 'agent.create', subject: `agent:${an}` },
      { actor: `agent:${an}`, action: 'recording.play', subject: 'call:1' },
      { actor: `agent:${an}`, action: 'call.outside-sales-hours', subject: `agent:${an}`, detail: { number, reason: 'asked' } },
      { actor: 'agent:other', action: 'do-not-call.remove', subject: `number:${number}` },
      { actor: 'agent:other', action: 'recording.play', subject: 'call:1' },
      { actor: 'relay', action: 'agent.lock', subject: `agent:${an}` },
      { actor: 'agent:other', action: 'device.revoke', subject: `device:${browser.deviceId}` },
    ];
    for (const entry of entries) {
      await recordAudit(deps, entry);
      deps.advance(1000);
    }
    const found = async (query: string) => {
      const answer = await send(app, admin, 'GET', `/v1/admin/audit?${query}`);
      if (answer.status !== 200) return answer.status;
      return ((await answer.json()) as AuditPage).lines.map(({ seq }) => seq);
    };
    const cases: [query: string, seqs: number[] | number][] = [
      ['', [7, 6, 5, 4, 3, 2, 1]],
      [`agent=${browser.agentId}`, [7]],
      [`agent=${an}`, [6, 3, 2, 1]],
      ['action=recording.play', [5, 2]],
      [`action=recording.play&agent=${an}`, [2]],
      ['subject=call:1', [5, 2]],
      ['number=0912%20345%20678', [4, 3]],
      [`number=${encodeURIComponent(number)}&agent=${an}`, [3]],
      ['number=tel:0912345678', [4, 3]],
      ['number=%EF%BC%90912345678', [4, 3]],
      ['number=0912345679', []],
      ['number=%25', 400],
      ['number=091234567', 400],
      [`from=${start + 1000}&to=${start + 3000}`, [3, 2]],
      [`agent=${an}&before=3`, [2, 1]],
      ['agent=an', 400],
      ['from=yesterday', 400],
      ['who=an', 400],
    ];
    for (const [query, seqs] of cases) expect([query, await found(query)]).toEqual([query, seqs]);
  });

  it('say of a call which one it is, and find it by its number, for as long as the policy keeps it', async () => {
    const deps = await make();
    const [app, admin] = [createApp(deps), await addDevice(deps, { role: 'admin' })];
    const { agentId, deviceId } = await addDevice(deps);
    const id = (digit: number) => `${digit}`.repeat(32);
    const key = '00000000-0000-4000-8000-00000000000a';
    const startedAt = deps.now() - 60_000;
    const history: Updateable<HistoryTable>[] = [
      { callee_number: '01693608879', direction: 'from_ab' },
      { caller_number: '84912345678', callee_number: '02873019555', direction: 'to_ab' },
      // The same last digits in another area.
      { callee_number: '02439608879', direction: 'from_ab' },
      { callee_number: '102', class: 'one_one' },
    ];
    for (const [index, values] of history.entries()) {
      await addRecordedCall(deps, id(index), 'a.mp3', 'user:an');
      await deps.store
        .updateTable('history')
        .set({ started_at: startedAt, ...values })
        .where('id', '=', id(index))
        .execute();
    }
    await deps.store
      .insertInto('calls')
      .values(sampleCall({ agent_id: agentId, device_id: deviceId, key, created_at: startedAt }))
      .execute();
    const actor = `agent:${agentId}`;
    for (const subject of [id(0), id(1), id(2), id(3), id(9), key])
      await recordAudit(deps, { actor, action: subject === key ? 'note.write' : 'recording.play', subject: `call:${subject}` });
    await recordAudit(deps, { actor: `agent:${an}`, action: 'note.write', subject: `call:${key}` });

    const found = async (query: string) => {
      const { lines } = (await (await send(app, admin, 'GET', `/v1/admin/audit?${query}`)).json()) as AuditPage;
      return lines.map(({ seq, call }) => [seq, call && [call.startedAt - startedAt, call.number]]);
    };
    expect(await found(`agent=${agentId}`)).toEqual([
      [6, [0, '+84912345678']],
      [5, null],
      [4, [0, '102']],
      [3, [0, '+842439608879']],
      [2, [0, '+84912345678']],
      [1, [0, '+84393608879']],
    ]);
    expect(await found(`agent=${an}`)).toEqual([[7, null]]);
    expect(await found('number=0912345678')).toEqual([
      [6, [0, '+84912345678']],
      [2, [0, '+84912345678']],
    ]);
    for (const limit of [1, 2, 50]) expect(await found(`number=0393608879&limit=${limit}`)).toEqual([[1, [0, '+84393608879']]]);

    deps.advance(366 * 86_400_000);
    await purgeHistory(deps, deps.now());
    await forgetNumbers(deps, deps.now());
    expect((await found('')).map(([, call]) => call)).toEqual(Array(7).fill(null));
    expect([await found('number=0912345678'), await verifyAudit(deps.store, deps.config.relayKey)]).toEqual([[], null]);
  });

  it.each([
    ['091 234-5678', '0912345678'],
    ['(+84) 91.234.56.78', '0912345678'],
    ['84\u00a0912\t345/678', '0912 345 678'],
    ['sip:0912-345-678@pbx.example', '0912345678'],
    ['0121 234-56 78', '0792345678'],
    ['1900 54 54-13', '19005454 13'],
    ['113', '113'],
  ])('find the call that AntBuddy sent as %j by %s', async (sent, typed) => {
    const deps = await make();
    const [app, admin] = [createApp(deps), await addDevice(deps, { role: 'admin' })];
    // The same digits in the same order, but with others between them.
    const numbers = [sent, '0931452678', sent, '0791 023 4567'];
    for (const [index, callee_number] of numbers.entries()) {
      const id = `${index}`.repeat(32);
      await addRecordedCall(deps, id, 'a.mp3', 'user:an');
      await deps.store.updateTable('history').set({ callee_number, direction: 'from_ab' }).where('id', '=', id).execute();
      await recordAudit(deps, { actor: `agent:${an}`, action: 'recording.play', subject: `call:${id}` });
    }
    for (const limit of [1, 50]) {
      const answer = await send(app, admin, 'GET', `/v1/admin/audit?number=${encodeURIComponent(typed)}&limit=${limit}`);
      expect(((await answer.json()) as AuditPage).lines.map(({ seq }) => seq)).toEqual([3, 1].slice(0, limit));
    }
  });
});

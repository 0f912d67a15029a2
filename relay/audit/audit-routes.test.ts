import { expect, it } from 'vitest';
import { createApp } from '../app.ts';
import type { AuditPage } from '../contract.ts';
import { describeOnEngines } from '../testing/describe-on-engines.ts';
import { addDevice } from '../testing/device.ts';
import { send } from '../testing/send.ts';
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
});

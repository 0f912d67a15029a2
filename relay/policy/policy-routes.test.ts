import * as v from 'valibot';
import { expect, it } from 'vitest';
import { createApp } from '../app.ts';
import { AskedNotToCallSchema, type Outcome } from '../contract.ts';
import { saveNote } from '../notes/save-note.ts';
import { describeOnEngines } from '../testing/describe-on-engines.ts';
import { addDevice } from '../testing/device.ts';
import { inbound, mirrorRecords, outbound } from '../testing/mirror-records.ts';
import { send } from '../testing/send.ts';
import { whenAskedNotToCall } from './asked-not-to-call.ts';
import { defaultPolicy } from './default-policy.ts';
import { importDoNotCall } from './do-not-call.ts';

const window = { from: '08:00', to: '17:00', days: [1], classes: ['mobile' as const] };
const salesHours = { timeZone: 'Asia/Ho_Chi_Minh', windows: [window, { ...window, to: '20:00' }], override: true };

describeOnEngines('/v1/admin/policy', (make) => {
  it.each([
    ['takes a whole one over the version that is in force', salesHours, 0, 200],
    ['takes none over another version', salesHours, 3, 412],
    ['takes none of another shape', { ...salesHours, windows: [] }, 0, 400],
  ])('%s', async (_, hours, version, status) => {
    const deps = await make();
    const [app, admin] = [createApp(deps), await addDevice(deps, { role: 'admin', steppedUp: true })];
    const before = defaultPolicy(deps.config);
    const json = { ...before, salesHours: hours };
    const saved = await send(app, admin, 'PUT', '/v1/admin/policy', { json, headers: { 'if-match': `"${version}"` } });
    const read = await send(app, admin, 'GET', '/v1/admin/policy');
    const inForce = status === 200 ? { version: 1, policy: json } : { version: 0, policy: before };
    expect([saved.status, read.headers.get('etag')]).toEqual([status, `"${inForce.version}"`]);
    expect(await read.json()).toMatchObject(inForce);
  });
});

describeOnEngines('/v1/admin/do-not-call/asked', (make) => {
  it('lists the numbers noted so, each once, with who noted it last, until they are on the list', async () => {
    const deps = await make();
    const [app, admin] = [createApp(deps), await addDevice(deps, { role: 'admin', steppedUp: true })];
    const lan = await addDevice(deps, { username: 'mailan', sipUser: '1001' });
    const [again = '', service = '', , withheld = '', colleague = '', first = ''] = await mirrorRecords(
      deps,
      outbound('0912345678'),
      outbound('19001234'),
      outbound('0987654321'),
      inbound('anonymous'),
      outbound('1002'),
      outbound('0912345678'),
    );
    const note = (subject: string, outcome: Outcome | null, version = 0) =>
      saveNote(deps, { agentId: lan.agentId, subject, version, change: { text: 'canary', outcome } });
    for (const subject of [again, service, withheld, colleague, first]) await note(subject, 'do_not_call');
    const asked = async () => {
      const answer = await send(app, admin, 'GET', '/v1/admin/do-not-call/asked');
      const text = await answer.text();
      expect(text).not.toContain('canary');
      return v.parse(AskedNotToCallSchema, JSON.parse(text)).asked;
    };
    const { name } = await deps.store.selectFrom('agents').select('name').where('id', '=', lan.agentId).executeTakeFirstOrThrow();
    const agent = { id: lan.agentId, name };
    const now = deps.now();
    const wanted = [
      { number: '+84912345678', at: now, agent },
      { number: '19001234', at: now - 1000, agent },
    ];
    expect(await asked()).toEqual(wanted);

    const csv = '+84912345678,Asked not to be called (Lan, 2026-03-02 10:00)\r\n19001234,"Asked, on 2026-03-02 10:00"\r\n';
    for (const [turn, line] of csv
      .split(/(?<=\n)/)
      .filter(Boolean)
      .entries()) {
      expect(await importDoNotCall(deps, line, false, 'relay')).toEqual({ added: 1, removed: 0, unreadable: [] });
      expect(await asked()).toEqual(wanted.slice(turn + 1));
    }
    await deps.store.deleteFrom('do_not_call').execute();
    await note(again, null, 1);
    expect(await asked()).toEqual([wanted[1], { number: '+84912345678', at: now - 5000, agent }]);
  });

  it('lists a number no more that an admin took off the list, until it asks again', async () => {
    const deps = await make();
    const [app, admin] = [createApp(deps), await addDevice(deps, { role: 'admin', steppedUp: true })];
    const { agentId } = await addDevice(deps, { username: 'mailan', sipUser: '1001' });
    const note = (subject: string) =>
      saveNote(deps, { agentId, subject, version: 0, change: { text: '', outcome: 'do_not_call' } });
    const asked = async () => {
      const answer = await send(app, admin, 'GET', '/v1/admin/do-not-call/asked');
      const card = await whenAskedNotToCall(deps.store, '+84912345678');
      return [v.parse(AskedNotToCallSchema, await answer.json()).asked.length, card !== null];
    };
    const [before = ''] = await mirrorRecords(deps, outbound('0912345678'));
    await note(before);
    await importDoNotCall(deps, '0912345678', false, 'relay');
    expect(await asked()).toEqual([0, true]);
    const remove = () => send(app, admin, 'DELETE', '/v1/admin/do-not-call/0912345678');
    expect([(await remove()).status, (await remove()).status]).toEqual([204, 404]);
    expect(await asked()).toEqual([0, false]);

    const [again = ''] = await mirrorRecords(deps, outbound('0912345678', { unix_timestamp: deps.now() / 1000 + 60 }));
    await note(again);
    expect(await asked()).toEqual([1, true]);
  });

  it('is for admins', async () => {
    const deps = await make();
    const agent = await addDevice(deps);
    expect((await send(createApp(deps), agent, 'GET', '/v1/admin/do-not-call/asked')).status).toBe(403);
  });
});

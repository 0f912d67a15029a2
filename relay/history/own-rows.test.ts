import * as v from 'valibot';
import { beforeEach, expect, it } from 'vitest';
import { changeAgent, createAgent, listAgents } from '../agents/agent-records.ts';
import { createApp } from '../app.ts';
import { HistoryPageSchema, MissedSchema, NumberFactsSchema } from '../contract.ts';
import { addPlaced } from '../testing/add-placed.ts';
import { describeOnEngines } from '../testing/describe-on-engines.ts';
import { addDevice, type TestDevice } from '../testing/device.ts';
import type { TestDeps } from '../testing/make-deps.ts';
import { inbound, mirrorRecords, outbound } from '../testing/mirror-records.ts';
import { send } from '../testing/send.ts';

let deps: TestDeps;
const hour = 3_600_000;
const nobody = { username: null, sipUser: null };
type Names = { username: string | null; sipUser: string | null };

async function hire(name: string, names: Names): Promise<TestDevice> {
  const { id } = await createAgent(deps, { name, role: 'agent', ...names }, 'test');
  return addDevice(deps, { agentId: id });
}
async function rename({ agentId }: TestDevice, names: Names) {
  const [agent] = await listAgents(deps.store, agentId);
  await changeAgent(deps, agentId, agent?.version ?? 0, names, 'test');
}
async function read(from: TestDevice, path: string) {
  const answer = await send(createApp(deps), from, 'GET', `/v1/${path}`);
  return answer.json();
}
const listed = async (from: TestDevice, query = '') =>
  v.parse(HistoryPageSchema, await read(from, `history${query}`)).calls.map(({ id }) => id);

describeOnEngines('a name that another agent had', (make) => {
  const phone = { number: '1001', type: 'device' };
  const user = { number: '', type: 'user', username: 'tongdai1' };

  beforeEach(async () => {
    deps = await make();
  });

  it.each([
    ['SIP user', { username: null, sipUser: '1001' }, phone],
    ['user name', { username: 'TongDai1', sipUser: null }, user],
  ])('takes none of its calls along: %s', async (_, names, party) => {
    const mai = await hire('Mai', names);
    const [talk = '', missed = ''] = await mirrorRecords(
      deps,
      outbound('0912345601', { caller: party, recording: 'a.mp3' }),
      inbound('0912345602', { callee: party, status_detail: 'CANCELLED' }),
    );
    deps.advance(2 * hour);
    await rename(mai, nobody);
    const ha = await hire('Hà', names);
    expect(await listed(ha)).toEqual([]);
    expect(await listed(ha, '?q=0912')).toEqual([]);
    expect(v.parse(MissedSchema, await read(ha, 'missed')).count).toBe(0);
    expect(v.parse(NumberFactsSchema, await read(ha, 'numbers/%2B84912345601'))).toMatchObject({
      last: null,
      week: { calls: 0 },
    });
    expect(await read(ha, `notes/${missed}`)).toMatchObject({ error: { code: 'call_not_found' } });
    const ticket = await send(createApp(deps), ha, 'POST', `/v1/recordings/${talk}/ticket`);
    expect(ticket.status).toBe(404);

    deps.advance(hour);
    const [own = ''] = await mirrorRecords(deps, outbound('0912345601', { caller: party, recording: 'b.mp3' }));
    expect([await listed(ha), await listed(ha, '?q=0912')]).toEqual([[own], [own]]);
    expect((await send(createApp(deps), ha, 'POST', `/v1/recordings/${own}/ticket`)).status).toBe(201);
    expect(v.parse(NumberFactsSchema, await read(ha, 'numbers/%2B84912345601'))).toMatchObject({
      last: { id: own },
      week: { calls: 1 },
    });

    await rename(ha, { ...names, sipUser: names.sipUser && '1002' });
    await rename(ha, names);
    expect(await listed(ha)).toEqual([own]);
  });

  it.each([
    ['all calls of a name that nobody had', async () => {}, 1],
    [
      'all calls of a name that another had by mistake',
      async () => rename(await hire('Hà', { ...nobody, sipUser: '1001' }), nobody),
      1,
    ],
    [
      'none of another that had it for long',
      async () => {
        const ha = await hire('Hà', { ...nobody, sipUser: '1001' });
        deps.advance(hour);
        await rename(ha, nobody);
      },
      0,
    ],
    [
      'none of another that soon had a call of it',
      async () => {
        const ha = await hire('Hà', { ...nobody, sipUser: '1001' });
        deps.advance(60_000);
        await mirrorRecords(deps, inbound('0912345602', { callee: phone, unix_timestamp: deps.now() / 1000 }));
        deps.advance(60_000);
        await rename(ha, nobody);
      },
      0,
    ],
    [
      'none of another that soon placed a call',
      async () => {
        const ha = await hire('Hà', { ...nobody, sipUser: '1001' });
        deps.advance(60_000);
        await addPlaced(deps, ha, 'a', { created_at: deps.now() });
        await rename(ha, nobody);
      },
      0,
    ],
  ])('leaves an agent %s', async (_, before, count) => {
    await mirrorRecords(deps, outbound('0912345601', { caller: phone }));
    await before();
    expect(await listed(await hire('Mai', { ...nobody, sipUser: '1001' }))).toHaveLength(count);
  });

  it('leaves an agent a name that it has twice and gives back once', async () => {
    const mai = await hire('Mai', nobody);
    const put = async (...sipUsers: string[]) => {
      const [agent] = await listAgents(deps.store, mai.agentId);
      const sipDevices = sipUsers.map((sipUser) => ({ name: '', sipUser }));
      await changeAgent(deps, mai.agentId, agent?.version ?? 0, { sipDevices }, 'test');
    };
    await put('1001', '1001@pbx.example');
    deps.advance(2 * hour);
    await put('1001');
    expect(await deps.store.selectFrom('name_holders').select(['name', 'released_at']).execute()).toEqual([
      { name: 'number:1001', released_at: null },
    ]);
  });

  it('gives an agent its own calls back with a device that was lent, and none of the others', async () => {
    const device = { ...nobody, sipUser: '1001' };
    const mai = await hire('Mai', device);
    const ha = await hire('Hà', nobody);
    const called = async () => {
      deps.advance(2 * hour);
      const [id = ''] = await mirrorRecords(deps, outbound('0912345601', { caller: phone, recording: 'a.mp3' }));
      deps.advance(2 * hour);
      return id;
    };
    const first = await called();
    await rename(mai, nobody);
    await rename(ha, device);
    const lent = await called();
    await rename(ha, nobody);
    await rename(mai, device);
    const last = await called();
    expect([await listed(mai), await listed(mai, '?q=0912')]).toEqual([
      [last, first],
      [last, first],
    ]);
    const ticket = async (id: string) => (await send(createApp(deps), mai, 'POST', `/v1/recordings/${id}/ticket`)).status;
    expect([await ticket(first), await ticket(lent), await ticket(last)]).toEqual([201, 404, 201]);
    await rename(mai, nobody);
    await rename(ha, device);
    expect(await listed(ha)).toEqual([lent]);
  });

  it('leaves an agent its own calls when the name comes back before anybody else has it', async () => {
    const mai = await hire('Mai', { ...nobody, sipUser: '1001' });
    await mirrorRecords(deps, outbound('0912345601', { caller: phone }));
    deps.advance(2 * hour);
    await rename(mai, nobody);
    await rename(mai, { ...nobody, sipUser: 'sip:1001@pbx.example' });
    expect(await listed(mai)).toHaveLength(1);
  });
});

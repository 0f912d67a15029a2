import { type Kysely, sql } from 'kysely';
import { beforeEach, describe, expect, it } from 'vitest';
import { readAuditLines } from '../audit/read-audit.ts';
import type { AgentRecord, SipDeviceChange } from '../contract.ts';
import { up } from '../store/migrations/0005-sip-devices.ts';
import { collect } from '../testing/collect.ts';
import { describeOnEngines } from '../testing/describe-on-engines.ts';
import type { TestDeps } from '../testing/make-deps.ts';
import { changeAgent, createAgent, listAgents } from './agent-records.ts';
import { rotateRelayKey } from './rotate-key.ts';
import { seal } from './seal.ts';
import { sipCredentialsOf } from './sip-credentials.ts';
import { wishedDevices } from './sip-devices.ts';

const refusedWith = (code: string) => expect.objectContaining({ name: 'RelayError', code });
const desk = { name: 'Desk phone', sipUser: '101', sipPassword: 'canary-101' };
const mobile = { name: 'Mobile', sipUser: '102', sipPassword: 'canary-102' };
let deps: TestDeps;

const create = (sipDevices: SipDeviceChange[], name = 'An') =>
  createAgent(deps, { name, role: 'agent', username: null, sipUser: null, sipDevices: sipDevices.map(full) }, 'test');
const change = ({ id, version }: AgentRecord, wish: Parameters<typeof wishedDevices>[0]) =>
  changeAgent(deps, id, version, wish, 'test');
const full = (device: SipDeviceChange) => ({ name: '', ...device });
const shown = ({ sipDevices }: AgentRecord) => sipDevices.map(({ name, sipUser }) => `${name} ${sipUser}`.trim());
const kept = ({ sipDevices }: AgentRecord, sipUser: string) => {
  const device = sipDevices.find((one) => one.sipUser === sipUser);
  if (!device) throw new Error(`There is no device ${sipUser}.`);
  return { id: device.id, name: device.name, sipUser };
};

describeOnEngines('SIP devices', (make) => {
  beforeEach(async () => {
    deps = await make();
  });

  it('stand in their order, and the first with a password is rung unless another is named', async () => {
    const agent = await create([{ name: 'Old phone', sipUser: '100' }, desk, mobile]);
    expect(agent).toMatchObject({ sipUser: '100', hasSipPassword: false });
    expect(shown(agent)).toEqual(['Old phone 100', 'Desk phone 101', 'Mobile 102']);
    const rung = async (device?: string) => (await sipCredentialsOf(deps, agent.id, device))?.sipPassword;
    const [old, first, second] = agent.sipDevices.map(({ id }) => id);
    expect(await Promise.all([rung(), rung(first), rung(second), rung(old)])).toEqual([
      'canary-101',
      'canary-101',
      'canary-102',
      undefined,
    ]);
    const other = await create([{ sipUser: '200', sipPassword: 'x' }], 'Bao');
    expect(await sipCredentialsOf(deps, other.id, first)).toBeNull();
  });

  it('are added, renamed, swapped, given passwords and removed by one change, and keep the passwords they had', async () => {
    let agent = await create([desk, mobile]);
    const [first, second] = [kept(agent, '101'), kept(agent, '102')];
    agent = await change(agent, { sipDevices: [{ ...second, name: 'Cell' }, first, full({ sipUser: '103' })] });
    expect(shown(agent)).toEqual(['Cell 102', 'Desk phone 101', '103']);
    expect(await sipCredentialsOf(deps, agent.id)).toMatchObject({ sipPassword: 'canary-102' });
    // Both devices swap SIP users; a password stays with its device.
    agent = await change(agent, {
      sipDevices: [
        { ...second, sipUser: '101', sipPassword: 'canary-new' },
        { ...first, sipUser: '102' },
      ],
    });
    expect(await sipCredentialsOf(deps, agent.id, second.id)).toMatchObject({ sipUser: '101', sipPassword: 'canary-new' });
    expect(await sipCredentialsOf(deps, agent.id, first.id)).toMatchObject({ sipUser: '102', sipPassword: 'canary-101' });
    agent = await change(agent, { sipDevices: [] });
    expect(agent).toMatchObject({ sipUser: null, sipDevices: [], version: 4 });
  });

  it.each([
    [{ sipUser: '111' }, ['Desk phone 111', 'Mobile 102']],
    [{ sipUser: null }, ['Mobile 102']],
    [{ sipPassword: 'p' }, ['Desk phone 101', 'Mobile 102']],
    [{}, ['Desk phone 101', 'Mobile 102']],
  ])('are changed at their first by %j', async (wish, after) => {
    expect(shown(await change(await create([desk, mobile]), wish))).toEqual(after);
  });

  it.each([
    ['another agent’s device', (other: AgentRecord) => [kept(other, '200')], 'version_conflict'],
    ['a SIP user that is taken', () => [full({ sipUser: '200' })], 'agent_exists'],
    ['a SIP user twice', () => [full({ sipUser: '5' }), full({ sipUser: '5' })], 'agent_exists'],
    ['a device twice', (_: AgentRecord, own: AgentRecord) => [kept(own, '101'), kept(own, '101')], 'version_conflict'],
  ])('are not changed to %s', async (_what, sipDevices, code) => {
    const other = await create([{ sipUser: '200', sipPassword: 'x' }], 'Bao');
    const own = await create([desk]);
    await expect(change(own, { sipDevices: sipDevices(other, own) as never })).rejects.toEqual(refusedWith(code));
    expect(await listAgents(deps.store)).toMatchObject([
      { version: 1, sipDevices: own.sipDevices },
      { version: 1, sipDevices: other.sipDevices },
    ]);
  });

  it.each([
    ['101', '101@pbx.example'],
    ['101', 'SIP:101'],
    ['an.desk', 'An.Desk'],
    ['0912345678', '+84912345678'],
  ])('are not shared by two agents, be it %s and %s', async (sipUser, written) => {
    await create([{ sipUser }], 'Bao');
    await expect(create([{ sipUser: written }])).rejects.toEqual(refusedWith('agent_exists'));
    const own = await create([{ sipUser: '7' }]);
    await expect(change(own, { sipUser: written })).rejects.toEqual(refusedWith('agent_exists'));
    expect(shown(await change(own, { sipDevices: [kept(own, '7'), full({ sipUser: '8' })] }))).toEqual(['7', '8']);
  });

  it('leave no password in the store or the audit', async () => {
    const agent = await create([desk]);
    await change(agent, { sipDevices: [{ ...kept(agent, '101'), sipPassword: 'canary-9' }] });
    const rows = await deps.store.selectFrom('sip_devices').selectAll().execute();
    const lines = await collect(readAuditLines(deps.store));
    expect(JSON.stringify([rows, lines, await listAgents(deps.store)])).not.toContain('canary');
    expect(JSON.parse(lines[1]?.detail ?? '')).toMatchObject({ sipDevices: [{ name: 'Desk phone', sipPassword: 'set' }] });
  });

  it('move to another RELAY_KEY, all of them', async () => {
    const agent = await create([desk, mobile, { sipUser: '103' }]);
    const relayKey = Buffer.alloc(32, 9);
    expect(await rotateRelayKey(deps, relayKey)).toBe(2);
    const moved = { ...deps, config: { ...deps.config, relayKey } };
    for (const { id, sipUser } of agent.sipDevices.slice(0, 2))
      expect(await sipCredentialsOf(moved, agent.id, id)).toMatchObject({ sipPassword: `canary-${sipUser}` });
  });

  it('of a store from when an agent had one are readable as they were sealed', async () => {
    const { store, config } = deps;
    const [an, bao] = [await create([]), await create([], 'Bao')];
    await sql`drop table sip_devices`.execute(store);
    await sql`alter table calls drop column sip_user`.execute(store);
    const sealed = seal(config.relayKey, { table: 'agents', column: 'sip_password', row: an.id }, 'canary-7');
    await sql`update agents set sip_user = '101', sip_password = ${sealed} where id = ${an.id}`.execute(store);
    await up(store as unknown as Kysely<unknown>);

    expect(await sipCredentialsOf(deps, an.id)).toEqual({ sipUser: '101', sipPassword: 'canary-7', username: null });
    expect(await sipCredentialsOf(deps, bao.id)).toBeNull();
    expect((await sql`select sip_user, sip_password from agents where sip_user is not null`.execute(store)).rows).toEqual([]);
    const [known] = await listAgents(store, an.id);
    const changed = await change(known as AgentRecord, { sipDevices: [full(mobile), kept(known as AgentRecord, '101')] });
    expect(await sipCredentialsOf(deps, an.id, kept(changed, '101').id)).toMatchObject({ sipPassword: 'canary-7' });
  });
});

describe('wishedDevices', () => {
  it.each([
    [{ sipPassword: 'p' }, 'sip_user_missing'],
    [{ sipUser: null, sipPassword: 'p' }, 'sip_user_missing'],
    [{ sipUser: '1', sipDevices: [] }, 'bad_request'],
    [{ sipPassword: 'p', sipDevices: [] }, 'bad_request'],
  ])('refuses %j', (wish, code) => {
    expect(() => wishedDevices(wish)).toThrow(refusedWith(code));
  });
});

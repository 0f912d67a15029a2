import { describe, expect, it, vi } from 'vitest';
import { fail, succeed } from '../../../utils/reply.ts';
import { fakeSend } from '../../testing/fake-view.ts';
import { agentRecord } from '../../testing/samples.ts';
import { createAgents } from '../agents-store.ts';
import { importAgents, type RowResult } from './import-agents.ts';
import { parseAgentRows } from './parse-agent-rows.ts';

const lan = agentRecord();
const rows = (text: string) => parseAgentRows(`Name\tUsername\tSIP user\tSIP password\n${text}`, [lan]).rows;

type Answers = Parameters<typeof fakeSend>[0];
/** A relay that has the agent Lan; `answers` to `createAgent` and `changeAgent`. */
function relay(answers: Answers = { createAgent: succeed(lan), changeAgent: succeed(lan) }) {
  const agents = createAgents(fakeSend({ listAgents: succeed([lan]), ...answers }).send);
  agents.store.setState({ agents: [lan] });
  return { ...agents, create: vi.fn(agents.create), change: vi.fn(agents.change) };
}
async function run(
  text: string,
  agents = relay(),
  signal = new AbortController().signal,
  earlier?: ReadonlyMap<number, RowResult>,
) {
  const results = new Map(earlier);
  await importAgents(rows(text), agents, (line, result) => results.set(line, result), signal, earlier);
  return { agents, results };
}

describe('importAgents', () => {
  it('adds new agents and changes known ones by what their row says, no more', async () => {
    const { agents, results } = await run('Hà\tha\t120\tpw\nNguyễn Thị Lan\t\t150-lan\t');
    expect(agents.create.mock.calls).toEqual([
      [{ name: 'Hà', role: 'agent', username: 'ha', sipUser: '120', sipPassword: 'pw' }],
    ]);
    expect(agents.change.mock.calls).toEqual([
      [lan, { sipDevices: [{ id: lan.sipDevices[0]?.id, name: '', sipUser: '150-lan' }] }],
    ]);
    expect([...results.keys()]).toEqual([2, 3]);
  });

  it('writes nothing for a row that says what is so already, nor for one with a problem', async () => {
    const { agents, results } = await run('Nguyễn Thị Lan\tlan.nguyen\t101-lan\t\n\tno.name\t\t');
    expect([...results]).toEqual([[2, { ...succeed(lan), isSame: true }]]);
    expect([agents.create.mock.calls, agents.change.mock.calls]).toEqual([[], []]);
  });

  it.each([
    ['Quản trị', { role: 'admin' }],
    ['admin', { role: 'admin' }],
    ['agent', null],
    ['', null],
  ])('changes the role of a known agent to %j: %j', async (cell, change) => {
    const table = `Name\tRole\nNguyễn Thị Lan\t${cell}`;
    const agents = relay();
    const results: RowResult[] = [];
    const { signal } = new AbortController();
    await importAgents(parseAgentRows(table, [lan]).rows, agents, (_, result) => results.push(result), signal);
    expect(agents.change.mock.calls).toEqual(change ? [[lan, change]] : []);
    expect(results).toEqual([change ? succeed(lan) : { ...succeed(lan), isSame: true }]);
  });

  it('leaves an admin who is imported without a role an admin', async () => {
    const chief = { ...lan, role: 'admin' as const };
    const agents = relay();
    agents.store.setState({ agents: [chief] });
    const { rows: parsed } = parseAgentRows('Name\tUsername\nLan Anh\tlan.nguyen', [chief]);
    await importAgents(parsed, agents, () => {}, new AbortController().signal);
    expect(agents.change.mock.calls).toEqual([[chief, { name: 'Lan Anh' }]]);
  });

  it('goes on after a refused row', async () => {
    const { results } = await run('A\na\nB', relay({ createAgent: fail('agent_exists') }));
    expect([...results]).toEqual([
      [2, fail('agent_exists')],
      [4, fail('agent_exists')],
    ]);
  });

  it('adds the devices of further rows to the agent that the first row made', async () => {
    const ha = agentRecord({ id: '00000000-0000-4000-8000-000000000120', name: 'Hà', username: 'ha', version: 1 });
    const device = (sipUser: string) => ({ id: `id-${sipUser}`, name: '', sipUser, hasSipPassword: true });
    const first = { ...ha, sipDevices: [device('120')] };
    const second = { ...ha, version: 2, sipDevices: [device('120'), device('121')] };
    const agents = relay({ createAgent: succeed(first), changeAgent: [succeed(second), succeed({ ...ha, version: 3 })] });
    await run('Hà\tha\t120\tpw\nHà\tha\t121\tpw2\nHà\tha\t122\tpw3', agents);
    expect(agents.create).toHaveBeenCalledOnce();
    expect(agents.change.mock.calls.map(([{ version }, { sipDevices }]) => [version, sipDevices?.length])).toEqual([
      [1, 2],
      [2, 3],
    ]);
    expect(agents.change.mock.calls[0]?.[1]).toEqual({
      sipDevices: [
        { id: 'id-120', name: '', sipUser: '120' },
        { name: '', sipUser: '121', sipPassword: 'pw2' },
      ],
    });
  });

  it('leaves further rows of an agent that was refused', async () => {
    const { agents, results } = await run('Hà\tha\t120\tpw\nHà\tha\t121\tpw2', relay({ createAgent: fail('agent_exists') }));
    expect([agents.create.mock.calls.length, agents.change.mock.calls.length]).toEqual([1, 0]);
    expect([...results.values()]).toEqual([fail('agent_exists'), fail('agent_exists')]);
  });

  it('leaves further rows of a known agent whose first row was refused', async () => {
    const { agents, results } = await run(
      'Nguyễn Thị Lan\t\t150\tpw\nNguyễn Thị Lan\t\t151\tpw2',
      relay({ changeAgent: fail('version_conflict') }),
    );
    expect(agents.change).toHaveBeenCalledOnce();
    expect([...results.values()]).toEqual([fail('version_conflict'), fail('version_conflict')]);
  });

  it.each([
    ['a known agent', 'Nguyễn Thị Lan\t\t300\t\nNguyễn Thị Lan\t\t301\t'],
    ['a new agent', 'Tú\ttu\t300\tpw\nTú\ttu\t301\tpw2'],
  ])('writes no row of %s whose first one names the SIP user of somebody else', async (_, text) => {
    const mai = agentRecord({
      id: 'mai',
      name: 'Mai',
      username: 'mai',
      sipDevices: [{ id: 'm', name: '', sipUser: '300', hasSipPassword: true }],
    });
    const { rows: parsed } = parseAgentRows(`Name\tUsername\tSIP user\tSIP password\n${text}`, [lan, mai]);
    const agents = relay();
    await importAgents(parsed, agents, () => {}, new AbortController().signal);
    expect([agents.create.mock.calls, agents.change.mock.calls]).toEqual([[], []]);
    const problem = { code: 'sip_taken', sipUser: '300', name: 'Mai' };
    expect(parsed.map((row) => [row.problem, row.furtherOf])).toEqual([
      [problem, null],
      [problem, null],
    ]);
  });

  it('ends when the passphrase was not given', async () => {
    const agents = relay();
    agents.create.mockResolvedValue(fail('step_up_required'));
    await run('A\nB', agents);
    expect(agents.create).toHaveBeenCalledOnce();
  });

  it('ends when it is stopped', async () => {
    const stop = new AbortController();
    const agents = relay();
    agents.create.mockImplementation(async () => {
      stop.abort();
      return succeed(lan);
    });
    const { results } = await run('A\nB', agents, stop.signal);
    expect([...results.keys()]).toEqual([2]);
  });

  it('goes on where it was stopped: with the agent that was added, not with another', async () => {
    const ha = agentRecord({ id: '00000000-0000-4000-8000-000000000120', name: 'Hà', username: 'ha', version: 1 });
    const text = 'Hà\tha\t120\tpw\nHà\tha\t121\tpw2';
    const agents = relay({ createAgent: succeed(ha), changeAgent: succeed({ ...ha, version: 2 }) });
    const stop = new AbortController();
    agents.create.mockImplementationOnce(async () => {
      stop.abort();
      return succeed(ha);
    });
    const { results } = await run(text, agents, stop.signal);
    const again = await run(text, agents, undefined, results);
    expect(agents.create).toHaveBeenCalledOnce();
    expect(agents.change.mock.calls.map(([{ id, version }]) => [id, version])).toEqual([[ha.id, 1]]);
    expect([...again.results.values()].map(({ ok }) => ok)).toEqual([true, true]);
  });

  it.each([
    ['the list tells of by then', [succeed([lan])], [1, 2]],
    ['only a second try tells of', [fail('relay_unreachable'), fail('relay_unreachable')], [2]],
  ])('finishes an agent whose answer was lost and whom %s, with their further devices', async (_, lists, writes) => {
    const device = (sipUser: string) => ({ id: `id-${sipUser}`, name: '', sipUser, hasSipPassword: true });
    const ha = agentRecord({ id: 'ha', name: 'Hà', username: 'ha', version: 1, sipDevices: [device('120')] });
    const agents = relay({
      createAgent: [fail('relay_timeout'), fail('agent_exists')],
      listAgents: [...lists, succeed([lan, ha])],
      changeAgent: succeed({ ...ha, version: 2 }),
    });
    const text = 'Hà\tha\t120\tpw\nHà\tha\t121\tpw2';
    const { results } = await run(text, agents);
    await agents.load();
    const again = await run(text, agents, undefined, results);
    expect([results, again.results].map((all) => [...all.values()].map(({ ok }) => ok))).toEqual([
      [false, false],
      [true, true],
    ]);
    expect(agents.change.mock.calls.map(([, { sipDevices }]) => sipDevices?.length)).toEqual(writes);
  });

  it('adds a further device to an agent who stood so already, though their answer was lost', async () => {
    const ha = agentRecord({ id: 'ha', name: 'Hà', username: null, version: 1, sipDevices: [] });
    const agents = relay({ changeAgent: succeed({ ...ha, version: 2 }) });
    agents.store.setState({
      agents: [lan, { ...ha, sipDevices: [{ id: 'a', name: '', sipUser: '120', hasSipPassword: false }] }],
    });
    const lost = new Map<number, RowResult>([
      [2, fail('relay_timeout')],
      [3, fail('relay_timeout')],
    ]);
    const { results } = await run('Hà\t\t120\t\nHà\t\t121\tpw2', agents, undefined, lost);
    expect([...results.values()].map(({ isSame = false, ok }) => [ok, isSame])).toEqual([
      [true, true],
      [true, false],
    ]);
    expect(agents.change.mock.calls.map(([, { sipDevices }]) => sipDevices?.length)).toEqual([2]);
  });

  it('adds a device where the row names another one, and leaves that which is there', async () => {
    const { rows: parsed } = parseAgentRows('Name\tDevice name\tSIP user\nNguyễn Thị Lan\tDi động\t102-lan', [lan]);
    const agents = relay();
    await importAgents(parsed, agents, () => {}, new AbortController().signal);
    expect(agents.change.mock.calls[0]?.[1]).toEqual({
      sipDevices: [
        { id: lan.sipDevices[0]?.id, name: '', sipUser: '101-lan' },
        { name: 'Di động', sipUser: '102-lan' },
      ],
    });
  });

  it('leaves the device that a further row names, and adds the other beside it', async () => {
    const both = {
      ...lan,
      version: 4,
      sipDevices: [...lan.sipDevices, { id: 'b', name: '', sipUser: '150', hasSipPassword: true }],
    };
    const { agents, results } = await run(
      'Nguyễn Thị Lan\t\t150\tpw\nNguyễn Thị Lan\t\t101-lan\t',
      relay({ changeAgent: succeed(both) }),
    );
    expect(agents.change.mock.calls).toEqual([
      [
        lan,
        {
          sipDevices: [
            { id: lan.sipDevices[0]?.id, name: '', sipUser: '101-lan' },
            { name: '', sipUser: '150', sipPassword: 'pw' },
          ],
        },
      ],
    ]);
    expect([...results.values()].map(({ isSame = false }) => isSame)).toEqual([false, true]);
  });

  it('tries what was refused again, on the agent as it is by now', async () => {
    const newer = { ...lan, version: 9 };
    const agents = relay({
      changeAgent: [fail('version_conflict'), succeed({ ...newer, version: 10 })],
      listAgents: succeed([newer]),
    });
    const text = 'Nguyễn Thị Lan\t\t150-lan\t';
    const { results } = await run(text, agents);
    const again = await run(text, agents, undefined, results);
    expect(agents.change.mock.calls.map(([{ version }]) => version)).toEqual([lan.version, 9]);
    expect([...again.results.values()].map(({ ok }) => ok)).toEqual([true]);
  });
});

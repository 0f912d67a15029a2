// @vitest-environment happy-dom
import { useState } from 'preact/hooks';
import { describe, expect, it } from 'vitest';
import { fail, type Reply, succeed } from '../../../utils/reply.ts';
import { fakeSend, fakeView } from '../../testing/fake-view.ts';
import { find, mount, press, settle, type } from '../../testing/mount.tsx';
import { agentRecord } from '../../testing/samples.ts';
import { en } from '../../testing/words.ts';
import { createAgents } from '../agents-store.ts';
import ImportPanel from './import-panel.tsx';
import { noWork } from './import-work.ts';

const lan = agentRecord();
const mai = agentRecord({ id: '00000000-0000-4000-8000-000000000120', name: 'Mai', username: 'mai', version: 1, sipDevices: [] });

async function open(answers: Parameters<typeof fakeSend>[0] = {}, known = [lan]) {
  const { send, sent } = fakeSend(answers);
  const agents = createAgents(send);
  agents.store.setState({ agents: known });
  function Owner() {
    const [work, setWork] = useState(noWork);
    return <ImportPanel agents={agents} work={work} onWork={setWork} onClose={() => {}} />;
  }
  await mount(fakeView(send), <Owner />);
  return sent;
}
const cells = () => [...document.querySelectorAll('tbody td')].map(({ textContent }) => textContent);

describe('ImportPanel', () => {
  it('takes no other rows and is not closed while it writes, and goes on where it was stopped', async () => {
    const created = Promise.withResolvers<Reply<unknown>>();
    const sent = await open({ createAgent: () => created.promise, changeAgent: succeed({ ...mai, version: 2 }) }, []);
    await type('#import-text', 'Name\tUsername\tSIP user\tSIP password\nMai\tmai\t1\tp\nMai\tmai\t2\tp');
    const isOpen = () =>
      [...document.querySelectorAll<HTMLInputElement>('#import-text, [type=file], .actions .button:not(:first-child)')].map(
        (input) => !input.disabled,
      );
    await press('.button-primary');
    expect(isOpen()).toEqual([false, false, false]);
    expect(find('[role=status]').textContent).toBe('');
    await press('.actions .button');
    created.resolve(succeed(mai));
    await settle();
    expect(isOpen()).toEqual([true, true, true]);
    await press('.button-primary');
    expect(sent.map(({ name }) => name)).toEqual(['createAgent', 'changeAgent']);
    expect(find('[role=status]').textContent).toBe('2 written.');
  });

  it('tells what was written from what was not', async () => {
    await open({ createAgent: [succeed(mai), fail('agent_exists')], listAgents: succeed([mai]) }, []);
    await type('#import-text', 'Name\nMai\nHà\n');
    await press('.button-primary');
    expect(find('[role=status]').textContent).toBe('1 written, 1 not: the last column says why.');
    expect(cells().at(-1)).toBe(en.failure_agent_exists);
  });

  it.each([
    ['an agent it adds', 'Hà\tha\t\t1\tp', ['Hà', 'ha', '–', '1', '••••', 'Agent', 'Will be added']],
    [
      'an agent it changes',
      'Lan Anh\tlan.nguyen\tDesk\t101-lan\t',
      ['Nguyễn Thị Lan → Lan Anh', 'lan.nguyen', 'Desk', '101-lan', '–', '–', 'Will be updated'],
    ],
    [
      'a device of which it changes the SIP user',
      'Nguyễn Thị Lan\t\t\t102-lan\t',
      ['Nguyễn Thị Lan', '–', '–', '101-lan → 102-lan', 'Keeps the old one', '–', 'Will be updated'],
    ],
    [
      'a device it adds',
      'Nguyễn Thị Lan\t\tMobile\t102-lan\t',
      ['Nguyễn Thị Lan', '–', 'Mobile', '102-lan', '–', '–', 'Will get this device'],
    ],
    ['an agent who does not work any more', 'Bình\t\t\t\t', ['BìnhInactive', '–', '–', '–', '–', '–', 'Will be updated']],
    [
      'a value that is too long',
      `${'x'.repeat(121)}\t\t\t\t`,
      ['x'.repeat(121), '–', '–', '–', '–', 'Agent', 'Name: at most 120 characters.'],
    ],
  ])('shows %s', async (_, row, shown) => {
    await open({}, [lan, agentRecord({ id: '9', name: 'Bình', username: null, active: false, sipDevices: [] })]);
    await type('#import-text', `Name\tUsername\tDevice name\tSIP user\tSIP password\n${row}`);
    expect(cells()).toEqual(['2', ...shown]);
  });

  it('names the columns that it does not read, and the line that it cannot', async () => {
    await open();
    await type('#import-text', 'Name\tEmail\nHà\tha@example.com');
    expect(find('.import').textContent).toContain('These columns are not read: Email.');
    await type('#import-text', 'Name,Email\n"Hà,x');
    expect(find('[role=alert]').textContent).toContain('Line 2 ');
  });
});

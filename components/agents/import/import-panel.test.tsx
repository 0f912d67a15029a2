// @vitest-environment happy-dom
import { expect, it } from 'vitest';
import { type Reply, succeed } from '../../../utils/reply.ts';
import { fakeSend, fakeView } from '../../testing/fake-view.ts';
import { find, mount, press, settle, type } from '../../testing/mount.tsx';
import { agentRecord } from '../../testing/samples.ts';
import { createAgents } from '../agents-store.ts';
import ImportPanel from './import-panel.tsx';

it('takes no other rows while it writes, and goes on where it was stopped', async () => {
  const mai = agentRecord({
    id: '00000000-0000-4000-8000-000000000120',
    name: 'Mai',
    username: 'mai',
    version: 1,
    sipDevices: [],
  });
  const created = Promise.withResolvers<Reply<unknown>>();
  const { send, sent } = fakeSend({ createAgent: () => created.promise, changeAgent: succeed({ ...mai, version: 2 }) });
  await mount(fakeView(send), <ImportPanel agents={createAgents(send)} onClose={() => {}} />);
  await type('#import-text', 'Name\tUsername\tSIP user\tSIP password\nMai\tmai\t1\tp\nMai\tmai\t2\tp');
  const isOpen = () =>
    [...document.querySelectorAll<HTMLInputElement>('#import-text, [type=file]')].map((input) => !input.disabled);
  await press('.button-primary');
  expect(isOpen()).toEqual([false, false]);
  await press('.actions .button');
  created.resolve(succeed(mai));
  await settle();
  expect(isOpen()).toEqual([true, true]);
  await press('.button-primary');
  expect(sent.map(({ name }) => name)).toEqual(['createAgent', 'changeAgent']);
  expect(find('[role=status]').textContent).toBe('2 of 2 done');
});

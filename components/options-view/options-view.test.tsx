// @vitest-environment happy-dom
import { beforeEach, expect, it, vi } from 'vitest';
import { fail, succeed } from '../../utils/reply.ts';
import { fakeSend, fakeView } from '../testing/fake-view.ts';
import { find, mount, press } from '../testing/mount.tsx';
import { agentRecord, companySettings, connectedSession } from '../testing/samples.ts';
import { OptionsView } from './options-view.tsx';
// Loaded beforehand, so that none of them still loads when a test ends.
import '../admin/audit-panel.tsx';
import '../admin/do-not-call-panel.tsx';
import '../admin/locks-panel.tsx';
import '../admin/policy-panel.tsx';
import '../admin/reports-panel.tsx';

async function open(role: 'agent' | 'admin', more: Parameters<typeof fakeSend>[0] = {}) {
  const session = succeed(connectedSession(role));
  const away = fail('relay_unreachable');
  const { send, sent } = fakeSend({
    getSession: session,
    refreshSession: session,
    listSites: succeed([]),
    listHiddenNumbers: succeed({}),
    getCompany: succeed(companySettings()),
    getAgentSettings: away,
    listAskedNotToCall: away,
    listAgents: away,
    getPolicy: away,
    readReport: away,
    readAudit: away,
    ...more,
  });
  await mount(fakeView(send), <OptionsView language="en" />);
  return (name: string) => sent.filter((one) => one.name === name);
}
const count = () => document.querySelector('[data-testid=locked-count]');

beforeEach(() => {
  vi.stubGlobal('requestAnimationFrame', (run: () => void) => run());
});

it('tells an admin beside the section how many agents are locked, until they are not', async () => {
  const lock = { agentId: agentRecord().id, name: 'Lan', lockedAt: 0 };
  await open('admin', { listLocks: [succeed([lock]), succeed([])], unlockAgent: succeed(null) });
  await vi.waitFor(() => expect(count()?.textContent).toBe('1'));
  expect(find('a[href="#locks"]').textContent).toBe('Locked agents 1');
  await press('[data-testid=lock] button');
  expect(count()?.textContent).toBe('');
});

it('asks nothing of locks for an agent', async () => {
  const sentAs = await open('agent');
  expect([count(), sentAs('listLocks')]).toEqual([null, []]);
});

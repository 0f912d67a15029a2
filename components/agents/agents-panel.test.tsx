// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import type { SipDevice } from '../../relay/contract.ts';
import { fail, succeed } from '../../utils/reply.ts';
import { fakeSend, fakeView } from '../testing/fake-view.ts';
import { find, mount, press, type } from '../testing/mount.tsx';
import { agentRecord } from '../testing/samples.ts';
import { en } from '../testing/words.ts';
import { AgentsPanel } from './agents-panel.tsx';

const lan = agentRecord();
const minh = agentRecord({
  id: '00000000-0000-4000-8000-000000000009',
  name: 'Trần Văn Minh',
  username: 'minh',
  sipUser: null,
  sipDevices: [],
});
const confirmed = succeed({ stepUpUntil: 0 });

async function open(answers: Parameters<typeof fakeSend>[0]) {
  const { send, sent } = fakeSend({ listAgents: succeed([lan]), ...answers });
  await mount(fakeView(send), <AgentsPanel relayUrl="https://relay.example.com" />);
  return { sent, sentAs: (name: string) => sent.filter((message) => message.name === name).map(({ data }) => data) };
}
const names = () => [...document.querySelectorAll('.agent-name')].map(({ textContent }) => textContent);

describe('AgentsPanel', () => {
  it('adds an agent after the passphrase, without another press, and is ready for the next', async () => {
    const { sentAs } = await open({ createAgent: [fail('step_up_required'), succeed(minh)], stepUp: confirmed });
    await type('[data-testid=quick-add] [name=name]', 'Trần Văn Minh');
    await type('[data-testid=quick-add] [name=username]', 'minh');
    await press('[data-testid=quick-add] button');
    await type('[data-testid=step-up] input', 'correct horse');
    await press('[data-testid=step-up] button[type=submit]');
    expect(sentAs('createAgent')).toEqual(
      Array(2).fill({ name: 'Trần Văn Minh', role: 'agent', username: 'minh', sipUser: null }),
    );
    expect(names()).toEqual(['Nguyễn Thị Lan', 'Trần Văn Minh']);
    expect(find<HTMLInputElement>('[data-testid=quick-add] [name=name]').value).toBe('');
    expect(document.activeElement).toBe(find('[data-testid=quick-add] [name=name]'));
  });

  it('keeps what was typed when the relay refuses the agent', async () => {
    await open({ createAgent: fail('agent_exists') });
    await type('[data-testid=quick-add] [name=name]', 'Lan');
    await press('[data-testid=quick-add] button');
    expect(find('[data-testid=quick-add] [role=alert]').textContent).toBe(en.failure_agent_exists);
    expect(find<HTMLInputElement>('[data-testid=quick-add] [name=name]').value).toBe('Lan');
  });

  it('shows what somebody else saved meanwhile beside what was typed, and saves over the newer version', async () => {
    const [own] = lan.sipDevices as [SipDevice];
    const newer = { ...lan, name: 'Lan Nguyễn', sipDevices: [{ ...own, sipUser: '140-lan' }], version: 4 };
    const { sentAs } = await open({
      listAgents: [succeed([lan]), succeed([newer])],
      changeAgent: [fail('version_conflict'), succeed({ ...newer, version: 5 })],
    });
    await press('.agent-actions button');
    await type('[data-testid=agent-editor] [name=sipUser]', '150-lan');
    await press('[data-testid=agent-editor] [type=submit]');
    expect(find('.field-theirs').textContent).toContain('140-lan');
    expect(find<HTMLInputElement>('[data-testid=agent-editor] [name=sipUser]').value).toBe('150-lan');
    expect(find<HTMLInputElement>('[data-testid=agent-editor] [name=name]').value).toBe('Lan Nguyễn');
    await press('[data-testid=agent-editor] [type=submit]');
    expect(sentAs('changeAgent')).toEqual([
      { id: lan.id, version: 3, change: { sipDevices: [{ id: own.id, name: '', sipUser: '150-lan' }] } },
      { id: lan.id, version: 4, change: { sipDevices: [{ id: own.id, name: '', sipUser: '150-lan' }] } },
    ]);
    expect(document.querySelector('[data-testid=agent-editor]')).toBeNull();
  });

  it('adds a second device, puts it first and removes one', async () => {
    const { sentAs } = await open({ changeAgent: succeed({ ...lan, version: 4 }) });
    const [own] = lan.sipDevices as [SipDevice];
    const second = '[data-testid=sip-device]:nth-of-type(2)';
    await press('.agent-actions button');
    await press('[data-testid=sip-device-add]');
    await type(`${second} [name=deviceName]`, 'Mobile');
    await type(`${second} [name=sipUser]`, '102-lan');
    await type(`${second} [name=sipPassword]`, 'secret');
    await press(`${second} .actions button`);
    expect(find<HTMLInputElement>('[data-testid=sip-device] [name=deviceName]').value).toBe('Mobile');
    await press('[data-testid=sip-device-add]');
    await press('[data-testid=sip-device]:nth-of-type(3) .actions button:nth-child(2)');
    await press('[data-testid=agent-editor] [type=submit]');
    expect(sentAs('changeAgent')).toEqual([
      {
        id: lan.id,
        version: 3,
        change: {
          sipDevices: [
            { name: 'Mobile', sipUser: '102-lan', sipPassword: 'secret' },
            { id: own.id, name: '', sipUser: '101-lan' },
          ],
        },
      },
    ]);
  });

  it('revokes a browser only after asking', async () => {
    const device = { id: '00000000-0000-4000-8000-000000000007', name: 'Firefox', createdAt: 0, lastSeenAt: null };
    const { sentAs } = await open({
      listAgents: [succeed([{ ...lan, devices: [device] }]), succeed([lan])],
      revokeDevice: succeed(null),
    });
    await press('.agent-actions button');
    await press('[data-testid=device] button');
    expect(sentAs('revokeDevice')).toEqual([]);
    await press('[data-testid=device] .button-danger-solid');
    expect(sentAs('revokeDevice')).toEqual([device.id]);
    expect(document.querySelector('[data-testid=device]')).toBeNull();
  });

  it('finds agents whatever the accents', async () => {
    await open({ listAgents: succeed([lan, minh]) });
    await type('[name=agent-search]', 'tran  MINH');
    expect(names()).toEqual(['Trần Văn Minh']);
  });

  it('shows a code that can be read out', async () => {
    await open({ createEnrolment: succeed({ code: 'ABCDE12345', expiresAt: Date.now() + 600_000 }) });
    await press('.agent-actions button:nth-child(2)');
    expect(find('[data-testid=enrolment-code]').textContent).toBe('ABCDE-12345');
  });
});

// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Session } from '../../utils/messages.ts';
import { fail, succeed } from '../../utils/reply.ts';
import { OptionsView } from '../options-view/options-view.tsx';
import { fakeSend, fakeView } from '../testing/fake-view.ts';
import { find, mount, press, settle, type } from '../testing/mount.tsx';
import { agentRecord, companySettings, connectedSession } from '../testing/samples.ts';
import { en } from '../testing/words.ts';
// Loaded beforehand, so that none of them still loads when a test ends.
import '../admin/audit-panel.tsx';
import '../admin/do-not-call-panel.tsx';
import '../admin/locks-panel.tsx';
import '../admin/policy-panel.tsx';
import '../admin/reports-panel.tsx';

const session = connectedSession();
/** What the panels of an admin ask for. */
const ofAdmins = ['getPolicy', 'listAskedNotToCall', 'listLocks', 'readAudit', 'readReport'] as const;
const comeBack = async () => {
  window.dispatchEvent(new Event('focus'));
  await settle();
};
const regain = () => document.querySelector('[data-testid=regain-access]');

async function open(
  refreshSession: Parameters<typeof fakeSend>[0][string],
  more: Parameters<typeof fakeSend>[0] = {},
  requestHosts = vi.fn(async (_: string[]) => true),
) {
  const { send, sent } = fakeSend({
    getSession: succeed(session),
    refreshSession,
    listSites: succeed([]),
    getCompany: succeed(companySettings()),
    listHiddenNumbers: succeed({}),
    getAgentSettings: fail('internal'),
    ...Object.fromEntries(ofAdmins.map((name) => [name, fail('relay_unreachable')])),
    ...more,
  });
  await mount(fakeView(send, { requestHosts }), <OptionsView language="en" />);
  return { requestHosts, sentAs: (name: string) => sent.filter((one) => one.name === name).map(({ data }) => data) };
}

beforeEach(() => {
  vi.stubGlobal('requestAnimationFrame', (run: () => void) => run());
});

describe('the options of a browser that lost its relay', () => {
  it.each(['device_revoked', 'unauthenticated', 'proof_rejected'] as const)(
    'say %s, take a new code right there at the known relay, and go on',
    async (code) => {
      const again: Session = { ...session, meAt: 1 };
      const { sentAs } = await open(fail(code), { connect: [fail('code_invalid'), succeed(again)] });
      expect(find('[data-testid=regain-access] [data-testid=notice]').textContent).toContain(en[`failure_${code}`]);
      expect(find<HTMLInputElement>('[name=relayUrl]').value).toBe(session.relayUrl);
      await type('[name=code]', 'ABCDE-12345');
      await press('[name=connect]');
      expect(find<HTMLInputElement>('[name=code]').value).toBe('ABCDE-12345');
      await press('[name=connect]');
      expect(sentAs('connect')).toEqual(Array(2).fill({ relayUrl: session.relayUrl, code: 'ABCDE-12345' }));
      expect(regain()).toBeNull();
      expect(find('[data-testid=connected]').textContent).toContain('Lan');
    },
  );

  it('keep the code that is being typed while the relay is away, and ask for none once it knows the browser again', async () => {
    await open([fail('device_revoked'), fail('relay_unreachable'), succeed(session)]);
    await type('[name=code]', 'ABCDE');
    await comeBack();
    expect(find('[data-testid=regain-access]').textContent).toContain(en.failure_relay_unreachable);
    expect(find<HTMLInputElement>('[name=code]').value).toBe('ABCDE');
    await comeBack();
    expect(regain()).toBeNull();
  });

  it('give the permission back by one press, asked for in the press itself', async () => {
    const { requestHosts } = await open([fail('relay_permission_missing'), succeed(session)]);
    expect(find('[data-testid=regain-access]').textContent).toContain(session.relayUrl);
    expect(document.querySelector('[name=code]')).toBeNull();
    find('[data-testid=notice] button').click();
    expect(requestHosts).toHaveBeenCalledWith(['https://dialside.example.com/*']);
    await settle();
    expect(regain()).toBeNull();
  });

  it('say what to do when the permission was refused', async () => {
    const { sentAs } = await open(
      fail('relay_permission_missing'),
      {},
      vi.fn(async () => false),
    );
    await press('[data-testid=notice] button');
    expect(find('[data-testid=notice]').textContent).toContain(en.access_refused.replace('{relay}', session.relayUrl));
    expect(sentAs('refreshSession')).toHaveLength(1);
  });

  it.each([
    ['the relay is away', 'relay_unreachable'],
    ['all it knows is that it asked twice', 'proof_used'],
  ] as const)('offer to try again, and nothing else, while %s', async (_, code) => {
    const { sentAs } = await open([fail(code), succeed(session)]);
    expect(document.querySelector('[name=code]')).toBeNull();
    await press('[data-testid=notice] button');
    expect(sentAs('refreshSession')).toHaveLength(2);
    expect(regain()).toBeNull();
  });

  it('show nothing of the company before once a code connects to another relay', async () => {
    const [admin, other] = ['https://dialside.example.com', 'https://other.example.com'].map((relayUrl) => ({
      ...connectedSession('admin'),
      relayUrl,
    }));
    const late = Promise.withResolvers<ReturnType<typeof succeed>>();
    await open([succeed(admin), fail('device_revoked')], {
      getSession: succeed(admin),
      connect: succeed(other),
      listAgents: [succeed([agentRecord()]), () => late.promise],
    });
    await comeBack();
    expect(find('.agent-name').textContent).toBe(agentRecord().name);
    await type('[data-testid=regain-access] [name=relayUrl]', 'https://other.example.com');
    await type('[name=code]', 'ABCDE-12345');
    await press('[name=connect]');
    expect(find('[data-testid=connected]').textContent).toContain('https://other.example.com');
    expect(document.querySelector('.agent-name')).toBeNull();
  });

  it('do not take what is heard of the old connection for the new one', async () => {
    const late = Promise.withResolvers<ReturnType<typeof fail>>();
    await open([fail('device_revoked'), () => late.promise], { connect: succeed(session) });
    await type('[name=code]', 'ABCDE-12345');
    await comeBack();
    await press('[name=connect]');
    late.resolve(fail('device_revoked'));
    await settle();
    expect(regain()).toBeNull();
  });
});

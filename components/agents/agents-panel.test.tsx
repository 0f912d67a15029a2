// @vitest-environment happy-dom
import { act } from 'preact/test-utils';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { SipDevice } from '../../relay/contract.ts';
import { fail, type Reply, succeed } from '../../utils/reply.ts';
import { clockOffsetItem } from '../../utils/storage.ts';
import { fakeSend, fakeView } from '../testing/fake-view.ts';
import { find, mount, press, settle, type } from '../testing/mount.tsx';
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

const pressedEscape = () => new KeyboardEvent('keydown', { key: 'Escape', bubbles: true });
afterEach(async () => {
  await clockOffsetItem.removeValue();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

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

  it('keeps what is typed while the passphrase is asked for: in the line for a new agent, and in an editor', async () => {
    const saved = { ...lan, name: 'Lan Anh', version: 4 };
    const { sentAs } = await open({
      createAgent: [fail('step_up_required'), succeed(minh)],
      changeAgent: [fail('step_up_required'), succeed(saved), succeed({ ...saved, version: 5 })],
      stepUp: confirmed,
    });
    const confirm = async () => {
      await type('[data-testid=step-up] input', 'correct horse');
      await press('[data-testid=step-up] button[type=submit]');
    };
    await type('[data-testid=quick-add] [name=name]', 'Trần Văn Minh');
    await press('[data-testid=quick-add] button');
    await type('[data-testid=quick-add] [name=username]', 'ha');
    await confirm();
    const added = ['name', 'username'].map((name) => find<HTMLInputElement>(`[data-testid=quick-add] [name=${name}]`).value);
    expect(added).toEqual(['', 'ha']);
    await press('.agent-actions button');
    await type('[data-testid=agent-editor] [name=name]', 'Lan Anh');
    await press('[data-testid=agent-editor] [type=submit]');
    await type('[data-testid=agent-editor] [name=username]', 'lan.anh');
    await confirm();
    await press('[data-testid=agent-editor] [type=submit]');
    expect(sentAs('changeAgent').slice(1)).toEqual([
      { id: lan.id, version: 3, change: { name: 'Lan Anh' } },
      { id: lan.id, version: 4, change: { username: 'lan.anh' } },
    ]);
  });

  it('keeps what was typed when the relay refuses the agent', async () => {
    await open({ createAgent: fail('agent_exists') });
    await type('[data-testid=quick-add] [name=name]', 'Lan');
    await press('[data-testid=quick-add] button');
    expect(find('[data-testid=quick-add] [role=alert]').textContent).toBe(en.failure_agent_exists);
    expect(find<HTMLInputElement>('[data-testid=quick-add] [name=name]').value).toBe('Lan');
  });

  it.each([
    ['the user name', {}, lan.username],
    ['that only the SIP user finds calls', { username: null }, en.agent_sip_user_only],
    ['that nothing does', { username: null, sipDevices: [] }, en.agent_no_username],
  ])('says below a name %s', async (_, more, words) => {
    await open({ listAgents: succeed([agentRecord(more)]) });
    expect(find('[data-testid=agent-row] th .row-note').textContent).toBe(words);
  });

  it('says who has the SIP user of a new agent, and of one that is changed', async () => {
    const mai = agentRecord({ id: '00000000-0000-4000-8000-000000000120', name: 'Mai', sipDevices: [] });
    await open({ listAgents: succeed([lan, mai]), createAgent: fail('agent_exists'), changeAgent: fail('agent_exists') });
    const words = en.import_sip_taken.replace('{name}', lan.name).replace('{sipUser}', '101-LAN');
    await type('[data-testid=quick-add] [name=name]', 'Hà');
    await type('[data-testid=quick-add] [name=sipUser]', '101-LAN');
    await press('[data-testid=quick-add] button');
    await type('[data-testid=quick-add] [name=sipUser]', '101-LAN2');
    expect(find('[data-testid=quick-add] [role=alert]').textContent).toBe(words);
    await press(`[aria-label="${en.agent_edit_of.replace('{name}', 'Mai')}"]`);
    await type('[data-testid=agent-editor] [name=sipUser]', '101-LAN');
    await press('[data-testid=agent-editor] [type=submit]');
    await type('[data-testid=agent-editor] [name=sipUser]', '101-LAN2');
    expect(find('[data-testid=agent-editor] [data-testid=notice]').textContent).toBe(words);
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

  it('tests what is saved of a device, and says what to check', async () => {
    const { sentAs } = await open({
      testSipDevice: [
        fail('step_up_required'),
        succeed({ accepted: true }),
        succeed({ accepted: false }),
        fail('too_many_attempts'),
      ],
      stepUp: confirmed,
    });
    await press('.agent-actions button');
    const said = () => find('.sip-device-test [role=status]').textContent;
    await press('[data-testid=sip-device-test]');
    await type('[data-testid=step-up] input', 'correct horse');
    await press('[data-testid=step-up] button[type=submit]');
    expect(said()).toBe(en.sip_device_accepted);
    await press('[data-testid=sip-device-test]');
    expect(said()).toBe(en.sip_device_refused);
    await press('[data-testid=sip-device-test]');
    expect(said()).toBe(en.failure_too_many_attempts);
    expect(sentAs('testSipDevice')).toEqual(Array(4).fill(lan.sipDevices[0]?.id));
    await type('[data-testid=agent-editor] [name=sipPassword]', 'another');
    expect([said(), find<HTMLButtonElement>('[data-testid=sip-device-test]').disabled]).toEqual([
      en.sip_device_test_unsaved,
      true,
    ]);
    await type('[data-testid=agent-editor] [name=sipPassword]', '');
    expect(said()).toBe('');
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

  it('finds agents by what is missing of them', async () => {
    const device = { id: 'd', name: 'Chrome', createdAt: 0, lastSeenAt: 0, authVia: null };
    await open({
      listAgents: succeed([
        { ...lan, devices: [device] },
        { ...minh, devices: [] },
      ]),
    });
    for (const search of [en.agent_not_connected, en.agent_no_device]) {
      await type('[name=agent-search]', search.toLowerCase());
      expect(names()).toEqual(['Trần Văn Minh']);
    }
    await type('[name=agent-search]', en.password_missing);
    expect(names()).toEqual([]);
  });

  it.each([
    ['Escape', async () => void find('[data-testid=agent-editor] form').dispatchEvent(pressedEscape())],
    ['its row’s button', () => press('.agent-actions button')],
  ])('keeps what was typed in an editor that is closed by %s, until it is dropped', async (_, close) => {
    const { sentAs } = await open({});
    const nameField = '[data-testid=agent-editor] [name=name]';
    await press('.agent-actions button');
    await type(nameField, 'Lan Anh');
    await type('[data-testid=agent-editor] [name=sipPassword]', 'new secret');
    await act(close);
    await settle();
    expect(document.querySelector('[data-testid=agent-editor]')).toBeNull();
    expect(find('.agent').textContent).toContain(en.agent_unsaved);
    await press('.agent-actions button');
    expect(find<HTMLInputElement>(nameField).value).toBe('Lan Anh');
    expect(find<HTMLInputElement>('[data-testid=agent-editor] [name=sipPassword]').value).toBe('new secret');
    const buttons = [...document.querySelectorAll<HTMLElement>('[data-testid=agent-editor] .editor-wide > button')];
    await act(() => buttons.find(({ textContent }) => textContent === en.agent_discard)?.click());
    expect(find('.agent').textContent).not.toContain(en.agent_unsaved);
    await press('.agent-actions button');
    expect(find<HTMLInputElement>(nameField).value).toBe(lan.name);
    expect(sentAs('changeAgent')).toEqual([]);
  });

  it.each([
    ['an editor', '.agent-actions button:first-child', '[data-testid=agent-editor] .actions.editor-wide > button:last-child'],
    ['a code', '.agent-actions button:last-child', '[data-testid=enrolment] .actions > button:last-child'],
  ])('gives the keyboard back to the button that unfolded what is closed: %s', async (_, opener, closer) => {
    await open({ createEnrolment: succeed({ code: 'ABCDE12345', expiresAt: Date.now() + 600_000 }) });
    find(opener).focus();
    await press(opener);
    find(closer).focus();
    await press(closer);
    expect(document.querySelector('.agent-pane')).toBeNull();
    expect(document.activeElement).toBe(find(opener));
  });

  describe('a save that ends late', () => {
    const beginToSave = async () => {
      const late = Promise.withResolvers<Reply<unknown>>();
      await open({
        listAgents: succeed([lan, minh]),
        changeAgent: () => late.promise,
        createEnrolment: succeed({ code: 'ABCDE12345', expiresAt: Date.now() + 600_000 }),
      });
      await press('.agent-actions button');
      await type('[data-testid=agent-editor] [name=name]', 'Lan Anh');
      await press('[data-testid=agent-editor] [type=submit]');
      return async () => {
        late.resolve(succeed({ ...lan, name: 'Lan Anh', version: 4 }));
        await settle();
        expect(names()).toContain('Lan Anh');
      };
    };

    it('leaves the keyboard in the editor of another agent', async () => {
      const end = await beginToSave();
      await press('.agent:nth-of-type(2) .agent-actions button');
      const field = find('.agent:nth-of-type(2) [data-testid=agent-editor] [name=name]');
      field.focus();
      await end();
      expect(document.activeElement).toBe(field);
      expect(document.contains(field)).toBe(true);
    });

    it('of a new agent does so too', async () => {
      const late = Promise.withResolvers<Reply<unknown>>();
      await open({ createAgent: () => late.promise });
      await type('[data-testid=quick-add] [name=name]', 'Trần Văn Minh');
      await press('[data-testid=quick-add] button');
      await press('.agent-actions button');
      const field = find('[data-testid=agent-editor] [name=name]');
      field.focus();
      late.resolve(succeed(minh));
      await settle();
      expect(names()).toContain('Trần Văn Minh');
      expect(document.activeElement).toBe(field);
    });

    it('leaves open the code that its agent is given meanwhile', async () => {
      const end = await beginToSave();
      await press('.agent-actions button:nth-child(2)');
      await end();
      expect(find('[data-testid=enrolment-code]').textContent).toBe('ABCDE-12345');
    });
  });

  it('keeps all that is filled in at once', async () => {
    const { sentAs } = await open({ changeAgent: succeed({ ...lan, version: 4 }) });
    await press('.agent-actions button');
    await act(() => {
      for (const [name, value] of [
        ['name', 'Lan Anh'],
        ['username', 'lan.anh'],
      ]) {
        const field = find<HTMLInputElement>(`[data-testid=agent-editor] [name=${name}]`);
        field.value = value ?? '';
        field.dispatchEvent(new Event('input', { bubbles: true }));
      }
    });
    await press('[data-testid=agent-editor] [type=submit]');
    expect(sentAs('changeAgent')).toMatchObject([{ change: { name: 'Lan Anh', username: 'lan.anh' } }]);
  });

  it('keeps an agent who is worked on in sight though a search finds another: what is typed, and the code made', async () => {
    const made = succeed({ code: 'ABCDE12345', expiresAt: Date.now() + 600_000 });
    const pressOfLan = (of: string) => press(`[aria-label="${of.replace('{name}', lan.name)}"]`);
    const { sentAs } = await open({ listAgents: succeed([lan, minh]), createEnrolment: made });
    await press('.agent-actions button');
    await type('[data-testid=agent-editor] [name=name]', 'Lan Anh');
    await type('[name=agent-search]', 'minh');
    expect(find<HTMLInputElement>('[data-testid=agent-editor] [name=name]').value).toBe('Lan Anh');
    await pressOfLan(en.agent_code_of);
    for (const search of ['nobody', '']) await type('[name=agent-search]', search);
    expect(find('[data-testid=enrolment-code]').textContent).toBe('ABCDE-12345');
    expect(sentAs('createEnrolment')).toHaveLength(1);
    await type('[name=agent-search]', 'minh');
    expect(names()).toEqual([minh.name, lan.name]);
    for (const of of [en.agent_code_of, en.agent_edit_of]) await pressOfLan(of);
    expect(names()).toEqual([minh.name]);
  });

  it('shows the codes of several agents at once, each until it is closed, and makes none twice', async () => {
    const made = (code: string) => succeed({ code, expiresAt: Date.now() + 600_000 });
    const { sentAs } = await open({
      listAgents: succeed([lan, minh]),
      createEnrolment: [made('AAAAA11111'), made('BBBBB22222')],
    });
    const codes = () => [...document.querySelectorAll('[data-testid=enrolment-code]')].map(({ textContent }) => textContent);
    await press('.agent:nth-of-type(1) .agent-actions button:nth-child(2)');
    await press('.agent:nth-of-type(2) .agent-actions button:nth-child(2)');
    await press('.agent:nth-of-type(1) .agent-actions button:nth-child(1)');
    expect(codes()).toEqual(['AAAAA-11111', 'BBBBB-22222']);
    expect(find('.agent:nth-of-type(1) [data-testid=agent-editor]').isConnected).toBe(true);
    await press('.agent:nth-of-type(1) [data-testid=enrolment] .actions > button:last-child');
    expect(codes()).toEqual(['BBBBB-22222']);
    expect(sentAs('createEnrolment')).toEqual([lan.id, minh.id]);
  });

  it('follows who connects: soon while codes are out, now and then otherwise, never while nobody looks', async () => {
    vi.useFakeTimers();
    const browser = (name: string, createdAt: number) => ({ id: `id-${name}`, name, createdAt, lastSeenAt: null });
    const [before, device] = [browser('Chromium, Windows', 999_999), browser('Firefox, Windows', 1_000_000)];
    const visible = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('visible');
    const { sentAs } = await open({
      createEnrolment: succeed({ code: 'ABCDE12345', expiresAt: 1_600_000 }),
      // A browser that was connected before the code was made has not used it, even when the list shows it late.
      listAgents: [
        ...Array(2).fill(succeed([lan])),
        succeed([{ ...lan, devices: [before] }]),
        succeed([{ ...lan, devices: [before, device] }]),
      ],
    });
    const lists = () => sentAs('listAgents').length;
    const pass = (ms: number) => act(async () => void (await vi.advanceTimersByTimeAsync(ms)));
    await pass(59_000);
    expect(lists()).toBe(1);
    await pass(1_000);
    expect(lists()).toBe(2);
    expect(find('.table-count').textContent).toContain('0 connected');
    await press('.agent-actions button:nth-child(2)');
    await type('[data-testid=quick-add] [name=name]', 'Hà');
    await pass(5_000);
    expect([lists(), document.querySelector('[data-testid=code-used]')]).toEqual([3, null]);
    await pass(5_000);
    expect(find('[data-testid=code-used]').textContent).toContain('Nguyễn Thị Lan has connected: Firefox, Windows.');
    expect(document.querySelector('[data-testid=enrolment-code]')).toBeNull();
    expect(find('.table-count').textContent).toContain('1 connected');
    expect(find<HTMLInputElement>('[data-testid=quick-add] [name=name]').value).toBe('Hà');
    visible.mockReturnValue('hidden');
    await pass(60_000);
    expect(lists()).toBe(4);
    visible.mockReturnValue('visible');
    await pass(600_000);
    const atEnd = lists();
    await pass(59_000);
    expect(lists() - atEnd).toBeLessThanOrEqual(1);
  });

  it('does not lose what was saved to a list that was asked for before', async () => {
    const late = Promise.withResolvers<Reply<unknown>>();
    await open({
      listAgents: [succeed([lan]), () => late.promise],
      changeAgent: succeed({ ...lan, name: 'Lan Anh', version: 4 }),
    });
    await act(() => void window.dispatchEvent(new Event('focus')));
    await press('.agent-actions button');
    await type('[data-testid=agent-editor] [name=name]', 'Lan Anh');
    await press('[data-testid=agent-editor] [type=submit]');
    late.resolve(succeed([lan, minh]));
    await settle();
    expect(names()).toEqual(['Lan Anh', 'Trần Văn Minh']);
  });

  it.each([
    ['alike', 0],
    ['an hour behind', 3_600_000],
    ['a quarter of an hour ahead', -900_000],
  ])('counts the time of a code by the relay’s clock, with this computer’s %s', async (_, offset) => {
    await clockOffsetItem.setValue(offset);
    vi.useFakeTimers({ now: 1_000_000_000, toFake: ['Date', 'setInterval', 'clearInterval'] });
    const expiresAt = Date.now() + offset + 600_000;
    await open({ createEnrolment: succeed({ code: 'ABCDE12345', expiresAt }) });
    await press('.agent-actions button:nth-child(2)');
    const left = () => find('[data-testid=enrolment] .field-hint').textContent;
    expect(left()).toBe(en.code_left.replace('{time}', '10:00'));
    await act(() => void vi.advanceTimersByTime(599_000));
    expect(left()).toBe(en.code_left.replace('{time}', '0:01'));
    await act(() => void vi.advanceTimersByTime(1_000));
    expect(left()).toBe(en.code_over);
  });

  it('finishes a new agent whom the relay made although its answer was lost', async () => {
    const { sentAs } = await open({
      createAgent: fail('relay_timeout'),
      listAgents: [succeed([lan]), succeed([lan, minh])],
    });
    await type('[data-testid=quick-add] [name=name]', 'Trần Văn Minh');
    await type('[data-testid=quick-add] [name=username]', 'minh');
    await press('[data-testid=quick-add] button');
    expect(sentAs('createAgent')).toHaveLength(1);
    expect(find('[data-testid=quick-add] [role=status]').textContent).toContain('Trần Văn Minh');
    expect(names()).toEqual(['Nguyễn Thị Lan', 'Trần Văn Minh']);
  });

  it.each([
    ['was there before', [lan, minh], [lan, minh], 'minh'],
    ['is another', [lan], [lan, minh], 'minh.tv'],
    ['is not there', [lan], [lan], 'minh'],
  ])('does not take an agent for one whose answer was lost who %s', async (_, before, after, username) => {
    await open({ createAgent: fail('relay_timeout'), listAgents: [succeed(before), succeed(after)] });
    await type('[data-testid=quick-add] [name=name]', 'Trần Văn Minh');
    await type('[data-testid=quick-add] [name=username]', username);
    await press('[data-testid=quick-add] button');
    expect(find('[data-testid=quick-add] [role=alert]').textContent).toBe(en.failure_relay_timeout);
  });

  it('keeps the rows of an import that is closed, and does not close one that writes', async () => {
    const created = Promise.withResolvers<Reply<unknown>>();
    await open({ createAgent: () => created.promise });
    const toggle = '.table-bar button';
    await press(toggle);
    await vi.waitFor(() => find('#import-text'));
    await type('#import-text', 'Name\nHà');
    await press('.import .button-primary');
    expect(find<HTMLButtonElement>(toggle).disabled).toBe(true);
    created.resolve(fail('sip_user_missing'));
    await settle();
    await press(toggle);
    expect(document.querySelector('#import-text')).toBeNull();
    await press(toggle);
    expect(find<HTMLTextAreaElement>('#import-text').value).toBe('Name\nHà');
    expect(find('.import .missing').textContent).toBe(en.failure_sip_user_missing);
  });

  it('shows a code that can be read out, where a screen reader is told of it and of its end', async () => {
    vi.useFakeTimers({ now: 1_000_000_000, toFake: ['Date', 'setInterval', 'clearInterval'] });
    const made = Promise.withResolvers<Reply<unknown>>();
    await open({ createEnrolment: () => made.promise });
    await press('.agent-actions button:nth-child(2)');
    const news = find('[data-testid=enrolment] [role=status]');
    expect(news.textContent).toBe('');
    made.resolve(succeed({ code: 'ABCDE12345', expiresAt: Date.now() + 600_000 }));
    await settle();
    expect(find('[data-testid=enrolment-code]').textContent).toBe('ABCDE-12345');
    const told = news.textContent;
    expect(told).toContain('ABCDE-12345');
    // The running countdown must not be announced.
    await act(() => void vi.advanceTimersByTime(5_000));
    expect(news.textContent).toBe(told);
    await act(() => void vi.advanceTimersByTime(595_000));
    expect(news.textContent).toBe(`${told}${en.code_over}`);
    expect(news.isConnected).toBe(true);
  });
});

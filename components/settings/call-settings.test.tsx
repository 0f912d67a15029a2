// @vitest-environment happy-dom
import { describe, expect, it, vi } from 'vitest';
import { fail, succeed } from '../../utils/reply.ts';
import { agentSettingsItem, liveItem } from '../../utils/storage.ts';
import { fakeSend, fakeView } from '../testing/fake-view.ts';
import { find, mount, press, type } from '../testing/mount.tsx';
import { en } from '../testing/words.ts';
import { CallSettings } from './call-settings.tsx';
import { HiddenNumbers } from './hidden-numbers.tsx';

const usual = { badge: true, notifyMissed: false, notifyIncoming: false, showCaller: true, crmSearch: '', telLinks: false };
const answerWith = (data: unknown) => succeed({ ...usual, ...(data as object) });

async function open(
  granted = true,
  setAgentSettings: (data: unknown) => ReturnType<typeof answerWith> | ReturnType<typeof fail> = answerWith,
) {
  const { send, sent } = fakeSend({ getAgentSettings: succeed(usual), setAgentSettings });
  const requestNotifications = vi.fn(async () => granted);
  await mount(fakeView(send, { requestNotifications }), <CallSettings isCrmLocked={false} region="VN" />);
  return { requestNotifications, changes: () => sent.filter(({ name }) => name === 'setAgentSettings').map(({ data }) => data) };
}
const answerSearch = answerWith({ crmSearch: 'https://crm.example/?q={number}' });
const isOn = (name: string) => find(`[data-testid=setting-${name}]`).getAttribute('aria-checked');

it('shows the search that the company sets for all, and leaves nothing to save', async () => {
  const { send } = fakeSend({ getAgentSettings: answerSearch });
  await mount(fakeView(send), <CallSettings region="VN" isCrmLocked />);
  const field = find<HTMLInputElement>('[name=crmSearch]');
  expect([field.value, field.readOnly]).toEqual(['https://crm.example/?q={number}', true]);
  expect(find('[data-testid=crm-search]').textContent).toContain(en.setting_crm_search_company);
  expect(document.querySelector('[data-testid=crm-search] button')).toBeNull();
});

describe('CallSettings', () => {
  it('shows what is changed elsewhere, as by a policy that the browser reads late', async () => {
    const { send } = fakeSend({ getAgentSettings: [succeed(usual), answerSearch] });
    await mount(fakeView(send), <CallSettings region="VN" isCrmLocked={false} />);
    expect(find<HTMLInputElement>('[name=crmSearch]').value).toBe('');
    await agentSettingsItem.setValue({ ...usual, crmSearch: 'https://crm.example/?q={number}' });
    await vi.waitFor(() => expect(find<HTMLInputElement>('[name=crmSearch]').value).toBe('https://crm.example/?q={number}'));
  });

  it.each([
    ['badge', { badge: false }],
    ['tel_links', { telLinks: true }],
  ])('changes %s with one press, without asking the browser', async (name, change) => {
    const { changes, requestNotifications } = await open();
    await press(`[data-testid=setting-${name}]`);
    expect(changes()).toEqual([change]);
    expect(requestNotifications).not.toHaveBeenCalled();
  });

  it('asks for notifications with the press, and then whether the caller is named', async () => {
    const { changes } = await open();
    expect(document.querySelector('[data-testid=setting-show_caller]')).toBeNull();
    await press('[data-testid=setting-notify_missed]');
    expect(changes()).toEqual([{ notifyMissed: true }]);
    expect(isOn('notify_missed')).toBe('true');
    expect(isOn('show_caller')).toBe('true');
  });

  it('stays off when the browser refuses, and says what to do', async () => {
    const { changes } = await open(false);
    await press('[data-testid=setting-notify_incoming]');
    expect(changes()).toEqual([]);
    expect(isOn('notify_incoming')).toBe('false');
    expect(find('[data-testid=notice]').textContent).toBe(en.setting_notify_refused);
  });

  it('says that no incoming call will be told of where the relay hears no signals', async () => {
    await liveItem.setValue({ ...(await liveItem.getValue()), neverAt: 1 });
    await open();
    expect(document.querySelector('[data-testid=notice]')).toBeNull();
    await press('[data-testid=setting-notify_incoming]');
    expect(find('[data-testid=notice]').textContent).toBe(en.setting_notify_incoming_never);
    await liveItem.removeValue();
    await vi.waitFor(() => expect(document.querySelector('[data-testid=notice]')).toBeNull());
  });

  it('shows what the CRM’s address becomes before it is saved', async () => {
    const { changes } = await open();
    await type('[name=crmSearch]', 'https://crm.example.com/s?q={national}');
    expect(find('[data-testid=crm-preview]').textContent).toContain('https://crm.example.com/s?q=0912345678');
    await press('[data-testid=crm-search] button');
    expect(changes()).toEqual([{ crmSearch: 'https://crm.example.com/s?q={national}' }]);
  });

  it('keeps an address that is none, with the reason at its field', async () => {
    await open(true, () => fail('crm_template_invalid'));
    await type('[name=crmSearch]', 'crm');
    await press('[data-testid=crm-search] button');
    expect(find('[data-testid=crm-search] [role=alert]').textContent).toBe(en.failure_crm_template_invalid);
    expect(find<HTMLInputElement>('[name=crmSearch]').value).toBe('crm');
  });
});

it('takes back what was said to be no number', async () => {
  const hidden = [{ number: '+84912345678', text: 'DH 0912345678' }];
  const { send, sent } = fakeSend({
    listHiddenNumbers: succeed({ 'https://crm.example.com': hidden }),
    showNumberOn: succeed([]),
  });
  await mount(fakeView(send), <HiddenNumbers region="VN" />);
  await press('[data-testid=hidden-number] button');
  expect(sent.at(-1)?.data).toEqual({ origin: 'https://crm.example.com', number: '+84912345678' });
  expect(find('[data-testid=hidden-numbers]').textContent).toBe(en.hidden_empty);
});

it('says what is left out because it is written alike', async () => {
  const orders = ['123', '456', '789'].map((end) => ({ number: `+84381000${end}`, text: `0381000${end}` }));
  await mount(
    fakeView(fakeSend({ listHiddenNumbers: succeed({ 'https://crm.example.com': orders }) }).send),
    <HiddenNumbers region="VN" />,
  );
  expect(find('[data-testid=hidden-patterns]').textContent).toContain('0381000###');
});

// @vitest-environment happy-dom
import { act } from 'preact/test-utils';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { firstEn } from '../../utils/i18n/first-en.ts';
import type { Company } from '../../utils/messages.ts';
import { fail, succeed } from '../../utils/reply.ts';
import { fakeSend, fakeView } from '../testing/fake-view.ts';
import { find, mount, press, settle, type } from '../testing/mount.tsx';
import { companySettings, connectedSession } from '../testing/samples.ts';
import { en } from '../testing/words.ts';
import { ConnectForm } from './connect-form.tsx';

const value = (name: string) => find<HTMLInputElement>(`[name=${name}]`).value;
const errorOf = (name: string) => {
  const id = find(`[name=${name}]`).getAttribute('aria-describedby') ?? '';
  return id
    .split(' ')
    .map((part) => (part.endsWith('-error') ? document.getElementById(part)?.textContent : ''))
    .join('');
};

async function openEmpty(
  answers: Parameters<typeof fakeSend>[0],
  company: Company | null,
  requestHosts = vi.fn(async (_: string[]) => true),
) {
  const { send, sent } = fakeSend(answers);
  const onConnected = vi.fn();
  await mount(fakeView(send, { requestHosts }), <ConnectForm company={company} onConnected={onConnected} />);
  return { sent, onConnected, requestHosts };
}
async function open(
  answers: Parameters<typeof fakeSend>[0],
  requestHosts?: ReturnType<typeof vi.fn<(origins: string[]) => Promise<boolean>>>,
) {
  const opened = await openEmpty(answers, null, requestHosts);
  await type('[name=relayUrl]', 'relay.example.com:8443');
  await type('[name=code]', 'abcde-12345');
  return opened;
}
async function paste(selector: string, text: string): Promise<boolean> {
  const event = new Event('paste', { bubbles: true, cancelable: true });
  Object.assign(event, { clipboardData: { getData: () => text } });
  await act(() => void find(selector).dispatchEvent(event));
  return event.defaultPrevented;
}

beforeEach(() => {
  vi.stubGlobal('requestAnimationFrame', (run: () => void) => run());
});

describe('ConnectForm', () => {
  it.each([
    ['relay_unreachable', 'relayUrl', en.connect_unreachable],
    ['relay_not_dialside', 'relayUrl', en.failure_relay_not_dialside],
    ['code_invalid', 'code', en.failure_code_invalid],
    ['too_many_attempts', 'code', en.failure_too_many_attempts],
  ] as const)('says %s beside the field %s and keeps what was typed: %s', async (code, field, words) => {
    const { onConnected } = await open({ connect: fail(code) });
    await press('[name=connect]');
    expect(errorOf(field)).toBe(words);
    expect([value('relayUrl'), value('code')]).toEqual(['relay.example.com:8443', 'abcde-12345']);
    expect(onConnected).not.toHaveBeenCalled();
  });

  it.each([
    ['proof_rejected', 'relayUrl', en.connect_other_address],
    ['too_many_tries', 'code', en.connect_too_many_codes],
  ] as const)('says what %s means here, beside the field %s', async (code, field, words) => {
    await open({ connect: fail(code) });
    await press('[name=connect]');
    expect(errorOf(field)).toBe(words);
    expect(document.querySelector('[data-testid=notice]')).toBeNull();
  });

  it('does not take wrong passphrases for wrong codes', async () => {
    await open({ connect: [fail('passphrase_required'), fail('too_many_tries')] });
    await press('[name=connect]');
    await type('[name=passphrase]', 'correct horse');
    await press('[name=connect]');
    expect(errorOf('code')).toBe(en.failure_too_many_tries);
  });

  it('asks for the relay’s host in the click itself, without its port', async () => {
    const { requestHosts } = await open({ connect: fail('code_invalid') });
    find('[name=connect]').click();
    expect(requestHosts).toHaveBeenCalledWith(['https://relay.example.com/*']);
    await settle();
  });

  it('sends nothing when the browser was not allowed to reach the relay', async () => {
    const { sent } = await open(
      {},
      vi.fn(async () => false),
    );
    await press('[name=connect]');
    expect(sent).toEqual([]);
    expect(errorOf('relayUrl')).toBe(en.connect_not_allowed);
  });

  it('asks nobody about an address that cannot be one', async () => {
    const { sent, requestHosts } = await open({});
    await type('[name=relayUrl]', 'http://relay.example.com');
    await press('[name=connect]');
    expect(errorOf('relayUrl')).toBe(en.failure_relay_url_invalid);
    expect([sent, requestHosts.mock.calls]).toEqual([[], []]);
  });

  it('brings the passphrase when the relay wants one, refuses a short one, and sends all three', async () => {
    const { sent, onConnected } = await open({ connect: [fail('passphrase_required'), succeed(connectedSession('admin'))] });
    expect(document.querySelector('[name=passphrase]')).toBeNull();
    await press('[name=connect]');
    await type('[name=passphrase]', 'short');
    await press('[name=connect]');
    expect(errorOf('passphrase')).toBe(en.failure_passphrase_required);
    await type('[name=passphrase]', 'correct horse');
    await press('[name=connect]');
    expect(sent.at(-1)?.data).toEqual({ relayUrl: 'relay.example.com:8443', code: 'abcde-12345', passphrase: 'correct horse' });
    expect(sent).toHaveLength(2);
    expect(onConnected).toHaveBeenCalledWith(connectedSession('admin'));
  });

  describe('with the admin’s whole message', () => {
    const message = en.code_message.replace('{relay}', 'https://relay.example.com:8443').replace('{code}', 'ABCDE-12345');

    it.each(['relayUrl', 'code'])('pasted into %s, fills in both, and sends nothing', async (name) => {
      const { sent } = await openEmpty({}, null);
      expect(await paste(`[name=${name}]`, `> ${message.replaceAll(' ', '\n> ')}`)).toBe(true);
      expect([value('relayUrl'), value('code')]).toEqual(['https://relay.example.com:8443', 'ABCDE-12345']);
      expect([sent, find('[role=status]').textContent]).toEqual([[], en.connect_pasted]);
      expect(find<HTMLButtonElement>('[name=connect]').disabled).toBe(false);
    });

    it.each(['relayUrl', 'code'])('is no more said to be read once %s is changed', async (name) => {
      await openEmpty({}, null);
      await paste('[name=code]', message);
      await type(`[name=${name}]`, 'other.example.com');
      expect(find('[role=status]').textContent).toBe('');
      await paste('[name=code]', message);
      expect(find('[role=status]').textContent).toBe(en.connect_pasted);
    });

    it('is no more said to be read once the connection failed, nor while it is tried again', async () => {
      const { sent } = await openEmpty({ connect: [fail('code_invalid'), new Promise(() => undefined)] as never }, null);
      await paste('[name=code]', message);
      await press('[name=connect]');
      expect([errorOf('code'), find('[role=status]').textContent]).toEqual([en.failure_code_invalid, '']);
      await press('[name=connect]');
      expect([sent.length, find('[role=status]').textContent]).toEqual([2, '']);
    });

    it('leaves to the browser what is no message', async () => {
      await openEmpty({}, null);
      expect(await paste('[name=code]', 'ABCDE-12345')).toBe(false);
      expect([value('relayUrl'), find('[role=status]').textContent]).toEqual(['', '']);
    });
  });

  describe('where the company’s policy sets the relay', () => {
    const company = companySettings({
      relayUrl: 'https://relay.example.vn',
      sites: ['https://crm.example.vn', 'https://shop.example.vn:8443'],
      awaitedSites: ['https://shop.example.vn:8443'],
    });

    it('needs the code alone, and asks for the awaited sites in the same press', async () => {
      const { sent, requestHosts } = await openEmpty({ connect: succeed(connectedSession()) }, company);
      expect([value('relayUrl'), find<HTMLInputElement>('[name=relayUrl]').readOnly]).toEqual([company.relayUrl, true]);
      expect(find('form').textContent).toContain(en.connect_sites.replace('{sites}', 'shop.example.vn:8443'));
      await type('[name=code]', 'ABCDE-12345');
      await press('[name=connect]');
      expect(requestHosts).toHaveBeenCalledWith(['https://relay.example.vn/*', 'https://shop.example.vn/*']);
      expect(sent).toEqual([{ name: 'connect', data: { relayUrl: company.relayUrl, code: 'ABCDE-12345' } }]);
    });

    it('names all sites as the offer to allow them does', async () => {
      const all = { ...company, sites: ['https://*'], awaitedSites: ['https://*'] };
      await openEmpty({}, all);
      expect(find('form').textContent).toContain(en.connect_sites.replace('{sites}', firstEn.company_all_sites));
    });

    it('takes the code of a message, and no other relay', async () => {
      await openEmpty({}, company);
      await paste('[name=code]', 'https://other.example.vn ABCDE-12345');
      expect([value('relayUrl'), value('code')]).toEqual([company.relayUrl, 'ABCDE-12345']);
    });
  });
});

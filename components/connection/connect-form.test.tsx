// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fail, succeed } from '../../utils/reply.ts';
import { fakeSend, fakeView } from '../testing/fake-view.ts';
import { find, mount, press, settle, type } from '../testing/mount.tsx';
import { connectedSession } from '../testing/samples.ts';
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

async function open(answers: Parameters<typeof fakeSend>[0], requestHosts = vi.fn(async (_: string[]) => true)) {
  const { send, sent } = fakeSend(answers);
  const onConnected = vi.fn();
  await mount(fakeView(send, { requestHosts }), <ConnectForm onConnected={onConnected} />);
  await type('[name=relayUrl]', 'relay.example.com:8443');
  await type('[name=code]', 'abcde-12345');
  return { sent, onConnected, requestHosts };
}

beforeEach(() => {
  vi.stubGlobal('requestAnimationFrame', (run: () => void) => run());
});

describe('ConnectForm', () => {
  it.each([
    ['relay_unreachable', 'relayUrl'],
    ['relay_not_dialside', 'relayUrl'],
    ['code_invalid', 'code'],
    ['too_many_attempts', 'code'],
  ] as const)('says %s beside the field %s and keeps what was typed', async (code, field) => {
    const { onConnected } = await open({ connect: fail(code) });
    await press('[name=connect]');
    expect(errorOf(field)).toBe(en[`failure_${code}`]);
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
});

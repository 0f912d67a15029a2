import { useRef, useState } from 'preact/hooks';
import type { TextKey } from '../../utils/i18n/en.ts';
import type { Session } from '../../utils/messages.ts';
import { normaliseRelayUrl } from '../../utils/relay/normalise-relay-url.ts';
import { type Failure, fail } from '../../utils/reply.ts';
import { sitePattern } from '../../utils/sites/site-pattern.ts';
import { Field } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { failureText } from '../view/failure-text.ts';
import { useView } from '../view/view.ts';
import { fieldOfFailure } from './field-of-failure.ts';

/** The relay rejects a shorter one. */
const passphraseLength = 10;

/** Texts for these failures while connecting. */
const ofConnecting: Record<string, TextKey> = {
  relay_permission_missing: 'connect_not_allowed',
  proof_rejected: 'connect_other_address',
  too_many_tries: 'connect_too_many_codes',
};

interface ConnectFormProps {
  /** Address of the relay that this browser was connected to. */
  relayUrl?: string;
  onConnected(session: Session): void;
}

/** Connects a browser with address, code and, for admins, a passphrase. Typed values stay when it fails. */
export function ConnectForm({ relayUrl: known = '', onConnected }: ConnectFormProps) {
  const { send, t, requestHosts } = useView();
  const [relayUrl, setRelayUrl] = useState(known);
  const [code, setCode] = useState('');
  const [passphrase, setPassphrase] = useState('');
  const [asksPassphrase, setAsksPassphrase] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const form = useRef<HTMLFormElement>(null);

  const connect = async (granted: Promise<boolean>) => {
    setBusy(true);
    setFailure(null);
    const reply = (await granted)
      ? await send('connect', { relayUrl, code, ...(asksPassphrase && passphrase && { passphrase }) })
      : fail('relay_permission_missing');
    setBusy(false);
    if (reply.ok) return onConnected(reply.value);
    setFailure(reply.error);
    const field = fieldOfFailure(reply.error.code);
    if (field === 'passphrase') setAsksPassphrase(true);
    // Waits for the render of a field that the answer may have added.
    requestAnimationFrame(() => form.current?.querySelector<HTMLElement>(`[name="${field ?? 'connect'}"]`)?.focus());
  };
  const submit = (event: Event) => {
    event.preventDefault();
    if (busy) return;
    const base = normaliseRelayUrl(relayUrl);
    if (base === null) return setFailure({ code: 'relay_url_invalid', message: '' });
    if (asksPassphrase && passphrase.length < passphraseLength) return setFailure({ code: 'passphrase_required', message: '' });
    void connect(requestHosts([sitePattern(new URL(base).origin)]));
  };

  const field = failure ? fieldOfFailure(failure.code) : null;
  const errorOf = (name: typeof field) => {
    if (!failure || field !== name) return undefined;
    const words = ofConnecting[failure.code];
    return words && !(field === 'code' && asksPassphrase) ? t(words) : failureText(t, failure);
  };
  return (
    <form class="form" ref={form} onSubmit={submit} noValidate data-testid="connect-form">
      {failure && field === null && <Notice tone="bad">{failureText(t, failure)}</Notice>}
      <Field
        label={t('relay_address')}
        hint={t('relay_address_hint')}
        value={relayUrl}
        onValue={setRelayUrl}
        error={errorOf('relayUrl')}
        type="url"
        input={{ name: 'relayUrl', placeholder: 'https://dialside.example.com', required: true, maxLength: 2000 }}
      />
      <Field
        label={t('enrolment_code')}
        hint={t('enrolment_code_hint')}
        value={code}
        onValue={setCode}
        error={errorOf('code')}
        input={{ name: 'code', placeholder: 'ABCDE-12345', required: true, maxLength: 40, autocapitalize: 'characters' }}
        mono
      />
      {asksPassphrase && (
        <Field
          label={t('passphrase_choose')}
          hint={t('passphrase_choose_hint')}
          value={passphrase}
          onValue={setPassphrase}
          error={failure?.code === 'passphrase_required' && passphrase === '' ? undefined : errorOf('passphrase')}
          type="password"
          input={{ name: 'passphrase', autocomplete: 'new-password', minLength: passphraseLength, maxLength: 200 }}
        />
      )}
      <button
        type="submit"
        name="connect"
        class="button button-primary"
        disabled={busy || relayUrl.trim() === '' || code.trim() === ''}
      >
        {t(busy ? 'connecting' : 'connect')}
      </button>
    </form>
  );
}

import { useRef, useState } from 'preact/hooks';
import type { TextKey } from '../../utils/i18n/en.ts';
import type { Company, Session } from '../../utils/messages.ts';
import { normaliseRelayUrl } from '../../utils/relay/normalise-relay-url.ts';
import { type Failure, fail } from '../../utils/reply.ts';
import { sitePattern } from '../../utils/sites/site-pattern.ts';
import { namesOf } from '../company/company-offer.tsx';
import { useFirstWords } from '../company/use-first-words.ts';
import { Field } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { failureText } from '../view/failure-text.ts';
import { useView } from '../view/view.ts';
import { fieldOfFailure } from './field-of-failure.ts';
import { readInvitation } from './read-invitation.ts';

/** The relay rejects a shorter one. */
const passphraseLength = 10;

/** Texts for these failures while connecting. */
const ofConnecting: Record<string, TextKey> = {
  relay_unreachable: 'connect_unreachable',
  relay_permission_missing: 'connect_not_allowed',
  proof_rejected: 'connect_other_address',
  too_many_tries: 'connect_too_many_codes',
};

interface ConnectFormProps {
  /** Address of the relay that this browser was connected to. */
  relayUrl?: string;
  company: Company | null;
  onConnected(session: Session): void;
}

/** Connects a browser with address, code and, for admins, a passphrase. Typed values stay when it fails. */
export function ConnectForm({ relayUrl: known = '', company, onConnected }: ConnectFormProps) {
  const { send, t, requestHosts } = useView();
  const ofFirst = useFirstWords();
  const [typedUrl, setRelayUrl] = useState(known);
  const [code, setCode] = useState('');
  const [passphrase, setPassphrase] = useState('');
  const [asksPassphrase, setAsksPassphrase] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isPasted, setPasted] = useState(false);
  const companyUrl = company?.relayUrl ?? null;
  const relayUrl = companyUrl ?? typedUrl;
  const sites = company?.awaitedSites ?? [];
  const form = useRef<HTMLFormElement>(null);

  const refuse = (reason: Failure) => {
    setFailure(reason);
    setPasted(false);
  };
  const connect = async (granted: Promise<boolean>) => {
    setBusy(true);
    setFailure(null);
    const reply = (await granted)
      ? await send('connect', { relayUrl, code, ...(asksPassphrase && passphrase && { passphrase }) })
      : fail('relay_permission_missing');
    setBusy(false);
    if (reply.ok) return onConnected(reply.value);
    refuse(reply.error);
    const field = fieldOfFailure(reply.error.code);
    if (field === 'passphrase') setAsksPassphrase(true);
    // Waits for the render of a field that the answer may have added.
    requestAnimationFrame(() => form.current?.querySelector<HTMLElement>(`[name="${field ?? 'connect'}"]`)?.focus());
  };
  const submit = (event: Event) => {
    event.preventDefault();
    if (busy) return;
    const base = normaliseRelayUrl(relayUrl);
    if (base === null) return refuse({ code: 'relay_url_invalid', message: '' });
    if (asksPassphrase && passphrase.length < passphraseLength) return refuse({ code: 'passphrase_required', message: '' });
    void connect(requestHosts([new URL(base).origin, ...sites].map(sitePattern)));
  };
  /** A message pasted whole would be no address, and lose its line breaks in an input. */
  const paste = (event: ClipboardEvent) => {
    const invitation = readInvitation(event.clipboardData?.getData('text/plain') ?? '');
    if (!invitation) return;
    event.preventDefault();
    setRelayUrl(invitation.relayUrl);
    setCode(invitation.code);
    setFailure(null);
    setPasted(true);
  };

  /** What was read is no longer what stands in the fields. */
  const change = (set: (value: string) => void) => (value: string) => {
    set(value);
    setPasted(false);
  };

  const field = failure ? fieldOfFailure(failure.code) : null;
  const errorOf = (name: typeof field) => {
    if (!failure || field !== name) return undefined;
    const words = ofConnecting[failure.code];
    return words && !(field === 'code' && asksPassphrase) ? t(words) : failureText(t, failure);
  };
  return (
    <form class="form" ref={form} onSubmit={submit} onPaste={paste} noValidate data-testid="connect-form">
      {failure && field === null && <Notice tone="bad">{failureText(t, failure)}</Notice>}
      <Field
        label={t('relay_address')}
        hint={t(companyUrl === null ? 'relay_address_hint' : 'relay_address_company')}
        value={relayUrl}
        onValue={change(setRelayUrl)}
        error={errorOf('relayUrl')}
        type="url"
        input={{
          name: 'relayUrl',
          placeholder: 'https://dialside.example.com',
          required: true,
          readOnly: companyUrl !== null,
          maxLength: 2000,
        }}
      />
      <Field
        label={t('enrolment_code')}
        hint={t('enrolment_code_hint')}
        value={code}
        onValue={change(setCode)}
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
      <p class="field-good" role="status">
        {isPasted && t('connect_pasted')}
      </p>
      {sites.length > 0 && (
        <p class="field-hint">{t('connect_sites', { sites: namesOf(sites, ofFirst('company_all_sites')) })}</p>
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

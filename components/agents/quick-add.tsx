import { useRef, useState } from 'preact/hooks';
import type { AgentCreate } from '../../relay/contract.ts';
import type { Failure } from '../../utils/reply.ts';
import { Field } from '../ui/field.tsx';
import { failureText } from '../view/failure-text.ts';
import { useView } from '../view/view.ts';
import { type AgentDraft, emptyDraft } from './agent-draft.ts';
import type { Agents } from './agents-store.ts';

/** One line to add an agent with; after Enter it is empty again and the cursor back at its start. */
export function QuickAdd({ agents }: { agents: Agents }) {
  const { t } = useView();
  const [draft, setDraft] = useState<AgentDraft>(emptyDraft);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [added, setAdded] = useState<string | null>(null);
  const first = useRef<HTMLInputElement>(null);

  const set = (change: Partial<AgentDraft>) => setDraft((before) => ({ ...before, ...change }));
  const submit = async (event: Event) => {
    event.preventDefault();
    if (busy || draft.name.trim() === '') return first.current?.focus();
    setBusy(true);
    setAdded(null);
    setFailure(null);
    const reply = await agents.create(createOf(draft));
    setBusy(false);
    if (!reply.ok) return setFailure(reply.error);
    setDraft(emptyDraft);
    setAdded(reply.value.name);
    first.current?.focus();
  };
  return (
    <form class="quick-add" onSubmit={submit} aria-label={t('agent_add')} data-testid="quick-add">
      <div class="quick-add-fields">
        <Field
          label={t('agent_name')}
          value={draft.name}
          onValue={(name) => set({ name })}
          inputRef={first}
          input={{ name: 'name', maxLength: 120 }}
        />
        <Field
          label={t('agent_username')}
          value={draft.username}
          onValue={(username) => set({ username })}
          input={{ name: 'username', maxLength: 120 }}
        />
        <Field
          label={t('agent_sip_user')}
          value={draft.sipUser}
          onValue={(sipUser) => set({ sipUser })}
          input={{ name: 'sipUser', maxLength: 120 }}
        />
        <Field
          label={t('agent_sip_password')}
          value={draft.sipPassword}
          onValue={(sipPassword) => set({ sipPassword })}
          type="password"
          input={{ name: 'sipPassword', maxLength: 200, autocomplete: 'new-password' }}
        />
        <button type="submit" class="button button-primary" aria-busy={busy}>
          {t('agent_add')}
        </button>
      </div>
      {failure && (
        <p class="field-error" role="alert">
          {failureText(t, failure)}
        </p>
      )}
      <p class="field-good" role="status">
        {added && t('agent_added', { name: added })}
      </p>
    </form>
  );
}

/** A draft as the relay takes a new agent: what is empty is left out. */
export function createOf(draft: AgentDraft): AgentCreate {
  return {
    name: draft.name.trim(),
    role: draft.role,
    username: draft.username.trim() || null,
    sipUser: draft.sipUser.trim() || null,
    ...(draft.sipPassword !== '' && { sipPassword: draft.sipPassword }),
  };
}

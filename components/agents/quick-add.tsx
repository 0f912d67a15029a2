import type { TargetedEvent } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { type AgentCreate, longestOfAgent } from '../../relay/contract.ts';
import { Field } from '../ui/field.tsx';
import { useView } from '../view/view.ts';
import { type AgentDraft, emptyDraft } from './agent-draft.ts';
import { agentFailureText } from './agent-failure-text.ts';
import type { Agents } from './agents-store.ts';
import { type DeviceDraft, deviceListOf, emptyDevice } from './device-drafts.ts';

/** One line for adding an agent; Enter empties it and moves the cursor back to its start. */
export function QuickAdd({ agents }: { agents: Agents }) {
  const { t } = useView();
  const [draft, setDraft] = useState<AgentDraft>(emptyDraft);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const [added, setAdded] = useState<string | null>(null);
  const first = useRef<HTMLInputElement>(null);

  const device = draft.devices[0] ?? emptyDevice;
  const setDevice = (change: Partial<DeviceDraft>) => set({ devices: [{ ...device, ...change }] });
  const set = (change: Partial<AgentDraft>) => setDraft((before) => ({ ...before, ...change }));
  const submit = async (event: TargetedEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    if (busy || draft.name.trim() === '') return first.current?.focus();
    setBusy(true);
    setAdded(null);
    setFailure(null);
    const reply = await agents.create(createOf(draft));
    setBusy(false);
    // Worded from what was sent; the fields may have changed since.
    if (!reply.ok)
      return setFailure(
        agentFailureText(t, reply.error, { agents: agents.store.getState().agents ?? [], devices: draft.devices }),
      );
    // Text typed while the request or the passphrase prompt was pending belongs to the next agent.
    setDraft((latest) => ({
      ...emptyDraft,
      ...(latest.name !== draft.name && { name: latest.name }),
      ...(latest.username !== draft.username && { username: latest.username }),
      ...(latest.devices !== draft.devices && { devices: latest.devices }),
    }));
    setAdded(reply.value.name);
    // Do not take the focus from a person who has moved on.
    const focused = document.activeElement;
    if (focused === document.body || form.contains(focused)) first.current?.focus();
  };
  return (
    <form class="quick-add" onSubmit={submit} aria-label={t('agent_add')} data-testid="quick-add">
      <div class="quick-add-fields">
        <Field
          label={t('agent_name')}
          value={draft.name}
          onValue={(name) => set({ name })}
          inputRef={first}
          input={{ name: 'name', maxLength: longestOfAgent.name }}
        />
        <Field
          label={t('agent_username')}
          value={draft.username}
          onValue={(username) => set({ username })}
          input={{ name: 'username', maxLength: longestOfAgent.username }}
        />
        <Field
          label={t('agent_sip_user')}
          value={device.sipUser}
          onValue={(sipUser) => setDevice({ sipUser })}
          input={{ name: 'sipUser', maxLength: longestOfAgent.sipUser, required: device.sipPassword !== '' }}
        />
        <Field
          label={t('agent_sip_password')}
          value={device.sipPassword}
          onValue={(sipPassword) => setDevice({ sipPassword })}
          type="password"
          input={{ name: 'sipPassword', maxLength: longestOfAgent.sipPassword, autocomplete: 'new-password' }}
        />
        <button type="submit" class="button button-primary" aria-busy={busy}>
          {t('agent_add')}
        </button>
      </div>
      {failure && (
        <p class="field-error" role="alert">
          {failure}
        </p>
      )}
      <p class="field-good" role="status">
        {added && t('agent_added', { name: added })}
      </p>
    </form>
  );
}

/** A draft in the relay's format for a new agent: empty fields are left out. */
export function createOf({ name, role, username, devices }: AgentDraft): AgentCreate {
  const agent = { name: name.trim(), role, username: username.trim() || null };
  const [device = emptyDevice] = devices;
  if (device.name.trim() !== '') return { ...agent, sipDevices: deviceListOf(devices) };
  const { sipPassword } = device;
  return { ...agent, sipUser: device.sipUser.trim() || null, ...(sipPassword !== '' && { sipPassword }) };
}

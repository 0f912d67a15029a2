import { useRef, useState } from 'preact/hooks';
import { type AgentRecord, longestOfAgent } from '../../relay/contract.ts';
import { Field } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { Select } from '../ui/select.tsx';
import { useFocusBack } from '../view/use-focus-back.ts';
import { useView } from '../view/view.ts';
import { type AgentDraft, carryOn, changeOf, draftOf, rebase } from './agent-draft.ts';
import { agentFailureText } from './agent-failure-text.ts';
import type { Agents } from './agents-store.ts';
import { DeviceList } from './device-list.tsx';
import { SipDeviceFields } from './sip-device-fields.tsx';

/** An agent's values as somebody is changing them. */
interface Editing {
  /** The record this draft started from; a refresh behind our back must not count as something the person typed. */
  base: AgentRecord;
  draft: AgentDraft;
  /** Newer values of fields that somebody else changed too. */
  theirs: Partial<AgentDraft>;
}
/** By agent id, edits that are neither saved nor discarded: they outlive the editor, which can be closed in many ways. */
export type AgentDrafts = Map<string, Editing>;

interface AgentEditorProps {
  agent: AgentRecord;
  agents: Agents;
  drafts: AgentDrafts;
  onClose(): void;
}

export function AgentEditor({ agent, agents, drafts, onClose }: AgentEditorProps) {
  const { t } = useView();
  const box = useRef<HTMLDivElement>(null);
  useFocusBack(box);
  const [{ base, draft, theirs }, setEditing] = useState<Editing>(
    () => drafts.get(agent.id) ?? { base: agent, draft: draftOf(agent), theirs: {} },
  );
  const [busy, setBusy] = useState(false);
  /** Worded from what was sent; the fields may have changed since. */
  const [failure, setFailure] = useState<{ code: string; text: string } | null>(null);

  const keep = (editing: Editing) => {
    if (Object.keys(changeOf(editing.draft, editing.base)).length > 0) drafts.set(agent.id, editing);
    else drafts.delete(agent.id);
    setEditing(editing);
  };
  const set = (change: Partial<AgentDraft>) => {
    // Autofill changes several fields at once, before the editor is rendered again.
    const latest = drafts.get(agent.id) ?? { base, draft, theirs };
    keep({ ...latest, draft: { ...latest.draft, ...change } });
  };
  const drop = () => {
    drafts.delete(agent.id);
    onClose();
  };
  const change = changeOf(draft, base);
  const changed = Object.keys(change).length > 0;

  const save = async (event: Event) => {
    event.preventDefault();
    if (busy) return;
    if (!changed) return drop();
    setBusy(true);
    setFailure(null);
    const reply = await agents.change(base, change);
    setBusy(false);
    // The fields stay editable while a request or the passphrase prompt is pending.
    const latest = drafts.get(agent.id)?.draft ?? draft;
    if (reply.ok && latest === draft) return drop();
    if (reply.ok) return keep({ base: reply.value, draft: carryOn(latest, draft, reply.value), theirs: {} });
    const known = agents.store.getState().agents ?? [];
    const text = agentFailureText(t, reply.error, { agents: known, devices: draft.devices, id: agent.id });
    setFailure({ code: reply.error.code, text });
    const newer = known.find(({ id }) => id === base.id);
    if (reply.error.code !== 'version_conflict' || !newer) return;
    keep({ base: newer, ...rebase(latest, draftOf(base), newer) });
  };
  const text = (name: 'name' | 'username', label: string) => (
    <div>
      <Field
        label={label}
        value={draft[name]}
        onValue={(value) => set({ [name]: value })}
        input={{ name, maxLength: longestOfAgent[name], required: name === 'name' }}
      />
      {theirs[name] !== undefined && (
        <p class="field-theirs">
          {t('agent_theirs', { value: theirs[name] || '–' })}{' '}
          <button type="button" class="link" onClick={() => set({ [name]: theirs[name] })}>
            {t('agent_take_theirs')}
          </button>
        </p>
      )}
    </div>
  );
  return (
    <div ref={box} class="editor" data-testid="agent-editor">
      <form
        class="editor-fields"
        onSubmit={save}
        onKeyDown={(event) => event.key === 'Escape' && !event.isComposing && onClose()}
      >
        {text('name', t('agent_name'))}
        {text('username', t('agent_username'))}
        <SipDeviceFields
          devices={draft.devices}
          withPassword={
            new Map(base.sipDevices.flatMap((device) => (device.hasSipPassword ? [[device.id, device.sipUser]] : [])))
          }
          theirs={theirs.devices ?? []}
          onDevices={(devices) => set({ devices })}
          onTest={agents.test}
        />
        <Select
          label={t('agent_role')}
          value={draft.role}
          options={[
            ['agent', t('role_agent')],
            ['admin', t('role_admin')],
          ]}
          onValue={(role) => set({ role })}
        />
        <label class="check">
          <input type="checkbox" checked={draft.active} onChange={(event) => set({ active: event.currentTarget.checked })} />
          {t('agent_active')}
        </label>
        {failure && (
          <div class="editor-wide">
            <Notice tone={failure.code === 'version_conflict' ? 'warn' : 'bad'}>{failure.text}</Notice>
          </div>
        )}
        <div class="actions editor-wide">
          <button type="submit" class="button button-primary" aria-busy={busy} disabled={draft.name.trim() === ''}>
            {t('save')}
          </button>
          <button type="button" class="button" onClick={drop}>
            {t(changed ? 'agent_discard' : 'cancel')}
          </button>
        </div>
      </form>
      <DeviceList agent={agent} agents={agents} />
    </div>
  );
}

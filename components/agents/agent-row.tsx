import type { AgentRecord } from '../../relay/contract.ts';
import { useView } from '../view/view.ts';
import { type AgentDrafts, AgentEditor } from './agent-editor.tsx';
import type { Agents } from './agents-store.ts';
import { EnrolmentCode } from './enrolment-code.tsx';

export const panes = ['edit', 'code'] as const;
export type RowPane = (typeof panes)[number];

interface AgentRowProps {
  agent: AgentRecord;
  agents: Agents;
  drafts: AgentDrafts;
  relayUrl: string;
  /** Whether that pane is unfolded under the row. */
  isOpen(pane: RowPane): boolean;
  onToggle(pane: RowPane): void;
  onClose(pane: RowPane): void;
}

export function AgentRow({ agent, agents, drafts, relayUrl, isOpen, onToggle, onClose }: AgentRowProps) {
  const { t, format } = useView();
  const { name, username, sipDevices, role, active, devices } = agent;
  return (
    <tbody class={active ? 'agent' : 'agent agent-inactive'} data-testid="agent-row">
      <tr>
        <th scope="row">
          <span class="agent-name">{name}</span>
          {!active && <span class="tag">{t('agent_inactive')}</span>}
          {!isOpen('edit') && drafts.has(agent.id) && <span class="tag tag-warn">{t('agent_unsaved')}</span>}
          {devices.length === 0 && <span class="tag narrow-only">{t('agent_not_connected')}</span>}
          {role === 'admin' && <span class="tag tag-accent narrow-only">{t('role_admin')}</span>}
          <span class="row-note">{username ?? t(sipDevices.length > 0 ? 'agent_sip_user_only' : 'agent_no_username')}</span>
        </th>
        <td>
          {sipDevices.length === 0 && <span class="missing">{t('agent_no_device')}</span>}
          {sipDevices.map((device) => (
            <div key={device.id}>
              {device.name ? `${device.name} · ${device.sipUser}` : device.sipUser}
              <span class={device.hasSipPassword ? 'row-note' : 'row-note missing'}>
                {t(device.hasSipPassword ? 'password_set' : 'password_missing')}
              </span>
            </div>
          ))}
        </td>
        <td class="wide-only">{t(`role_${role}`)}</td>
        <td class="wide-only">
          {devices.length === 0 ? <span class="row-note">{t('agent_not_connected')}</span> : format.count(devices.length)}
        </td>
        <td class="agent-actions">
          <button
            type="button"
            class="button"
            aria-expanded={isOpen('edit')}
            aria-label={t('agent_edit_of', { name })}
            onClick={() => onToggle('edit')}
          >
            {t('agent_edit')}
          </button>
          <button
            type="button"
            class="button"
            aria-expanded={isOpen('code')}
            aria-label={t('agent_code_of', { name })}
            disabled={!active}
            onClick={() => onToggle('code')}
          >
            {t('agent_code')}
          </button>
        </td>
      </tr>
      {panes.filter(isOpen).map((pane) => (
        <tr key={pane} class="agent-pane">
          <td colSpan={5}>
            {pane === 'edit' ? (
              <AgentEditor agent={agent} agents={agents} drafts={drafts} onClose={() => onClose('edit')} />
            ) : (
              <EnrolmentCode agent={agent} agents={agents} relayUrl={relayUrl} onClose={() => onClose('code')} />
            )}
          </td>
        </tr>
      ))}
    </tbody>
  );
}

import type { AgentChange, AgentRecord, Role } from '../../relay/contract.ts';

/** An agent as it stands in the editor. The password is never read back: empty means "leave as it is". */
export interface AgentDraft {
  name: string;
  username: string;
  sipUser: string;
  sipPassword: string;
  role: Role;
  active: boolean;
}

export const emptyDraft: AgentDraft = { name: '', username: '', sipUser: '', sipPassword: '', role: 'agent', active: true };

export function draftOf(agent: AgentRecord): AgentDraft {
  const { name, username, sipUser, role, active } = agent;
  return { name, username: username ?? '', sipUser: sipUser ?? '', sipPassword: '', role, active };
}

/** Only what differs from the record, as the relay takes it. */
export function changeOf(draft: AgentDraft, agent: AgentRecord): AgentChange {
  const before = draftOf(agent);
  const change: AgentChange = {};
  if (draft.name.trim() !== before.name) change.name = draft.name.trim();
  if (draft.username.trim() !== before.username) change.username = draft.username.trim() || null;
  if (draft.sipUser.trim() !== before.sipUser) change.sipUser = draft.sipUser.trim() || null;
  if (draft.sipPassword !== '') change.sipPassword = draft.sipPassword;
  if (draft.role !== before.role) change.role = draft.role;
  if (draft.active !== before.active) change.active = draft.active;
  return change;
}

/**
 * Carries a draft over to a record that somebody else changed meanwhile: what the person did not touch takes the newer value,
 * what they typed stays. `theirs` holds the newer values of the fields where both differ, to be shown beside what was typed.
 */
export function rebase(
  draft: AgentDraft,
  before: AgentRecord,
  newer: AgentRecord,
): { draft: AgentDraft; theirs: Partial<AgentDraft> } {
  const was = draftOf(before);
  const is = draftOf(newer);
  const typed: Partial<AgentDraft> = {};
  const theirs: Partial<AgentDraft> = {};
  const keep = <Name extends keyof AgentDraft>(name: Name) => {
    if (draft[name] === was[name]) return;
    typed[name] = draft[name];
    if (is[name] !== was[name] && is[name] !== draft[name]) theirs[name] = is[name];
  };
  for (const name of Object.keys(draft) as (keyof AgentDraft)[]) keep(name);
  return { draft: { ...is, ...typed }, theirs };
}

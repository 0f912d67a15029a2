import type { AgentChange, AgentRecord, Role } from '../../relay/contract.ts';
import { rebaseFields } from '../view/rebase-fields.ts';
import { type DeviceDraft, deviceDraftsOf, deviceListOf, emptyDevice, isSameList, rebaseDevices } from './device-drafts.ts';

/** An agent as it stands in the editor. */
export interface AgentDraft {
  name: string;
  username: string;
  /** In their order: the first rings unless the agent picks another. */
  devices: readonly DeviceDraft[];
  role: Role;
  active: boolean;
}

export const emptyDraft: AgentDraft = { name: '', username: '', devices: [emptyDevice], role: 'agent', active: true };

export function draftOf(agent: AgentRecord): AgentDraft {
  const { name, username, role, active } = agent;
  return { name, username: username ?? '', devices: deviceDraftsOf(agent), role, active };
}

/** Only the fields that differ from the record, in the relay's format. */
export function changeOf(draft: AgentDraft, agent: AgentRecord): AgentChange {
  const before = draftOf(agent);
  const change: AgentChange = {};
  if (draft.name.trim() !== before.name) change.name = draft.name.trim();
  if (draft.username.trim() !== before.username) change.username = draft.username.trim() || null;
  if (!isSameList(draft.devices, before.devices)) change.sipDevices = deviceListOf(draft.devices);
  if (draft.role !== before.role) change.role = draft.role;
  if (draft.active !== before.active) change.active = draft.active;
  return change;
}

/**
 * Merges a draft into a record that somebody else changed meanwhile: untouched fields take the newer values, edited ones stay.
 * `theirs` holds the newer values of the fields where both differ, to be shown beside the edited ones.
 */
export function rebase(
  draft: AgentDraft,
  before: AgentDraft,
  newer: AgentRecord,
): { draft: AgentDraft; theirs: Partial<AgentDraft> } {
  const { devices: draftDevices, ...typed } = draft;
  const { devices: wasDevices, ...was } = before;
  const { devices: isDevices, ...is } = draftOf(newer);
  const plain = rebaseFields(typed, was, is);
  const rebased = rebaseDevices(draftDevices, wasDevices, isDevices);
  const theirs: Partial<AgentDraft> = Object.fromEntries(plain.both.map((name) => [name, is[name]]));
  if (rebased.theirs.length > 0) theirs.devices = rebased.theirs;
  return { draft: { ...plain.draft, devices: rebased.devices }, theirs };
}

/** Merges edits made while a draft was being saved into the saved record. */
export function carryOn(draft: AgentDraft, sent: AgentDraft, saved: AgentRecord): AgentDraft {
  // A device that was new in the draft has an id by now.
  const idOf = ({ id, sipUser }: DeviceDraft) => id ?? saved.sipDevices.find((one) => one.sipUser === sipUser.trim())?.id ?? null;
  const known = (one: AgentDraft) => ({ ...one, devices: one.devices.map((device) => ({ ...device, id: idOf(device) })) });
  return rebase(known(draft), known(sent), saved).draft;
}

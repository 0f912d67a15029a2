import type { AgentRecord, SipDeviceChange } from '../../relay/contract.ts';
import { isSame, rebaseFields } from '../view/rebase-fields.ts';

/** A SIP device as it stands in the editor. The password is never read back: empty means "leave as it is". */
export interface DeviceDraft {
  /** Of a device that the relay knows; null for one that is being added. */
  id: string | null;
  name: string;
  sipUser: string;
  sipPassword: string;
}

export const emptyDevice: DeviceDraft = { id: null, name: '', sipUser: '', sipPassword: '' };

/** A single empty draft when the agent has no devices. */
export function deviceDraftsOf({ sipDevices }: Pick<AgentRecord, 'sipDevices'>): DeviceDraft[] {
  if (sipDevices.length === 0) return [emptyDevice];
  return sipDevices.map(({ id, name, sipUser }) => ({ id, name, sipUser, sipPassword: '' }));
}

/** The whole list in the relay's format; a device without a SIP user is left out, and thereby removed. */
export function deviceListOf(drafts: readonly DeviceDraft[]): SipDeviceChange[] {
  return drafts
    .map(({ id, name, sipUser, sipPassword }) => ({
      ...(id !== null && { id }),
      name: name.trim(),
      sipUser: sipUser.trim(),
      ...(sipPassword !== '' && { sipPassword }),
    }))
    .filter(({ sipUser }) => sipUser !== '');
}

export function isSameList(one: readonly DeviceDraft[], other: readonly DeviceDraft[]): boolean {
  return isSame(deviceListOf(one), deviceListOf(other));
}

/**
 * Merges edited devices into a list that somebody else changed meanwhile: edited values stay, in the editor's order; untouched
 * ones take the newer values; devices added there come last. `theirs`: the newer versions of devices in which both changed the
 * same field.
 */
export function rebaseDevices(
  drafts: readonly DeviceDraft[],
  was: readonly DeviceDraft[],
  is: readonly DeviceDraft[],
): { devices: DeviceDraft[]; theirs: DeviceDraft[] } {
  if (isSameList(drafts, was)) return { devices: [...is], theirs: [] };
  const theirs: DeviceDraft[] = [];
  const devices = drafts.flatMap((draft) => {
    const before = was.find(({ id }) => id === draft.id);
    const now = is.find(({ id }) => id === draft.id);
    if (draft.id === null || !before) return [draft];
    // Removed there: an edited device is added again as new, an untouched one is dropped.
    if (!now) return isSame(draft, before) ? [] : [{ ...draft, id: null }];
    const rebased = rebaseFields(draft, before, now);
    if (rebased.both.length > 0) theirs.push(now);
    return [rebased.draft];
  });
  const added = is.filter(({ id }) => !was.some((one) => one.id === id));
  return { devices: [...devices, ...added], theirs };
}

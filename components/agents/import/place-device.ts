import type { DeviceDraft } from '../device-drafts.ts';

/**
 * The device of an agent that a row refers to: by its SIP user, else by its device name. A row that gives only one of the two
 * refers to the agent's device if there is only one; a row that gives neither refers to the first. Undefined: the row adds a
 * device, as a further row of an agent does.
 */
export function findDevice(known: readonly DeviceDraft[], row: DeviceDraft, isFurther: boolean): DeviceDraft | undefined {
  const ofUser = known.find((device) => isSameSipUser(device, row));
  if (ofUser || isFurther) return ofUser;
  const ofName = known.find(({ name }) => row.name !== '' && name.toLowerCase() === row.name.toLowerCase());
  if (ofName) return ofName;
  const given = [row.name, row.sipUser].filter(Boolean).length;
  return given === 0 || (given === 1 && known.length === 1) ? known[0] : undefined;
}

/** The devices after applying a row; its empty cells change nothing. */
export function placeDevice(known: readonly DeviceDraft[], row: DeviceDraft, isFurther: boolean): DeviceDraft[] {
  const meant = findDevice(known, row, isFurther);
  if (!meant) return [...known, row];
  const { name, sipUser, sipPassword } = row;
  const changed = { ...meant, name: name || meant.name, sipUser: sipUser || meant.sipUser, sipPassword };
  return known.map((device) => (device === meant ? changed : device));
}

export function isSameSipUser(one: DeviceDraft, other: DeviceDraft): boolean {
  return one.sipUser.toLowerCase() === other.sipUser.toLowerCase();
}

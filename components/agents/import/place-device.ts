import type { DeviceDraft } from '../device-drafts.ts';

/**
 * Which of an agent's devices a row means: that of its SIP user, else that of its device name. A row that leaves one of both open
 * means an only device, one that leaves both open the first. None: the row adds a device, as a further row of an agent does.
 */
export function findDevice(known: readonly DeviceDraft[], row: DeviceDraft, isFurther: boolean): DeviceDraft | undefined {
  const ofUser = known.find((device) => isSameSipUser(device, row));
  if (ofUser || isFurther) return ofUser;
  const ofName = known.find(({ name }) => row.name !== '' && name.toLowerCase() === row.name.toLowerCase());
  if (ofName) return ofName;
  const given = [row.name, row.sipUser].filter(Boolean).length;
  return given === 0 || (given === 1 && known.length === 1) ? known[0] : undefined;
}

/** The devices with what a row says of the one that it means; its empty cells change nothing. */
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

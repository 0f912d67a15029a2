import type { Direction, Disposition } from '../contract.ts';

/** `direction` and `class` of section 1.3. A direction that the document does not name counts as outbound if nobody was dialled in. */
export function directionOf(record: { class: string; direction: string; did_number: string | null }): Direction {
  if (record.class === 'one_one') return 'internal';
  if (record.direction === 'to_ab') return 'inbound';
  if (record.direction === 'from_ab') return 'outbound';
  return record.did_number ? 'inbound' : 'outbound';
}

const called: Record<string, Disposition> = {
  SUCCESS: 'answered',
  CANCELLED: 'cancelled',
  BUSY: 'busy',
  // No menu, whatever its name: it rang at the other end and nobody picked up (section 1.3).
  IVR: 'ivr',
  ERROR: 'failed',
  // On the vendor's newer pages alone (reading note 6), which do not say what kept it from success.
  UNSUCCESS: 'failed',
};

/**
 * What `status_detail` means to one party. Whoever was called and did not talk has missed a call, however the caller's side
 * ended; a status that the document does not name stays `other`.
 */
export function dispositionOf(status: string, wasCalled: boolean): Disposition {
  const disposition = called[status.trim().toUpperCase()] ?? 'other';
  return wasCalled && disposition !== 'answered' && disposition !== 'other' ? 'missed' : disposition;
}

import type { Direction, Disposition } from '../contract.ts';

/**
 * Interprets `direction` and `class` of section 1.3. An undocumented direction counts as inbound if the record has a DID number,
 * else as outbound.
 */
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
  // Not a voice menu, despite the name: the other end rang and nobody picked up (section 1.3).
  IVR: 'ivr',
  ERROR: 'failed',
  // Appears only on the vendor's newer pages (reading note 6), which do not say why the call failed.
  UNSUCCESS: 'failed',
};

/**
 * The meaning of `status_detail` for one party. A called party who did not talk has missed the call, however the caller's side
 * ended; an undocumented status stays `other`.
 */
export function dispositionOf(status: string, wasCalled: boolean): Disposition {
  const disposition = called[status.trim().toUpperCase()] ?? 'other';
  return wasCalled && disposition !== 'answered' && disposition !== 'other' ? 'missed' : disposition;
}

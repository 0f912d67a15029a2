/** One row of the call list, as section 1.3 of the open API document describes it. */
export interface CallRecord {
  caller: Party;
  callee: Party;
  /** `one_one`: internal; `trunking`: through a trunk, in or out. */
  class: 'one_one' | 'trunking';
  /** The company's number that was called; null for internal and outbound calls. */
  did_number: string | null;
  direction: 'from_ab' | 'to_ab';
  status_detail: StatusDetail;
  duration_seconds: number;
  unix_timestamp: number;
  billing_seconds: number;
  /** File name, empty when nothing was recorded. */
  recording: string;
}

/** UNSUCCESS appears only on the vendor's newer pages (reading note 6). */
export const statusDetails = ['IVR', 'SUCCESS', 'CANCELLED', 'BUSY', 'ERROR', 'UNSUCCESS'] as const;
export type StatusDetail = (typeof statusDetails)[number];

export type Party = RealParty | UserParty;

interface RealParty {
  number: string;
  type: 'realnumber';
}

/** `number` is the device (sipUser), `username` the person. */
export interface UserParty {
  number: string;
  type: 'user';
  username: string;
}

import type { CallState, Direction, Disposition, Outcome, Role } from '../contract.ts';

/** Times are epoch milliseconds and booleans 0 or 1, so that both engines hold and compare the same values. */
type Flag = 0 | 1;

interface AgentsTable {
  id: string;
  name: string;
  role: Role;
  username: string | null;
  /** scrypt hash of the step-up passphrase; admins only. */
  passphrase_hash: string | null;
  active: Flag;
  version: number;
  created_at: number;
  updated_at: number;
}

/** An agent's SIP devices in their order; the first is rung unless another is chosen. */
interface SipDevicesTable {
  id: string;
  agent_id: string;
  position: number;
  /** If empty, the device is shown by its SIP user. */
  name: string;
  sip_user: string;
  /** Sealed by RELAY_KEY; see agents/seal.ts. */
  sip_password: string | null;
  created_at: number;
}

/** Who held a name and when: one row per holding. An agent without rows has always held its names. */
interface NameHoldersTable {
  agent_id: string;
  /** A party, as in history_parties. */
  name: string;
  taken_at: number;
  /** Null while the agent holds the name. */
  released_at: number | null;
  /** Time from which calls under this name are the agent's; 0 unless others held it before. */
  calls_since: number;
}

/** Enrolled browsers, including revoked ones. */
interface DevicesTable {
  id: string;
  agent_id: string;
  name: string;
  /** SHA-256 of the token, hex; the token itself is never stored. */
  token_hash: string;
  /** RFC 7638 thumbprint of the key that signs its proofs. */
  key_thumbprint: string;
  created_at: number;
  last_seen_at: number | null;
  revoked_at: number | null;
  step_up_until: number | null;
}

interface EnrolmentsTable {
  id: string;
  agent_id: string;
  code_hash: string;
  created_at: number;
  expires_at: number;
  redeemed_at: number | null;
}

export interface CallsTable {
  device_id: string;
  key: string;
  agent_id: string;
  /** Hash of the request without `clickedAt`: the same key with another payload is refused. */
  payload_hash: string;
  number: string;
  /** The digits put into AntBuddy's URL by the dial plan; null when refused before dialling. */
  dialled: string | null;
  surface: string;
  site: string | null;
  /** `refused`: by the relay, before anything was sent. `folded`: repeats the call in same_as. */
  state: CallState | 'refused' | 'folded';
  reason_code: string | null;
  /** The answer as first given, repeated byte for byte for the same key. */
  answer_status: number | null;
  answer_body: string | null;
  clicked_at: number;
  created_at: number;
  /** A row still `dispatching` after this belongs to a relay that died: its outcome is unknown. */
  deadline_at: number;
  settled_at: number | null;
  /** Key of the earlier call to the same number that this click was folded into. */
  same_as: string | null;
  /** The mirrored call linked to this one. */
  history_id: string | null;
  /** The relay that places the call; see store/membership.ts. */
  owner: string | null;
  /** The SIP user that AntBuddy was asked to ring; null when refused before dialling. */
  sip_user: string | null;
}

export interface HistoryTable {
  id: string;
  started_at: number;
  direction: string;
  class: string;
  did_number: string | null;
  status: string;
  duration_seconds: number;
  billing_seconds: number;
  recording: string | null;
  caller_type: string;
  caller_number: string;
  caller_username: string | null;
  callee_type: string;
  callee_number: string;
  callee_username: string | null;
  first_seen_at: number;
  updated_at: number;
}

/**
 * The parties of a call, one row per party: `user:<username>` or `number:<number>`, see history/party-key.ts. Holds the columns
 * that an agent's list is filtered by, as that party saw the call, so that a filter reads only the agent's own rows.
 */
export interface HistoryPartiesTable {
  party: string;
  started_at: number;
  history_id: string;
  direction: Direction;
  disposition: Disposition;
  recorded: Flag;
  /** Copied from the call: a page of a list is read from these rows alone. */
  status: string;
  duration_seconds: number;
  billing_seconds: number;
  /** The other party: E.164 or as sent, and its user name. */
  peer_number: string;
  peer_name: string | null;
  /** The other party's digits (as sent, E.164, national) and name, folded, for searches. */
  search: string;
}

/** An agent's note on a call. A removed note stays as an empty row, so that its version numbers never restart. */
export interface NotesTable {
  agent_id: string;
  /** The id of the mirrored call, or the key of a placed call that is not linked yet. */
  subject: string;
  /** The other party, as in history_parties. */
  number: string;
  /** Time of the call: a note is kept as long as its call. */
  called_at: number;
  text: string;
  outcome: Outcome | null;
  /** The text, folded, for searches. */
  search: string;
  version: number;
  updated_at: number;
}

export interface AuditTable {
  seq: number;
  at: number;
  actor: string;
  action: string;
  subject: string;
  detail: string;
  previous_hash: string;
  hash: string;
}

/** Small named values: the key check, the mirror's progress. */
interface StateTable {
  name: string;
  value: string;
}

/** Counts per time window, such as login attempts and calls. Kept here so that all relays share one count. */
interface CountersTable {
  bucket: string;
  count: number;
  expires_at: number;
}

/** Every version of the call policy; the highest is in force. */
interface PoliciesTable {
  version: number;
  at: number;
  actor: string;
  body: string;
}

export interface DoNotCallTable {
  /** E.164 or service digits. */
  number: string;
  reason: string;
  added_at: number;
}

/** Agents stopped by the burst lock; an admin lifts it by deleting the row. */
interface CallLocksTable {
  agent_id: string;
  locked_at: number;
}

/** Used proofs, shared with the other relays on this database. */
interface UsedProofsTable {
  id: string;
  expires_at: number;
}

export interface Tables {
  agents: AgentsTable;
  sip_devices: SipDevicesTable;
  name_holders: NameHoldersTable;
  devices: DevicesTable;
  enrolments: EnrolmentsTable;
  calls: CallsTable;
  history: HistoryTable;
  history_parties: HistoryPartiesTable;
  notes: NotesTable;
  audit: AuditTable;
  state: StateTable;
  counters: CountersTable;
  policies: PoliciesTable;
  do_not_call: DoNotCallTable;
  call_locks: CallLocksTable;
  used_proofs: UsedProofsTable;
}

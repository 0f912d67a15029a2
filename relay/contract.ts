/**
 * The schemas of every request and response of the relay's HTTP surface: the relay parses requests with them, the extension
 * parses responses with the same ones. Times are epoch milliseconds unless a name says otherwise.
 */
import * as v from 'valibot';

/** Codes of `{ error: { code, message } }`: the HTTP status and the English sentence for each. */
export const errorTable = {
  bad_request: [400, 'The request was not understood. Update Dialside on both sides and try again.'],
  idempotency_key_missing: [400, 'The call carried no Idempotency-Key header, so it was not placed.'],
  sip_user_missing: [400, 'A SIP password needs the SIP user that it belongs to. Give both.'],
  number_invalid: [400, 'That is not a phone number that can be dialled. Check the digits and try again.'],
  click_too_old: [400, 'It took too long after the click, so no call was placed. Click again if you still want to call.'],
  passphrase_required: [
    400,
    'This code is for an admin. Give your admin passphrase, or choose one of at least 10 characters the first time.',
  ],
  unauthenticated: [
    401,
    'This browser is not connected to the relay. Connect it in Dialside’s options with a code from your admin.',
  ],
  device_revoked: [401, 'This browser’s access was revoked. Ask your admin for a new one-time code.'],
  proof_rejected: [401, 'The relay could not verify this browser’s signature. Connect again with a new code.'],
  proof_used: [401, 'The connection broke off. Look whether this was done before you try again.'],
  proof_stale: [401, 'This computer’s clock and the relay’s differ too much. Set the clock and try again.'],
  no_number_found: [400, 'No phone number was found in these lines, so the list stays as it is.'],
  origin_refused: [403, 'The relay answers the Dialside extension only, not web pages.'],
  admin_only: [403, 'Only an admin can do this.'],
  step_up_required: [403, 'Confirm your passphrase to make admin changes.'],
  passphrase_wrong: [403, 'That passphrase is not right. Try again.'],
  ticket_invalid: [403, 'This recording link has expired. Press play again.'],
  country_not_allowed: [403, 'Your company does not allow calls to this country. Your admin can open it in the call policy.'],
  number_premium: [403, 'This is a premium-rate number, which the call policy does not allow.'],
  number_satellite: [403, 'This is a satellite or special network number, which the call policy does not allow.'],
  number_short: [403, 'This is a short code or an internal number, which the call policy does not allow.'],
  number_class_closed: [403, 'The call policy does not allow calls to this kind of number.'],
  number_emergency: [403, 'Emergency numbers are never dialled from here. Use a phone.'],
  do_not_call: [403, 'This number is on your company’s do-not-call list.'],
  outside_sales_hours: [
    403,
    'Sales calls to this kind of number are not allowed at this hour. Call again within the hours your admin has set.',
  ],
  download_not_allowed: [
    403,
    'Your company does not allow recordings to be saved as files. You can play it here; ask your admin if you need the file.',
  ],
  agent_locked: [403, 'Too many calls in a short time: your calling is locked until an admin unlocks it.'],
  not_found: [404, 'There is nothing here.'],
  call_not_found: [404, 'The relay knows no such call.'],
  recording_missing: [404, 'There is no recording of this call, or it was removed.'],
  recording_refused: [
    502,
    'AntBuddy does not hand out this recording. It may have been removed; tell your admin if all are like that.',
  ],
  code_invalid: [404, 'That code is not valid. Codes work once and for 10 minutes; ask your admin for a new one.'],
  method_not_allowed: [405, 'The relay does not support this method here.'],
  call_in_progress: [409, 'This call is still being placed.'],
  agent_already_dialling: [409, 'Another call of yours is being placed right now. Wait for your device to ring.'],
  agent_not_mapped: [409, 'No SIP device is set for you yet. Ask your admin to add it in Dialside’s options.'],
  sip_device_unknown: [
    409,
    'The device you chose is not yours any more or has no password yet, so no call was placed. Choose another device and call again.',
  ],
  passphrase_unset: [409, 'You have no passphrase yet. Ask another admin for a new one-time code and connect again with it.'],
  agent_exists: [409, 'Another agent already has this name, user name or SIP user.'],
  last_admin: [409, 'This is the last active admin. Make another agent an admin first.'],
  version_conflict: [412, 'Somebody else changed this meanwhile. Look at the new values and save again.'],
  too_large: [413, 'The request is too large.'],
  idempotency_key_reused: [422, 'The same key was used for a different call, so this one was not placed.'],
  version_missing: [428, 'Say which version is being changed (If-Match).'],
  agent_minute_cap: [429, 'You have placed the most calls allowed in a minute. Wait a minute and call again.'],
  agent_day_cap: [429, 'You have placed the most calls allowed in a day. Ask your admin if you need more.'],
  company_minute_cap: [429, 'Your company has placed the most calls allowed in a minute. Wait a minute and call again.'],
  company_day_cap: [429, 'Your company has placed the most calls allowed in a day. Tell your admin.'],
  too_many_attempts: [429, 'Too many requests in a short time. Wait a minute and try again.'],
  too_many_tries: [429, 'Too many wrong tries. Wait ten minutes and try again.'],
  device_offline: [
    502,
    'Your device is offline. Open your softphone or plug in your phone, then call again. If it is open, ask your admin to check its SIP password.',
  ],
  upstream_refused: [502, 'AntBuddy refused the relay’s credentials. Your admin needs to check the appId and appSecret.'],
  upstream_malformed: [502, 'AntBuddy sent an answer the relay does not understand. Try again; tell your admin if it stays.'],
  upstream_unreachable: [502, 'The relay cannot reach AntBuddy. Try again in a minute.'],
  upstream_failed: [502, 'AntBuddy reported an internal error. Try again in a minute.'],
  outcome_unknown: [502, 'The connection broke while the call was being placed. Look at your phone before calling again.'],
  upstream_busy: [503, 'AntBuddy is receiving too many requests. Nothing was redialled; try again in a minute.'],
  store_unavailable: [503, 'The relay cannot record calls right now, so it placed none. Tell your admin.'],
  store_failed: [503, 'The relay cannot read or write its data right now. Try again in a minute; tell your admin if it stays.'],
  internal: [500, 'The relay failed in an unexpected way. Try again; tell your admin if it stays.'],
} as const satisfies Record<string, readonly [status: number, message: string]>;

export type ErrorCode = keyof typeof errorTable;

/** `{ error: { code, message } }`; `code` stays a string so that an older extension survives a newer relay's codes. */
export const ErrorBodySchema = v.object({ error: v.object({ code: v.string(), message: v.string() }) });

export const Id = v.pipe(v.string(), v.uuid());
/** At most the latest time that a Date can represent. */
const Time = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(8.64e15));
const Text = (max: number) => v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(max));

/** E.164 with its plus, or the bare digits of a service line (1900…, 1800…). */
export const DialableSchema = v.pipe(v.string(), v.regex(/^(\+[1-9]\d{4,14}|\d{3,12})$/, 'not E.164 and not service digits'));

/** RFC-draft Idempotency-Key: one per click, generated by the extension. */
export const IdempotencyKeySchema = v.pipe(v.string(), v.uuid());

export const RoleSchema = v.picklist(['agent', 'admin']);
export type Role = v.InferOutput<typeof RoleSchema>;

// POST /v1/enrolments/redeem — proof header, no token

export const RedeemRequestSchema = v.strictObject({
  /** 10 characters of Crockford base32 (50 bits); case, spaces and dashes do not matter. */
  code: Text(40),
  /** Required for admins, whose admin writes it later confirms (step-up). */
  passphrase: v.optional(v.pipe(v.string(), v.minLength(10), v.maxLength(200))),
  deviceName: v.optional(Text(80)),
});
export const RedeemResponseSchema = v.object({
  /** 256 bits, base64url. Sent back as `Authorization: DPoP <token>` (RFC 9449 §7.1). */
  token: v.string(),
  deviceId: Id,
  agent: v.object({ id: Id, name: v.string(), role: RoleSchema }),
});
export type RedeemResponse = v.InferOutput<typeof RedeemResponseSchema>;

// GET /v1/me

/** One of the agent's devices that can ring. */
export const OwnDeviceSchema = v.object({ id: Id, name: v.string(), sipUser: v.string() });
export type OwnDevice = v.InferOutput<typeof OwnDeviceSchema>;

export const MeSchema = v.object({
  agent: v.object({
    id: Id,
    name: v.string(),
    role: RoleSchema,
    /** Of the agent's first device. */
    sipUser: v.nullable(v.string()),
    /** In the agent's order; a call rings the first unless it names another. */
    sipDevices: v.array(OwnDeviceSchema),
    mapped: v.boolean(),
  }),
  device: v.object({ id: Id, name: v.string() }),
  policy: v.object({
    homeRegion: v.string(),
    regions: v.array(v.string()),
    /** Whether recordings may be saved as files. */
    recordingDownload: v.boolean(),
  }),
  upstream: v.object({ state: v.picklist(['ok', 'busy', 'unreachable', 'refused', 'unknown']), checkedAt: v.nullable(Time) }),
  history: v.object({
    /** Every call that started before this is mirrored; null until the first sweep is complete. */
    completeTo: v.nullable(Time),
    /** Share of the first 31 days already read, 0 to 1. */
    backfilled: v.number(),
  }),
  /** Admin writes are allowed until this time without another step-up. */
  stepUpUntil: v.nullable(Time),
  serverTime: Time,
});
export type Me = v.InferOutput<typeof MeSchema>;

// POST /v1/calls (Idempotency-Key) → 201 Call · GET /v1/calls/{key} → 200 Call

export const SurfaceSchema = v.picklist(['page', 'popup', 'sidepanel', 'menu']);
export const CallRequestSchema = v.strictObject({
  number: DialableSchema,
  /** When the user clicked, by the relay's clock (the client corrects its own clock by the Date header). */
  clickedAt: Time,
  surface: SurfaceSchema,
  /** Host name of the CRM page, for the audit; never its path. */
  site: v.optional(v.pipe(v.string(), v.regex(/^[\w.:[\]-]{1,253}$/, 'not a host name'))),
  /** Why the agent calls outside sales hours; used if the policy accepts reasons. */
  overrideReason: v.optional(Text(200)),
  /** Which of the agent's own SIP devices rings; the first if absent. */
  sipDevice: v.optional(Id),
});
export type CallRequest = v.InferOutput<typeof CallRequestSchema>;

/**
 * State of a click. `dispatching`: the request is on its way. `accepted`: AntBuddy rings the device. `rejected`: AntBuddy
 * refused. `not_sent`: nothing left the relay. `unknown`: bytes were written and no clear answer came; it is never redialled.
 */
export const CallStateSchema = v.picklist(['dispatching', 'accepted', 'rejected', 'not_sent', 'unknown']);
export type CallState = v.InferOutput<typeof CallStateSchema>;

export const CallSchema = v.object({
  key: v.string(),
  number: v.string(),
  state: CallStateSchema,
  /** Why the state is not `accepted`. */
  reason: v.nullable(v.object({ code: v.string(), message: v.string() })),
  createdAt: Time,
  settledAt: v.nullable(Time),
  /** The earlier call to the same number, at most 5 s before, that this click was folded into. */
  sameAs: v.nullable(v.string()),
  /** SIP user of the device that the call was to ring; null when nothing was sent. */
  sipUser: v.optional(v.nullable(v.string())),
});
export type Call = v.InferOutput<typeof CallSchema>;

// GET, PUT /v1/notes/{subject} (If-Match, "0" for a first note) → 200 Note · the agent's own notes, visible to nobody else but for
// the outcome `do_not_call`

/**
 * Outcome of a call, chosen by the agent. `call_later`: the number waits in GET /v1/missed. `do_not_call`: the other party asked not to
 * be called; admins see who noted it of which number, and everybody who looks the number up sees that it was noted.
 */
export const OutcomeSchema = v.picklist([
  'reached',
  'call_later',
  'no_answer',
  'wrong_number',
  'not_interested',
  'do_not_call',
  'done',
]);
export type Outcome = v.InferOutput<typeof OutcomeSchema>;
/** The id of a call in the history, or the key of a call just placed; both notes are merged when the mirror has the call. */
export const NoteSubjectSchema = v.union([v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/)), IdempotencyKeySchema]);
export const NoteChangeSchema = v.strictObject({
  /** Plain text; a position in the recording is written as `00:42`. Empty text without an outcome removes the note. */
  text: v.pipe(v.string(), v.maxLength(4000)),
  outcome: v.nullable(OutcomeSchema),
});
export type NoteChange = v.InferOutput<typeof NoteChangeSchema>;
/** `version` 0: there is no note, or it was removed. Two merged notes may together be longer than a change allows. */
export const NoteSchema = v.object({ ...NoteChangeSchema.entries, text: v.string(), version: v.number(), updatedAt: Time });
export type Note = v.InferOutput<typeof NoteSchema>;

// GET /v1/history · calls of the history; with q or outcome, which search notes, also noted calls that the history does not get

export const DirectionSchema = v.picklist(['outbound', 'inbound', 'internal']);
export type Direction = v.InferOutput<typeof DirectionSchema>;
export const DispositionSchema = v.picklist(['answered', 'cancelled', 'busy', 'ivr', 'missed', 'failed', 'other']);
export type Disposition = v.InferOutput<typeof DispositionSchema>;
const QueryNumber = v.pipe(v.string(), v.regex(/^\d{1,15}$/), v.transform(Number));

export const HistoryQuerySchema = v.strictObject({
  cursor: v.optional(v.pipe(v.string(), v.maxLength(200))),
  limit: v.optional(v.pipe(QueryNumber, v.minValue(1), v.maxValue(100))),
  direction: v.optional(DirectionSchema),
  disposition: v.optional(DispositionSchema),
  recorded: v.optional(v.picklist(['true', 'false'])),
  /** Any part of the other party's number or name, in any format, or of the agent's note. */
  q: v.optional(v.pipe(v.string(), v.maxLength(80))),
  /** `from`: started at or after; `to`: started before. */
  from: v.optional(QueryNumber),
  to: v.optional(QueryNumber),
  /** The outcome that the agent noted; `none`: calls without one. */
  outcome: v.optional(v.picklist(['none', ...OutcomeSchema.options])),
  /** Only calls with this other party, in the form of `peer.number`. */
  number: v.optional(DialableSchema),
});
export type HistoryQuery = v.InferInput<typeof HistoryQuerySchema>;

export const HistoryCallSchema = v.object({
  /** Hash of the fields that identify a call upstream, 32 hex digits; for a call that is not in the history, its key. */
  id: v.string(),
  startedAt: Time,
  direction: DirectionSchema,
  disposition: DispositionSchema,
  /** `status_detail` as AntBuddy sent it; empty if absent. */
  status: v.string(),
  /** The other party: E.164 when it parses for the home region, else the digits or name as sent. */
  peer: v.object({ number: v.string(), name: v.nullable(v.string()) }),
  durationSeconds: v.number(),
  talkSeconds: v.number(),
  hasRecording: v.boolean(),
  note: v.nullable(NoteSchema),
});
export type HistoryCall = v.InferOutput<typeof HistoryCallSchema>;

// GET /v1/numbers/{number} → 200 NumberFacts: what is known about a number before it is called

export const NumberFactsSchema = v.object({
  /** As DialableSchema. */
  number: v.string(),
  country: v.nullable(v.string()),
  class: v.nullable(v.string()),
  /** Why a call to it would be refused now, such as do-not-call, sales hours or a closed country. */
  refusal: v.nullable(
    v.object({
      code: v.string(),
      message: v.string(),
      overridable: v.boolean(),
      /**
       * Outside the sales hours: when it may be called today, as `08:00` in the company's time zone, `from` inclusive, `to`
       * exclusive; in order of time.
       */
      hours: v.optional(v.array(v.object({ from: v.string(), to: v.string() }))),
    }),
  ),
  /**
   * The agent's own calls with it in the last 7 days, in either direction, and how many of them were answered. Includes `placed`.
   */
  week: v.object({ calls: v.number(), answered: v.number() }),
  last: v.nullable(HistoryCallSchema),
  lastAnswered: v.nullable(HistoryCallSchema),
  /** When the agent placed the newest call to it through Dialside that is not in the history yet but may still appear there. */
  placed: v.optional(v.nullable(Time)),
  /** The agent's newest note on a call with it. */
  note: v.nullable(NoteSchema),
  /** The agent's newest call with it, in the history or not: where its note is, and that note. Absent: an older relay. */
  latest: v.optional(v.nullable(v.object({ subject: NoteSubjectSchema, at: Time, note: v.nullable(NoteSchema) }))),
  /** Time of the newest call with it, by any agent, on which the outcome `do_not_call` was noted. */
  askedNotToCall: v.optional(v.nullable(Time)),
});
export type NumberFacts = v.InferOutput<typeof NumberFactsSchema>;

// GET /v1/missed → 200 Missed: numbers whose calls the agent missed and that have not since been called back, spoken to or noted as
// settled; and numbers whose newest noted outcome is `call_later` and that have not been spoken to since

export const MissedQuerySchema = v.strictObject({
  /** Calls at or after; default the last 7 days for missed ones and 31 days for those to be called later; at most 31 days. */
  from: v.optional(QueryNumber),
  /**
   * Filters of the waiting numbers: listed call before `to`, text `q` and noted `outcome`, as in GET /v1/history. A number to be called
   * later is also found by the note that says so, where a missed call since is listed in its place.
   */
  to: v.optional(QueryNumber),
  q: v.optional(v.pipe(v.string(), v.maxLength(80))),
  outcome: HistoryQuerySchema.entries.outcome,
});
export type MissedQuery = v.InferInput<typeof MissedQuerySchema>;
export const MissedSchema = v.object({
  /** Missed calls are listed from this time on. */
  from: Time,
  /** Number of all matching numbers; `calls` has one call of each of the first 100, newest first. */
  count: v.number(),
  /**
   * The newest missed call of a number; `times`: missed calls from it since the last contact. With `times` 0 nothing was missed: it is
   * the call on which the agent noted that the number is to be called later, possibly one that the history does not list (yet).
   */
  calls: v.array(v.object({ call: HistoryCallSchema, times: v.number() })),
  /**
   * The newest missed call of each caller who cannot be called back, at most 100: a withheld number, a colleague, or a number on
   * the do-not-call list. Not in `count`.
   */
  others: v.optional(v.array(HistoryCallSchema)),
  completeTo: v.nullable(Time),
});
export type Missed = v.InferOutput<typeof MissedSchema>;

export const PlacedCallSchema = v.object({ ...CallSchema.entries, note: v.nullable(NoteSchema) });
export type PlacedCall = v.InferOutput<typeof PlacedCallSchema>;
export const HistoryPageSchema = v.object({
  calls: v.array(HistoryCallSchema),
  /**
   * Calls placed through Dialside that the mirror has not seen yet: those of the last 15 minutes, and earlier ones that may still
   * be going on; those that match the filters. Only on the first page.
   */
  placed: v.array(PlacedCallSchema),
  nextCursor: v.nullable(v.string()),
  completeTo: v.nullable(Time),
});
export type HistoryPage = v.InferOutput<typeof HistoryPageSchema>;

// POST /v1/recordings/{callId}/ticket · GET /v1/recordings/{callId}/audio?ticket=…

export const TicketSchema = v.object({
  /** Path and query of the audio, relative to the relay's address. */
  path: v.string(),
  expiresAt: Time,
});
export type Ticket = v.InferOutput<typeof TicketSchema>;
export const AudioQuerySchema = v.strictObject({
  ticket: v.pipe(v.string(), v.maxLength(300)),
  /** `1`: as a file to save, if the policy allows it. */
  download: v.optional(v.literal('1')),
});

// GET /v1/events (server-sent events): `call` with a LiveCall and an id; `status` with a LiveStatus after the events sent on
// connecting, and on changes

export const LiveStatusSchema = v.object({
  /** True while the relay receives AntBuddy's call signals; otherwise only the history tells about calls. */
  live: v.boolean(),
  /** Ids of the agent's ongoing calls; the end of any other call was missed. Absent: unknown. */
  going: v.optional(v.array(v.string())),
  /** True if the relay has no account id, without which AntBuddy sends no signals. */
  never: v.optional(v.boolean()),
});
export type LiveStatus = v.InferOutput<typeof LiveStatusSchema>;
/** Used as the number of a caller who withholds it, as in SIP (RFC 3323, section 4.1.1.3). */
export const withheldNumber = 'anonymous';
export const LiveCallSchema = v.object({
  /** The same for all events of one call; 32 hex digits. */
  callId: v.string(),
  state: v.picklist(['ringing', 'answered', 'ended']),
  /** `inbound` for the called party, `internal` for an agent who calls a colleague. */
  direction: DirectionSchema,
  /** The number as in the history, or `anonymous` if the caller withholds it. */
  peer: v.object({ number: v.string(), name: v.nullable(v.string()) }),
  /**
   * Whose phone rings, where the signals tell: for a click the agent's `own`; after it was answered the `other`, and the call is
   * not answered any more.
   */
  rings: v.optional(v.picklist(['own', 'other'])),
  at: Time,
  /** For an ended call: seconds talked, and the hangup cause named by the switch. */
  talkSeconds: v.nullable(v.number()),
  cause: v.nullable(v.string()),
});
export type LiveCall = v.InferOutput<typeof LiveCallSchema>;

// POST /v1/voice-token

export const VoiceTokenSchema = v.object({ value: v.string(), expiresAt: Time });
export type VoiceToken = v.InferOutput<typeof VoiceTokenSchema>;

// /v1/admin — writes need a step-up ≤ 10 minutes old; changes need If-Match

export const StepUpRequestSchema = v.strictObject({ passphrase: v.pipe(v.string(), v.maxLength(200)) });
export const StepUpResponseSchema = v.object({ stepUpUntil: Time });

/** The maximum length of each field of an agent. */
export const longestOfAgent = { name: 120, username: 120, deviceName: 80, sipUser: 120, sipPassword: 200 };
export const mostSipDevices = 10;

const sipFields = {
  /** AntBuddy user name: selects the agent's calls in the histories. */
  username: v.nullable(Text(longestOfAgent.username)),
  /** SIP user that click-to-call rings (section 3.2), of the agent's first device. */
  sipUser: v.nullable(Text(longestOfAgent.sipUser)),
};
/** Write-only: no answer ever carries it. */
const SipPassword = v.pipe(v.string(), v.minLength(1), v.maxLength(longestOfAgent.sipPassword));

/** A device as set by an admin: with an `id` the existing one, without it a new one. */
export const SipDeviceChangeSchema = v.strictObject({
  id: v.optional(Id),
  /** If empty, the device is shown by its SIP user. */
  name: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(longestOfAgent.deviceName)), ''),
  sipUser: Text(longestOfAgent.sipUser),
  /** Absent: unchanged. */
  sipPassword: v.optional(SipPassword),
});
export type SipDeviceChange = v.InferInput<typeof SipDeviceChangeSchema>;
export const SipDeviceSchema = v.object({ id: Id, name: v.string(), sipUser: v.string(), hasSipPassword: v.boolean() });
export type SipDevice = v.InferOutput<typeof SipDeviceSchema>;
/** `accepted`: AntBuddy gives a voice token for the device's SIP user and password. */
export const SipDeviceTrySchema = v.object({ accepted: v.boolean() });
export type SipDeviceTry = v.InferOutput<typeof SipDeviceTrySchema>;
/** All devices in order: one that is left out is removed. */
const SipDevices = v.pipe(v.array(SipDeviceChangeSchema), v.maxLength(mostSipDevices));

export const AgentRecordSchema = v.object({
  id: Id,
  name: v.string(),
  role: RoleSchema,
  ...sipFields,
  hasSipPassword: v.boolean(),
  sipDevices: v.optional(v.array(SipDeviceSchema), []),
  active: v.boolean(),
  version: v.number(),
  devices: v.array(v.object({ id: Id, name: v.string(), createdAt: Time, lastSeenAt: v.nullable(Time) })),
});
export type AgentRecord = v.InferOutput<typeof AgentRecordSchema>;
export const AgentListSchema = v.object({ agents: v.array(AgentRecordSchema) });

export const AgentCreateSchema = v.strictObject({
  name: Text(longestOfAgent.name),
  role: v.optional(RoleSchema, 'agent'),
  username: v.optional(sipFields.username, null),
  /** The agent's only device; `sipDevices` instead gives several. */
  sipUser: v.optional(sipFields.sipUser, null),
  sipPassword: v.optional(SipPassword),
  sipDevices: v.optional(SipDevices),
});
export type AgentCreate = v.InferInput<typeof AgentCreateSchema>;

export const AgentChangeSchema = v.strictObject({
  name: v.optional(Text(longestOfAgent.name)),
  role: v.optional(RoleSchema),
  username: v.optional(sipFields.username),
  /** Concern the first device; `sipDevices` instead changes all. */
  sipUser: v.optional(sipFields.sipUser),
  sipPassword: v.optional(SipPassword),
  sipDevices: v.optional(SipDevices),
  active: v.optional(v.boolean()),
});
export type AgentChange = v.InferInput<typeof AgentChangeSchema>;

/** A code can be redeemed for this long. */
export const codeLivesMs = 10 * 60_000;
export const EnrolmentRequestSchema = v.strictObject({ agentId: Id });
export const EnrolmentSchema = v.object({ code: v.string(), expiresAt: Time });
export type Enrolment = v.InferOutput<typeof EnrolmentSchema>;

// GET /v1/admin/audit — newest first; `before` is the nextBefore of the previous page

export const AuditQuerySchema = v.strictObject({
  /** Larger values are reduced to the largest possible line number. */
  before: v.optional(
    v.pipe(
      QueryNumber,
      v.transform((seq) => Math.min(seq, 2 ** 31 - 1)),
    ),
  ),
  limit: v.optional(v.pipe(QueryNumber, v.minValue(1), v.maxValue(200))),
  /** Done by this agent, or to it or one of its browsers. */
  agent: v.optional(Id),
  action: v.optional(Text(60)),
  subject: v.optional(Text(120)),
  /** A number in any format, to find what was done about it and about the calls with it. */
  number: v.optional(Text(60)),
  /** `from`: at or after; `to`: before. */
  from: v.optional(QueryNumber),
  to: v.optional(QueryNumber),
});
export type AuditQuery = v.InferInput<typeof AuditQuerySchema>;
/** Every action that this relay writes to its audit log; a stored line may hold others, from a newer relay. */
export const auditActions = [
  'admin.step-up',
  'agent.change',
  'agent.create',
  'agent.lock',
  'agent.unlock',
  'call.outside-sales-hours',
  'device.enrol',
  'device.revoke',
  'do-not-call.import',
  'do-not-call.remove',
  'enrolment.create',
  'key.rotate',
  'key.lost',
  'note.remove',
  'note.write',
  'passphrase.reset',
  'policy.change',
  'recording.download',
  'recording.play',
  'sip-device.test',
  'store.restore',
] as const;
export type AuditAction = (typeof auditActions)[number];
export const auditDetails = [
  'accepted',
  'active',
  'agent',
  'device',
  'deviceName',
  'name',
  'number',
  'numbers',
  'passphrase',
  'policy',
  'reason',
  'removed',
  'replace',
  'role',
  'sipDevices',
  'sipPassword',
  'sipUser',
  'username',
  'why',
] as const;
export type AuditDetail = (typeof auditDetails)[number];
export const AuditPageSchema = v.object({
  lines: v.array(
    v.object({
      seq: v.number(),
      at: Time,
      /** `agent:<id>`, `relay` or `command-line`. */
      actor: v.string(),
      action: v.string(),
      subject: v.string(),
      detail: v.record(v.string(), v.unknown()),
      /** The call that `subject` names; null once it is no longer kept, absent for other subjects. */
      call: v.optional(v.nullable(v.object({ startedAt: Time, number: v.string() }))),
      /** SHA-256 over the line and the previous hash, hex. */
      hash: v.string(),
    }),
  ),
  nextBefore: v.nullable(v.number()),
});
export type AuditPage = v.InferOutput<typeof AuditPageSchema>;

// GET, PUT /v1/admin/policy (If-Match) · POST /v1/admin/policy/dry-run

const TimeOfDay = v.pipe(v.string(), v.regex(/^([01]\d|2[0-3]):[0-5]\d$/));
const Cap = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000_000));
const OpenClassSchema = v.picklist(['toll_free', 'shared_cost', 'premium', 'satellite', 'short', 'other']);
const SalesWindowSchema = v.strictObject({
  /** `from` inclusive, `to` exclusive. */
  from: TimeOfDay,
  to: TimeOfDay,
  /** ISO weekdays: Monday is 1. */
  days: v.pipe(v.array(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(7))), v.minLength(1), v.maxLength(7)),
  classes: v.pipe(v.array(v.picklist(['mobile', 'fixed'])), v.minLength(1)),
});
export type SalesWindow = v.InferOutput<typeof SalesWindowSchema>;
export const mostSalesWindows = 10;
export const SalesHoursSchema = v.strictObject({
  /** IANA name, such as Asia/Ho_Chi_Minh. */
  timeZone: Text(60),
  /**
   * When the classes they name may be called; class `other`, such as internet telephony, within any of them. Any other class that
   * no window names may be called at any time.
   */
  windows: v.pipe(v.array(SalesWindowSchema), v.minLength(1), v.maxLength(mostSalesWindows)),
  /** Whether an agent may call anyway by giving a reason, which the audit log keeps. */
  override: v.boolean(),
});
export const PolicySchema = v.strictObject({
  /** Countries that may be called, ISO 3166. */
  countries: v.pipe(v.array(v.pipe(v.string(), v.regex(/^[A-Z]{2}$/))), v.minLength(1), v.maxLength(250)),
  /** Classes allowed besides mobile and fixed lines; emergency numbers are never allowed. */
  openClasses: v.array(OpenClassSchema),
  caps: v.strictObject({ agentPerMinute: Cap, agentPerDay: Cap, companyPerMinute: Cap, companyPerDay: Cap }),
  /** An agent who places more calls than this within the time is locked until an admin lifts the lock. */
  burst: v.strictObject({ calls: Cap, minutes: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1440)) }),
  salesHours: v.nullable(SalesHoursSchema),
  /** How long mirrored calls are kept. */
  historyDays: v.pipe(v.number(), v.integer(), v.minValue(31), v.maxValue(3650)),
  /** Whether recordings may be saved as files. */
  recordingDownload: v.boolean(),
});
export type Policy = v.InferOutput<typeof PolicySchema>;
/** Version 0: no policy has been saved yet; these are the defaults. */
export const PolicyVersionSchema = v.object({ version: v.number(), at: v.nullable(Time), policy: PolicySchema });
export type PolicyVersion = v.InferOutput<typeof PolicyVersionSchema>;

export const DryRunRequestSchema = v.strictObject({
  /** In any format; read as a number of the home region unless it starts with +. */
  number: Text(60),
  at: v.optional(Time),
  agentId: v.optional(Id),
});
export type DryRunRequest = v.InferInput<typeof DryRunRequestSchema>;
export const DryRunSchema = v.object({
  number: v.nullable(v.string()),
  class: v.nullable(v.string()),
  country: v.nullable(v.string()),
  /** Digits as they would be sent to AntBuddy. */
  dialled: v.nullable(v.string()),
  refusal: v.nullable(v.object({ code: v.string(), message: v.string() })),
  policyVersion: v.number(),
});
export type DryRun = v.InferOutput<typeof DryRunSchema>;

// /v1/admin/do-not-call (CSV in and out) · GET /v1/admin/do-not-call/asked · /v1/admin/locks

/** Maximum size of an imported list in bytes. */
export const longestDoNotCallList = 8_000_000;
export const ImportQuerySchema = v.strictObject({ mode: v.optional(v.picklist(['add', 'replace']), 'add') });
/** First line of a row in the text, from 1, and its last line if different. */
const LinesSchema = v.object({ line: v.number(), end: v.optional(v.number()) });
export const DoNotCallImportSchema = v.object({
  added: v.number(),
  removed: v.number(),
  /** Rows of which no number, or not every number, was taken. */
  unreadable: v.array(LinesSchema),
});
export type DoNotCallImport = v.InferOutput<typeof DoNotCallImportSchema>;
/**
 * Numbers on whose calls an agent noted the outcome `do_not_call` and that are not on the list, newest call first, at most 100: who noted
 * it last and when that call was.
 */
export const AskedNotToCallSchema = v.object({
  asked: v.array(v.object({ number: v.string(), at: Time, agent: v.object({ id: Id, name: v.string() }) })),
});
export type AskedNotToCall = v.InferOutput<typeof AskedNotToCallSchema>;
export const LockListSchema = v.object({ locks: v.array(v.object({ agentId: Id, name: v.string(), lockedAt: Time })) });
export type LockList = v.InferOutput<typeof LockListSchema>;

// GET /v1/admin/reports · GET /v1/admin/reports/calls: who called whom, and with what outcome

const period = {
  /** `from`: clicked at or after; `to`: clicked before. */
  from: QueryNumber,
  to: QueryNumber,
  agent: v.optional(Id),
  format: v.optional(v.picklist(['json', 'csv'])),
};
/** Maximum days of a report: with a line for each agent and day, or with a line for each agent. */
export const longestReportDays = { day: 31, period: 366 } as const;
export const ReportQuerySchema = v.strictObject({
  ...period,
  /** One line for each agent and day (at most 31 days), or for each agent (at most 366 days). */
  per: v.optional(v.picklist(['day', 'period'])),
  /** IANA name of the zone that defines the days; default that of the sales hours, else the relay's own. */
  timeZone: v.optional(Text(60)),
});

export const ReportLineSchema = v.object({
  /** `2026-03-02`, or null for the whole period. */
  day: v.nullable(v.string()),
  agent: v.object({ id: Id, name: v.string() }),
  clicks: v.number(),
  /** Number of clicks by outcome, which add up to `clicks`. `folded`: the same number again within 5 s. */
  outcomes: v.object({
    accepted: v.number(),
    rejected: v.number(),
    notSent: v.number(),
    unknown: v.number(),
    refused: v.number(),
    folded: v.number(),
    dispatching: v.number(),
  }),
  /** How many calls were not accepted, by code of the reason. */
  reasons: v.record(v.string(), v.number()),
  /** From the calls in the history; null for a period of which the history no longer keeps all calls. */
  answered: v.nullable(v.number()),
  talkSeconds: v.nullable(v.number()),
});
export type ReportLine = v.InferOutput<typeof ReportLineSchema>;
export const ReportSchema = v.object({
  timeZone: v.string(),
  lines: v.array(ReportLineSchema),
  completeTo: v.nullable(Time),
  /** Calls before this time are no longer kept with their numbers. */
  keptFrom: Time,
});
export type Report = v.InferOutput<typeof ReportSchema>;

export const PlacedQuerySchema = v.strictObject({
  ...period,
  /** In any format. */
  number: v.optional(Text(60)),
  /** The `next` of the previous page. */
  cursor: v.optional(v.pipe(v.string(), v.maxLength(200))),
  limit: v.optional(v.pipe(QueryNumber, v.minValue(1), v.maxValue(1000))),
});
export const PlacedPageSchema = v.object({
  calls: v.array(
    v.object({
      at: Time,
      agent: v.object({ id: Id, name: v.string() }),
      device: v.string(),
      /** Empty once the policy no longer keeps calls of that time. */
      number: v.string(),
      /** Digits as sent to AntBuddy; null when none were sent. */
      dialled: v.nullable(v.string()),
      /** SIP user of the device that AntBuddy was to ring. */
      sipUser: v.optional(v.nullable(v.string())),
      surface: v.string(),
      site: v.nullable(v.string()),
      /** As in CallStateSchema, or `refused` by the relay, or `folded` into the preceding call. */
      state: v.string(),
      reason: v.nullable(v.string()),
      /** `status_detail` and seconds talked of the call in the history; null while it is not in the history. */
      status: v.nullable(v.string()),
      talkSeconds: v.nullable(v.number()),
      /** What `status` means; absent from an older relay, like the fields below. */
      disposition: v.optional(v.nullable(DispositionSchema)),
      recorded: v.optional(v.boolean()),
      /** Id of the call in the history, by which the audit log names it. */
      callId: v.optional(v.nullable(v.string())),
    }),
  ),
  next: v.nullable(v.string()),
});
export type PlacedPage = v.InferOutput<typeof PlacedPageSchema>;

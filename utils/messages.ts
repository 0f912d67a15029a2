import { defineExtensionMessaging } from '@webext-core/messaging';
import * as v from 'valibot';
import {
  AgentChangeSchema,
  AgentCreateSchema,
  type AgentRecord,
  type AskedNotToCall,
  type AuditPage,
  auditActions,
  DialableSchema,
  type DoNotCallImport,
  type DryRun,
  DryRunRequestSchema,
  type Enrolment,
  type HistoryPage,
  HistoryQuerySchema,
  IdempotencyKeySchema,
  type LockList,
  type Me,
  type Missed,
  MissedQuerySchema,
  type Note,
  NoteChangeSchema,
  NoteSubjectSchema,
  type PlacedPage,
  PolicySchema,
  type PolicyVersion,
  type Report,
  type SipDeviceTry,
  SurfaceSchema,
  type VoiceToken,
} from '../relay/contract.ts';

import type { HiddenNumber } from './hidden-numbers/hidden-filter.ts';
import type { HiddenRule } from './hidden-numbers/hidden-rule.ts';
import type { KnownCaller } from './live/notices.ts';
import type { CallProgress, OpenCall } from './page/caller.ts';
import type { NumberDetails, NumberPast } from './page/card/card-content.ts';
import type { PageMessages } from './page/messages.ts';
import type { NumberPlan } from './phone/plans/number-plan.ts';
import type { Vocabulary } from './phone/vocabulary.ts';
import type { Reply } from './reply.ts';
import type { AgentSettings, ToldCall } from './storage.ts';

/** Which document sent a message; derived from the sender's URL, never from the message itself. */
export type SenderRole = 'page' | 'popup' | 'sidepanel' | 'options';

const PAGE = ['page'] as const;
const LISTS = ['popup', 'sidepanel'] as const;
const OPTIONS = ['options'] as const;
const VIEWS = ['popup', 'sidepanel', 'options'] as const;
const CALLERS = ['page', 'popup', 'sidepanel'] as const;

/** A message: who may send it, the shape of its data (validated on receipt), the type of its answer. */
interface MessageRule<Data extends v.GenericSchema, Answer> {
  senders: readonly SenderRole[];
  data: Data;
  /** Type only; absent at run time. */
  answer?: Answer;
}
const message =
  <Answer>() =>
  <Data extends v.GenericSchema>(senders: readonly SenderRole[], data: Data): MessageRule<Data, Answer> => ({ senders, data });

const Nothing = v.undefined();
const Id = v.pipe(v.string(), v.uuid());
const HistoryId = v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/));
const WindowId = v.pipe(v.number(), v.integer(), v.minValue(0));
const Origin = v.pipe(v.string(), v.regex(/^https?:\/\/[^/]+$/));

const ExtensionSchema = v.optional(v.pipe(v.string(), v.regex(/^\d{1,12}$/)));

/** One click: `clickedAt` is on this computer's clock; the relay client moves it to the relay's. */
const ClickSchema = v.strictObject({
  key: IdempotencyKeySchema,
  number: DialableSchema,
  clickedAt: v.number(),
  surface: SurfaceSchema,
  /** Why the agent calls although the policy currently advises against it. */
  overrideReason: v.optional(v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(200))),
  /** The device that should ring for this click; absent: the one chosen in this browser. */
  sipDevice: v.optional(Id),
  /** The person calls although they were told that the number was called a moment ago. */
  isAgain: v.optional(v.boolean()),
  /** What the agent dials once connected; never sent to the relay. */
  extension: ExtensionSchema,
});
export type Click = v.InferOutput<typeof ClickSchema>;

const ConnectSchema = v.strictObject({
  relayUrl: v.pipe(v.string(), v.maxLength(2000)),
  code: v.pipe(v.string(), v.maxLength(80)),
  passphrase: v.optional(v.pipe(v.string(), v.maxLength(200))),
});
/** `version`: the version of the note that was changed, 0 for a new note. */
const SaveNoteSchema = v.strictObject({ subject: NoteSubjectSchema, change: NoteChangeSchema, version: v.number() });
const NoteOutcomeSchema = v.strictObject({
  subject: NoteSubjectSchema,
  number: DialableSchema,
  at: v.number(),
  outcome: NoteChangeSchema.entries.outcome,
});
/** A call by its key, or a call of the history by its number and start. */
const CallPageSchema = v.union([IdempotencyKeySchema, v.strictObject({ number: DialableSchema, startedAt: v.number() })]);
const AgentSettingsSchema = v.strictObject({
  badge: v.optional(v.boolean()),
  notifyMissed: v.optional(v.boolean()),
  notifyIncoming: v.optional(v.boolean()),
  showCaller: v.optional(v.boolean()),
  crmSearch: v.optional(v.pipe(v.string(), v.maxLength(2000))),
  telLinks: v.optional(v.boolean()),
});
const ChangeAgentSchema = v.strictObject({ id: Id, version: v.number(), change: AgentChangeSchema });

const SavePolicySchema = v.strictObject({ version: v.number(), policy: PolicySchema });
const ImportDoNotCallSchema = v.strictObject({
  mode: v.picklist(['add', 'replace']),
  csv: v.pipe(v.string(), v.maxLength(8_000_000)),
});
const Moment = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(999_999_999_999_999));
/** In any format. */
const TypedNumber = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(60));
const AuditAskSchema = v.strictObject({
  before: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
  agent: v.optional(Id),
  action: v.optional(v.picklist(auditActions)),
  number: v.optional(TypedNumber),
  from: v.optional(Moment),
  to: v.optional(Moment),
  limit: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(200))),
});
/** Time of the click: `from` inclusive, `to` exclusive. */
const PeriodSchema = v.strictObject({ from: Moment, to: Moment });
const ReportAskSchema = v.strictObject({ ...PeriodSchema.entries, per: v.picklist(['day', 'period']) });
const PlacedCallsSchema = v.strictObject({
  ...PeriodSchema.entries,
  number: v.optional(TypedNumber),
  limit: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1000)),
  cursor: v.optional(v.pipe(v.string(), v.maxLength(200))),
});

/** A number in its place on a page; `text` is the text around it. */
const NumberContextSchema = v.strictObject({
  number: DialableSchema,
  extension: ExtensionSchema,
  text: v.pipe(v.string(), v.maxLength(400)),
  label: v.optional(v.pipe(v.string(), v.maxLength(400))),
});
const HiddenNumberSchema = v.strictObject({ number: DialableSchema, text: v.pipe(v.string(), v.maxLength(80)) });

/** The data that the page script needs to start. */
interface PageSettings {
  homeRegion: string;
  regions: string[];
  /** Region codes by country name; empty unless there are several regions. */
  countries: Record<string, string>;
  /** The words of `utils/i18n/page-*` in the person's language. */
  words: PageMessages;
  /**
   * Full plans of the regions, and rows of the other regions' compact plans: sent as data, so that the script itself stays
   * small.
   */
  plans: NumberPlan[];
  planRows: string;
  vocabulary: Vocabulary;
  /** Style sheet of the buttons and of the card and bubble beside them. */
  styles: string;
  /** What the person marked as no phone number on this site. */
  hidden: HiddenRule;
  /** Whether Dialside handles clicks on `tel:` links. */
  telLinks: boolean;
}
/** `connected: false` until a code was redeemed. `me` is the relay's last answer, however old (`meAt`). */
export type Session = { connected: false } | { connected: true; relayUrl: string; me: Me | null; meAt: number | null };
export interface SiteStatus {
  /** Origin of the active tab; null where no script can run (browser pages, extension stores). */
  origin: string | null;
  enabled: boolean;
}
/** What the company's browser policy sets that views show. */
export interface Company {
  /** The relay to connect to; null: the agent enters it. */
  relayUrl: string | null;
  /** Origins on which the company wants Dialside, and those of them that the browser still has to allow. */
  sites: string[];
  awaitedSites: string[];
  /** Whether the agent cannot change the CRM's search. */
  crmSearchLocked: boolean;
  /** Settings that cannot be used. */
  faults: string[];
}
interface PlayableRecording {
  url: string;
}
export type Language = 'en' | 'vi';

/** All messages between page, background and views: name → senders, data, answer. */
export const protocol = {
  startPage: message<Reply<PageSettings>>()(PAGE, Nothing),
  placeCall: message<Reply<ToldCall>>()(CALLERS, ClickSchema),
  getCall: message<Reply<ToldCall>>()(CALLERS, IdempotencyKeySchema),
  getProgress: message<Reply<CallProgress>>()(PAGE, IdempotencyKeySchema),
  // Only calls placed from the sender's own site.
  getOpenCalls: message<Reply<OpenCall[]>>()(PAGE, Nothing),
  /** A number pressed where nobody can tell what the page shows: to be called from a view. */
  offerCall: message<Reply<null>>()(PAGE, v.strictObject({ number: DialableSchema, extension: ExtensionSchema })),
  pickRingDevice: message<Reply<null>>()([...CALLERS, ...OPTIONS], Id),

  loadCard: message<Reply<null>>()(PAGE, Nothing),
  describeNumber: message<Reply<NumberDetails>>()(PAGE, NumberContextSchema),
  getNumberPast: message<Reply<NumberPast>>()(CALLERS, DialableSchema),
  /** Changes nothing of the call's note but the outcome. `isSaved: false`: it will be, once the relay answers. */
  noteOutcome: message<Reply<{ isSaved: boolean }>>()(PAGE, NoteOutcomeSchema),
  getCaller: message<Reply<KnownCaller>>()(LISTS, DialableSchema),
  // Always for the origin of the sender, which the message cannot choose.
  hideNumber: message<Reply<HiddenNumber[]>>()(PAGE, HiddenNumberSchema),
  showNumber: message<Reply<HiddenNumber[]>>()(PAGE, DialableSchema),
  leaveSite: message<Reply<null>>()(PAGE, Nothing),
  listHiddenNumbers: message<Reply<Record<string, HiddenNumber[]>>>()(OPTIONS, Nothing),
  showNumberOn: message<Reply<HiddenNumber[]>>()(OPTIONS, v.strictObject({ origin: Origin, number: DialableSchema })),

  getSession: message<Reply<Session>>()(VIEWS, Nothing),
  refreshSession: message<Reply<Session>>()(VIEWS, Nothing),
  connect: message<Reply<Session>>()(OPTIONS, ConnectSchema),
  disconnect: message<Reply<Session>>()(OPTIONS, Nothing),
  setLanguage: message<Reply<null>>()(OPTIONS, v.picklist(['en', 'vi', 'browser'])),

  listHistory: message<Reply<HistoryPage>>()(LISTS, HistoryQuerySchema),
  getMissed: message<Reply<Missed>>()(LISTS, MissedQuerySchema),
  getNote: message<Reply<Note>>()(LISTS, NoteSubjectSchema),
  saveNote: message<Reply<Note>>()(LISTS, SaveNoteSchema),
  openRecording: message<Reply<PlayableRecording>>()(LISTS, HistoryId),
  getVoiceToken: message<Reply<VoiceToken>>()(LISTS, Nothing),

  openCallPage: message<Reply<null>>()(LISTS, CallPageSchema),

  getAgentSettings: message<Reply<AgentSettings>>()(OPTIONS, Nothing),
  setAgentSettings: message<Reply<AgentSettings>>()(VIEWS, AgentSettingsSchema),

  /** Of the window that contains the view; without an id, of the last used window. */
  getActiveSite: message<Reply<SiteStatus>>()(LISTS, v.strictObject({ windowId: v.optional(WindowId) })),
  enableSite: message<Reply<SiteStatus>>()(VIEWS, Origin),
  disableSite: message<Reply<SiteStatus>>()(VIEWS, Origin),
  /** Enables on the way those of the company's sites that the browser has allowed since. */
  getCompany: message<Reply<Company>>()(VIEWS, Nothing),
  listSites: message<Reply<string[]>>()(OPTIONS, Nothing),

  listAgents: message<Reply<AgentRecord[]>>()(OPTIONS, Nothing),
  createAgent: message<Reply<AgentRecord>>()(OPTIONS, AgentCreateSchema),
  changeAgent: message<Reply<AgentRecord>>()(OPTIONS, ChangeAgentSchema),
  createEnrolment: message<Reply<Enrolment>>()(OPTIONS, Id),
  testSipDevice: message<Reply<SipDeviceTry>>()(OPTIONS, Id),
  revokeDevice: message<Reply<null>>()(OPTIONS, Id),
  getPolicy: message<Reply<PolicyVersion>>()(OPTIONS, Nothing),
  savePolicy: message<Reply<PolicyVersion>>()(OPTIONS, SavePolicySchema),
  dryRunPolicy: message<Reply<DryRun>>()(OPTIONS, DryRunRequestSchema),
  exportDoNotCall: message<Reply<string>>()(OPTIONS, Nothing),
  importDoNotCall: message<Reply<DoNotCallImport>>()(OPTIONS, ImportDoNotCallSchema),
  listAskedNotToCall: message<Reply<AskedNotToCall['asked']>>()(OPTIONS, Nothing),
  removeDoNotCall: message<Reply<null>>()(OPTIONS, v.pipe(v.string(), v.maxLength(60))),
  listLocks: message<Reply<LockList['locks']>>()(OPTIONS, Nothing),
  unlockAgent: message<Reply<null>>()(OPTIONS, Id),
  readReport: message<Reply<Report>>()(OPTIONS, ReportAskSchema),
  listPlacedCalls: message<Reply<PlacedPage>>()(OPTIONS, PlacedCallsSchema),
  readAudit: message<Reply<AuditPage>>()(OPTIONS, AuditAskSchema),
  stepUp: message<Reply<{ stepUpUntil: number }>>()(OPTIONS, v.pipe(v.string(), v.maxLength(200))),
} as const;

export type Protocol = typeof protocol;
export type MessageName = keyof Protocol;
export type MessageData<Name extends MessageName> = v.InferOutput<Protocol[Name]['data']>;
export type MessageAnswer<Name extends MessageName> = NonNullable<Protocol[Name]['answer']>;

type ProtocolMap = { [Name in MessageName]: (data: v.InferInput<Protocol[Name]['data']>) => MessageAnswer<Name> };
export const { sendMessage, onMessage } = defineExtensionMessaging<ProtocolMap>();

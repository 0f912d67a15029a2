import type * as v from 'valibot';
import {
  type AgentChange,
  type AgentCreate,
  AgentListSchema,
  AgentRecordSchema,
  AskedNotToCallSchema,
  AuditPageSchema,
  type AuditQuery,
  CallSchema,
  DoNotCallImportSchema,
  type DryRunRequest,
  DryRunSchema,
  EnrolmentSchema,
  HistoryPageSchema,
  type HistoryQuery,
  type HistoryQuerySchema,
  LockListSchema,
  MeSchema,
  type MissedQuery,
  type MissedQuerySchema,
  MissedSchema,
  type NoteChange,
  NoteSchema,
  NumberFactsSchema,
  PlacedPageSchema,
  type Policy,
  PolicyVersionSchema,
  RedeemResponseSchema,
  ReportSchema,
  SipDeviceTrySchema,
  StepUpResponseSchema,
  TicketSchema,
  VoiceTokenSchema,
} from '../../relay/contract.ts';
import type { JournalEntry } from '../storage.ts';
import { readStream, readText } from './read-answer.ts';
import { type RelayConnection, type RelayDeps, type RelayRequest, sendRequest } from './send-request.ts';

/** One click as stored in the journal: `clickedAt` is by this computer's clock and is sent converted to the relay's. */
type ClientCall = Pick<JournalEntry, 'key' | 'number' | 'clickedAt' | 'surface' | 'site' | 'overrideReason' | 'sipDevice'>;

/** Milliseconds by the relay's clock: clicked at or after `from`, before `to`. */
type Period = { from: number; to: number };

/** `cursor`: the `next` of the previous page. */
type PlacedAsk = Period & { limit: number; number?: string | undefined; cursor?: string | undefined };

type AuditAsk = Pick<AuditQuery, 'agent' | 'action' | 'number'> & Partial<Record<'before' | 'limit' | 'from' | 'to', number>>;

/** Timeout for files, which can have megabytes and be built from whole tables. */
const fileMs = 120_000;

const segment = encodeURIComponent;

/** One method per route of relay/contract.ts. Each returns a Reply: the relay's errors with its codes, others with ours. */
export function createRelayClient(connection: RelayConnection, deps: RelayDeps) {
  const send = <T>(request: RelayRequest<T>) => sendRequest(connection, request, deps);
  const get = <T>(path: string, answer: v.GenericSchema<unknown, T>) => send({ method: 'GET', path, answer });
  const getText = (path: string) => send({ method: 'GET', path, answer: readText, timeoutMs: fileMs });
  const post = <T>(path: string, answer: v.GenericSchema<unknown, T>, body?: unknown) =>
    send({ method: 'POST', path, answer, body: body === undefined ? undefined : () => body });

  return {
    redeem: (request: { code: string; passphrase?: string; deviceName?: string }) =>
      post('/v1/enrolments/redeem', RedeemResponseSchema, request),
    getMe: () => get('/v1/me', MeSchema),

    placeCall: ({ key, number, clickedAt, surface, site, overrideReason, sipDevice }: ClientCall) =>
      send({
        method: 'POST',
        path: '/v1/calls',
        answer: CallSchema,
        // The call was placed, even if another agent is connected now.
        isForGood: true,
        headers: { 'Idempotency-Key': key },
        body: (offset) => ({
          number,
          surface,
          clickedAt: Math.max(0, Math.round(clickedAt + offset)),
          ...(site === null ? {} : { site }),
          ...(overrideReason === undefined ? {} : { overrideReason }),
          ...(sipDevice === undefined ? {} : { sipDevice }),
        }),
      }),
    getCall: (key: string) => send({ method: 'GET', path: `/v1/calls/${segment(key)}`, answer: CallSchema, isForGood: true }),

    listHistory: (query: HistoryQuery | v.InferOutput<typeof HistoryQuerySchema>) =>
      get(`/v1/history${queryString(query)}`, HistoryPageSchema),
    getMissed: (query: MissedQuery | v.InferOutput<typeof MissedQuerySchema> = {}) =>
      get(`/v1/missed${queryString(query)}`, MissedSchema),
    getNumber: (number: string) => get(`/v1/numbers/${segment(number)}`, NumberFactsSchema),
    getNote: (subject: string) => get(`/v1/notes/${segment(subject)}`, NoteSchema),
    /** `version` is that of the note that was edited, 0 for a first note. */
    putNote: (subject: string, change: NoteChange, version: number) =>
      send({
        method: 'PUT',
        path: `/v1/notes/${segment(subject)}`,
        answer: NoteSchema,
        headers: { 'If-Match': `"${version}"` },
        body: () => change,
        // A repeat over the version that the first attempt created is a conflict with the same text, which the caller recognises.
        mayRepeat: true,
      }),

    /** The agent's live calls as server-sent events, after the event with that id; ends when `signal` aborts. */
    openEvents: (lastId: string, signal: AbortSignal) =>
      send({ method: 'GET', path: '/v1/events', answer: readStream, headers: { 'Last-Event-ID': lastId }, signal }),

    createTicket: (callId: string) =>
      send({ method: 'POST', path: `/v1/recordings/${segment(callId)}/ticket`, answer: TicketSchema, mayRepeat: true }),
    createVoiceToken: () => send({ method: 'POST', path: '/v1/voice-token', answer: VoiceTokenSchema, mayRepeat: true }),

    stepUp: (passphrase: string) => post('/v1/admin/step-up', StepUpResponseSchema, { passphrase }),
    listAgents: () => get('/v1/admin/agents', AgentListSchema),
    createAgent: (agent: AgentCreate) => post('/v1/admin/agents', AgentRecordSchema, agent),
    changeAgent: (id: string, version: number, change: AgentChange) =>
      send({
        method: 'PATCH',
        path: `/v1/admin/agents/${segment(id)}`,
        answer: AgentRecordSchema,
        headers: { 'If-Match': `"${version}"` },
        body: () => change,
      }),
    createEnrolment: (agentId: string) => post('/v1/admin/enrolments', EnrolmentSchema, { agentId }),
    testSipDevice: (id: string) => post(`/v1/admin/sip-devices/${segment(id)}/test`, SipDeviceTrySchema),
    revokeDevice: (id: string) => send<null>({ method: 'DELETE', path: `/v1/admin/devices/${segment(id)}`, answer: null }),

    getPolicy: () => get('/v1/admin/policy', PolicyVersionSchema),
    savePolicy: (version: number, policy: Policy) =>
      send({
        method: 'PUT',
        path: '/v1/admin/policy',
        answer: PolicyVersionSchema,
        headers: { 'If-Match': `"${version}"` },
        body: () => policy,
      }),
    dryRun: (request: DryRunRequest) => post('/v1/admin/policy/dry-run', DryRunSchema, request),
    exportDoNotCall: () => getText('/v1/admin/do-not-call'),
    importDoNotCall: (mode: 'add' | 'replace', csv: string) =>
      send({
        method: 'POST',
        path: `/v1/admin/do-not-call${queryString({ mode })}`,
        answer: DoNotCallImportSchema,
        csv,
        timeoutMs: fileMs,
      }),
    listAskedNotToCall: () => get('/v1/admin/do-not-call/asked', AskedNotToCallSchema),
    removeDoNotCall: (number: string) =>
      send<null>({ method: 'DELETE', path: `/v1/admin/do-not-call/${segment(number)}`, answer: null }),
    listLocks: () => get('/v1/admin/locks', LockListSchema),
    unlockAgent: (id: string) => send<null>({ method: 'DELETE', path: `/v1/admin/locks/${segment(id)}`, answer: null }),
    /** One line for each agent and day (31 days at most), or for each agent. */
    readReport: (query: Period & { per: 'day' | 'period' }) => get(`/v1/admin/reports${queryString(query)}`, ReportSchema),
    /** Clicks, newest first; with `number`, in any format, only clicks of that number. */
    listPlacedCalls: (query: PlacedAsk) => get(`/v1/admin/reports/calls${queryString(query)}`, PlacedPageSchema),
    readAudit: (query: AuditAsk) => get(`/v1/admin/audit${queryString(query)}`, AuditPageSchema),
  };
}
export type RelayClient = ReturnType<typeof createRelayClient>;

function queryString(query: Record<string, string | number | undefined>): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  return given.length === 0 ? '' : `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`;
}

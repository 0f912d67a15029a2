import type { GenericSchema } from 'valibot';
import * as contract from '../contract.ts';

/**
 * What a route requires: a proof by the browser's key, a ticket in the address, a device, an admin's device, an admin's device
 * with step-up; or nothing.
 */
export type Guard = 'open' | 'proof' | 'ticket' | 'agent' | 'admin' | 'step-up';

export interface Operation {
  /** `POST /v1/calls`, parameters as `:name`. */
  route: string;
  guard: Guard;
  summary: string;
  query?: GenericSchema;
  body?: GenericSchema;
  /** Media type of a body that is not JSON and has no schema. */
  bodyType?: string;
  /** Request headers besides those of the guard. */
  headers?: string[];
  /** Request headers that may be left out. */
  optionalHeaders?: string[];
  status: number;
  /** A request with `Range` is answered with 206 and the requested part. */
  hasRanges?: boolean;
  /** Absent if there is no body, or one of `mediaType`. */
  answer?: GenericSchema;
  mediaType?: string;
}

const ifMatch = ['If-Match'];

/** Every route of the relay, for the documentation and for the tests that compare the two. */
export const operations: Operation[] = [
  {
    route: 'POST /v1/enrolments/redeem',
    guard: 'proof',
    summary: 'Swap a one-time code for a device token.',
    body: contract.RedeemRequestSchema,
    status: 201,
    answer: contract.RedeemResponseSchema,
  },
  {
    route: 'GET /v1/me',
    guard: 'agent',
    summary: 'Who this device is, what it may do, and how AntBuddy and the history are.',
    status: 200,
    answer: contract.MeSchema,
  },
  {
    route: 'POST /v1/calls',
    guard: 'agent',
    summary: 'Place a call, at most once for its key.',
    headers: ['Idempotency-Key'],
    body: contract.CallRequestSchema,
    status: 201,
    answer: contract.CallSchema,
  },
  { route: 'GET /v1/calls/:key', guard: 'agent', summary: 'What became of a call.', status: 200, answer: contract.CallSchema },
  {
    route: 'GET /v1/history',
    guard: 'agent',
    summary: 'The agent’s own calls, newest first.',
    query: contract.HistoryQuerySchema,
    status: 200,
    answer: contract.HistoryPageSchema,
  },
  {
    route: 'GET /v1/missed',
    guard: 'agent',
    summary: 'Numbers that the agent has to call back: calls in vain, and calls noted to be repeated later; newest first.',
    query: contract.MissedQuerySchema,
    status: 200,
    answer: contract.MissedSchema,
  },
  {
    route: 'GET /v1/notes/:subject',
    guard: 'agent',
    summary: 'The agent’s own note on a call; version 0 where there is none.',
    status: 200,
    answer: contract.NoteSchema,
  },
  {
    route: 'PUT /v1/notes/:subject',
    guard: 'agent',
    summary: 'Write, change or empty the agent’s own note on a call.',
    headers: ifMatch,
    body: contract.NoteChangeSchema,
    status: 200,
    answer: contract.NoteSchema,
  },
  {
    route: 'GET /v1/numbers/:number',
    guard: 'agent',
    summary: 'What is known of a number before it is called.',
    status: 200,
    answer: contract.NumberFactsSchema,
  },
  {
    route: 'POST /v1/recordings/:callId/ticket',
    guard: 'agent',
    summary: 'An address that plays a recording for ten minutes.',
    status: 201,
    answer: contract.TicketSchema,
  },
  {
    route: 'GET /v1/recordings/:callId/audio',
    guard: 'ticket',
    summary: 'The audio, with Range; with download=1 as a file to save, where the policy allows it.',
    query: contract.AudioQuerySchema,
    optionalHeaders: ['Range', 'If-Range'],
    status: 200,
    hasRanges: true,
    mediaType: 'audio/mpeg',
  },
  {
    route: 'POST /v1/voice-token',
    guard: 'agent',
    summary: 'A voice token of the agent’s own device.',
    status: 200,
    answer: contract.VoiceTokenSchema,
  },
  {
    route: 'GET /v1/events',
    guard: 'agent',
    summary: 'The agent’s own live calls as server-sent events; Last-Event-ID resumes.',
    optionalHeaders: ['Last-Event-ID'],
    status: 200,
    mediaType: 'text/event-stream',
  },
  {
    route: 'POST /v1/admin/step-up',
    guard: 'admin',
    summary: 'Confirm the passphrase; admin changes are open for ten minutes.',
    body: contract.StepUpRequestSchema,
    status: 200,
    answer: contract.StepUpResponseSchema,
  },
  {
    route: 'GET /v1/admin/agents',
    guard: 'admin',
    summary: 'All agents with their devices.',
    status: 200,
    answer: contract.AgentListSchema,
  },
  {
    route: 'POST /v1/admin/agents',
    guard: 'step-up',
    summary: 'Make an agent.',
    body: contract.AgentCreateSchema,
    status: 201,
    answer: contract.AgentRecordSchema,
  },
  {
    route: 'PATCH /v1/admin/agents/:id',
    guard: 'step-up',
    summary: 'Change an agent.',
    headers: ifMatch,
    body: contract.AgentChangeSchema,
    status: 200,
    answer: contract.AgentRecordSchema,
  },
  {
    route: 'POST /v1/admin/enrolments',
    guard: 'step-up',
    summary: 'A one-time code that connects an agent’s browser.',
    body: contract.EnrolmentRequestSchema,
    status: 201,
    answer: contract.EnrolmentSchema,
  },
  {
    route: 'POST /v1/admin/sip-devices/:id/test',
    guard: 'step-up',
    summary: 'Whether AntBuddy accepts the SIP user and password of a device; nothing rings.',
    status: 200,
    answer: contract.SipDeviceTrySchema,
  },
  { route: 'DELETE /v1/admin/devices/:id', guard: 'step-up', summary: 'End a browser’s access.', status: 204 },
  {
    route: 'GET /v1/admin/policy',
    guard: 'admin',
    summary: 'The call policy in force.',
    status: 200,
    answer: contract.PolicyVersionSchema,
  },
  {
    route: 'PUT /v1/admin/policy',
    guard: 'step-up',
    summary: 'Put another call policy in force.',
    headers: ifMatch,
    body: contract.PolicySchema,
    status: 200,
    answer: contract.PolicyVersionSchema,
  },
  {
    route: 'POST /v1/admin/policy/dry-run',
    guard: 'admin',
    summary: 'What would become of a call to a number.',
    body: contract.DryRunRequestSchema,
    status: 200,
    answer: contract.DryRunSchema,
  },
  {
    route: 'GET /v1/admin/do-not-call',
    guard: 'admin',
    summary: 'The do-not-call list as CSV.',
    status: 200,
    mediaType: 'text/csv',
  },
  {
    route: 'POST /v1/admin/do-not-call',
    guard: 'step-up',
    summary: 'Add numbers from CSV (number, reason), sent with a Content-Length; with mode=replace they become the whole list.',
    query: contract.ImportQuerySchema,
    bodyType: 'text/csv',
    status: 200,
    answer: contract.DoNotCallImportSchema,
  },
  {
    route: 'GET /v1/admin/do-not-call/asked',
    guard: 'admin',
    summary: 'Numbers that agents noted as asking not to be called and that are not on the list yet.',
    status: 200,
    answer: contract.AskedNotToCallSchema,
  },
  {
    route: 'DELETE /v1/admin/do-not-call/:number',
    guard: 'step-up',
    summary: 'Take a number off the do-not-call list.',
    status: 204,
  },
  {
    route: 'GET /v1/admin/locks',
    guard: 'admin',
    summary: 'Agents that the burst lock stopped.',
    status: 200,
    answer: contract.LockListSchema,
  },
  { route: 'DELETE /v1/admin/locks/:id', guard: 'step-up', summary: 'Let a locked agent call again.', status: 204 },
  {
    route: 'GET /v1/admin/audit',
    guard: 'admin',
    summary: 'What was done, by whom, newest first.',
    query: contract.AuditQuerySchema,
    status: 200,
    answer: contract.AuditPageSchema,
  },
  {
    route: 'GET /v1/admin/reports',
    guard: 'admin',
    summary: 'Clicks, outcomes, refusals and talk time by agent and day, or by agent; with format=csv as a file.',
    query: contract.ReportQuerySchema,
    status: 200,
    answer: contract.ReportSchema,
  },
  {
    route: 'GET /v1/admin/reports/calls',
    guard: 'admin',
    summary:
      'Every call that was clicked, newest first: who, what number, from where, what became of it; with format=csv as a file.',
    query: contract.PlacedQuerySchema,
    status: 200,
    answer: contract.PlacedPageSchema,
  },
  { route: 'GET /docs', guard: 'open', summary: 'This documentation as a page.', status: 200, mediaType: 'text/html' },
  {
    route: 'GET /docs/openapi.json',
    guard: 'open',
    summary: 'This documentation as OpenAPI.',
    status: 200,
    mediaType: 'application/json',
  },
];

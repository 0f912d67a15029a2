import type { CallPlan } from './call-plans.ts';
import { type Clock, systemClock } from './clock.ts';
import type { Device } from './devices.ts';
import type { EmptyList, Envelope, RecordFields } from './envelope.ts';
import type { HashOrder } from './hash.ts';
import type { RateLimitRule } from './rate-limit.ts';
import type { SeedOptions } from './seeded-history.ts';
import type { ExpireFormat } from './voice-tokens.ts';

/** The body sent with a 400 for a refused device; the document shows none. `status`: a 200 whose body contains the status 400. */
export const offlineBodies = ['plain', 'json', 'empty', 'status'] as const;
export type OfflineBody = (typeof offlineBodies)[number];
/** The body sent with the 200 for an accepted click. */
export const acceptedBodies = ['json', 'plain', 'empty', 'status'] as const;
export type AcceptedBody = (typeof acceptedBodies)[number];

/** Properties of the answers that the document leaves open; the control may change them at any time. */
export interface Answers {
  envelope: Envelope;
  emptyList: EmptyList;
  recordFields: RecordFields;
  expireFormat: ExpireFormat;
  acceptedBody: AcceptedBody;
  offlineBody: OfflineBody;
  /** Origin in the recordings' URLs; null for their real origin. */
  mediaOrigin: string | null;
}

export interface AntBuddyOptions extends Partial<Answers> {
  appId?: string;
  appSecret?: string;
  /** Credential of the call-signal server. */
  accountId?: string;
  devices?: Device[];
  seed?: SeedOptions;
  /** The company's own phone numbers. */
  didNumbers?: string[];
  /** Ports of the API, the recordings and the signals; 0 (default) lets the system choose. */
  port?: number;
  mediaPort?: number;
  signalPort?: number;
  host?: string;
  clock?: Clock;
  /** Default course of calls, unless `plans` or the control says otherwise: ringing 3 s, answered, talking 8 s. */
  ringMs?: number;
  talkMs?: number;
  outcome?: CallPlan['outcome'];
  /** Keys are dialled numbers, or the beginning of one followed by `*`. */
  plans?: Record<string, Partial<CallPlan>>;
  /**
   * Delay from the end of a call to its record in the histories (default 1000), and from there to its recording's name (default
   * 0).
   */
  historyDelayMs?: number;
  recordingDelayMs?: number;
  /** Lifetime of a signed media URL (default 10 minutes) and of an auth token (default 1 hour). */
  mediaTtlMs?: number;
  tokenTtlMs?: number;
  hashOrder?: HashOrder;
  /**
   * Requests that must have the content type application/json: all four endpoints, as the document says (default), or only those
   * with a body.
   */
  contentType?: 'all' | 'body';
  /** The document gives no figure. Default 600 requests a minute; null for no limit. */
  rateLimit?: RateLimitRule | null;
  /** Owner-ID in call signals: the user name, or an opaque id as in Kazoo. */
  ownerId?: 'username' | 'opaque';
  /**
   * Call-Direction in call signals: of the device's leg as seen by the server, as in Kazoo (default), or of the call as seen by
   * the company.
   */
  callDirection?: 'leg' | 'company';
  /** Whether call signals report an outbound call as one, or as two legs, and which field links the legs. */
  legs?: 'one' | 'interaction' | 'other-leg';
  /**
   * How the signal server refuses: with an error and a disconnect, with an error on an open connection like Kazoo's blackhole, or
   * with a silent disconnect.
   */
  refusals?: 'close' | 'tell' | 'silent';
}

const defaultDevices: Device[] = [
  { sipUser: 'mailan101', sipPassword: 'sip-mailan-4Tq8', username: 'mailan', online: true },
  { sipUser: 'quochuy102', sipPassword: 'sip-quochuy-9Lm2', username: 'quochuy', online: true },
  { sipUser: 'thutrang103', sipPassword: 'sip-thutrang-6Vx5', username: 'thutrang', online: true },
  { sipUser: 'mailan201', sipPassword: 'sip-mailan-8Wd3', username: 'mailan', online: true },
];

const usualAnswers: Answers = {
  envelope: 'data',
  emptyList: 'array',
  recordFields: 'document',
  expireFormat: 'seconds',
  acceptedBody: 'json',
  offlineBody: 'plain',
  mediaOrigin: null,
};

export function withDefaults(options: AntBuddyOptions) {
  return {
    ...usualAnswers,
    appId: '6544646543674',
    appSecret: 'sandbox-app-secret-R7w2',
    accountId: '5f0c2a9e7b1d4c38a6e4917d20b8f35c',
    devices: defaultDevices,
    seed: { calls: 400 },
    didNumbers: ['02873019555', '02473012888'],
    port: 0,
    mediaPort: 0,
    signalPort: 0,
    host: '127.0.0.1',
    clock: systemClock,
    ringMs: 3000,
    talkMs: 8000,
    outcome: 'SUCCESS' as const,
    plans: {},
    historyDelayMs: 1000,
    recordingDelayMs: 0,
    mediaTtlMs: 10 * 60_000,
    tokenTtlMs: 60 * 60_000,
    hashOrder: 'appId-first' as const,
    contentType: 'all' as const,
    rateLimit: { requests: 600, windowMs: 60_000 },
    ownerId: 'username' as const,
    callDirection: 'leg' as const,
    legs: 'one' as const,
    refusals: 'close' as const,
    ...options,
  };
}

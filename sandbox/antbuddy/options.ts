import type { CallPlan } from './call-plans.ts';
import { type Clock, systemClock } from './clock.ts';
import type { Device } from './devices.ts';
import type { EmptyList, Envelope, RecordFields } from './envelope.ts';
import type { HashOrder } from './hash.ts';
import type { RateLimitRule } from './rate-limit.ts';
import type { SeedOptions } from './seeded-history.ts';
import type { ExpireFormat } from './voice-tokens.ts';

/** What a refused device answers besides its 400; the document shows no body. `status`: the 400 stands in the body of a 200. */
export const offlineBodies = ['plain', 'json', 'empty', 'status'] as const;
export type OfflineBody = (typeof offlineBodies)[number];
/** What a click that was taken answers besides its 200. */
export const acceptedBodies = ['json', 'plain', 'empty', 'status'] as const;
export type AcceptedBody = (typeof acceptedBodies)[number];

/** What the document leaves open of the answers; the control may change it at any time. */
export interface Answers {
  envelope: Envelope;
  emptyList: EmptyList;
  recordFields: RecordFields;
  expireFormat: ExpireFormat;
  acceptedBody: AcceptedBody;
  offlineBody: OfflineBody;
  /** Where recordings are said to be; null for where they are. */
  mediaOrigin: string | null;
}

export interface AntBuddyOptions extends Partial<Answers> {
  appId?: string;
  appSecret?: string;
  /** Credential of the call-signal server. */
  accountId?: string;
  devices?: Device[];
  seed?: SeedOptions;
  /** The company's own numbers. */
  didNumbers?: string[];
  /** Ports of the API, the recordings and the signals; 0 (default) lets the system choose. */
  port?: number;
  mediaPort?: number;
  signalPort?: number;
  host?: string;
  clock?: Clock;
  /** How calls go unless `plans` or the control says otherwise. Default: rings 3 s, is answered, talks 8 s. */
  ringMs?: number;
  talkMs?: number;
  outcome?: CallPlan['outcome'];
  /** By number as dialled, or its beginning and `*`. */
  plans?: Record<string, Partial<CallPlan>>;
  /** From the end of a call to its row in the histories, and from the row to its recording's name. Default 1000 and 0. */
  historyDelayMs?: number;
  recordingDelayMs?: number;
  /** Life of a signed media URL (default 10 minutes) and of an auth token (default 1 hour). */
  mediaTtlMs?: number;
  tokenTtlMs?: number;
  hashOrder?: HashOrder;
  /** Requests that must say application/json: all four endpoints as the document has it (default), or those with a body. */
  contentType?: 'all' | 'body';
  /** The document names no figure. Default 600 requests a minute; null for none. */
  rateLimit?: RateLimitRule | null;
  /** Longest sound of a recording, in seconds (default 90), and memory for made ones (default 16 MB). */
  recordingCapSeconds?: number;
  recordingCacheBytes?: number;
  /** Owner-ID in call signals: the user name, or an opaque id as Kazoo has it. */
  ownerId?: 'username' | 'opaque';
  /** Call-Direction in call signals: of the device's leg as the server sees it, as in Kazoo (default), or of the call as the company does. */
  callDirection?: 'leg' | 'company';
  /** Whether call signals tell of a call that goes out as one, or of its two legs, and by what these are known for one call. */
  legs?: 'one' | 'interaction' | 'other-leg';
  /** How the signal server refuses: it says so and ends the connection, says so and keeps it open, as Kazoo's blackhole does, or ends it without a word. */
  refusals?: 'close' | 'tell' | 'silent';
}

export const defaultDevices: Device[] = [
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
    recordingCapSeconds: 90,
    recordingCacheBytes: 16_000_000,
    ownerId: 'username' as const,
    callDirection: 'leg' as const,
    legs: 'one' as const,
    refusals: 'close' as const,
    ...options,
  };
}

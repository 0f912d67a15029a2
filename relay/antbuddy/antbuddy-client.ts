import * as v from 'valibot';
import type { RelayConfig } from '../config.ts';
import type { ErrorCode } from '../contract.ts';
import { RelayError } from '../http/relay-error.ts';
import { type CallOutcome, outcomeOfAnswer, outcomeOfError } from './call-outcome.ts';
import { type Answer, type Exchange, exchange } from './exchange.ts';
import { findRecords } from './find-records.ts';
import { type HashOrder, hashHeader, hashParameters } from './hash.ts';
import { createHealth, type UpstreamHealth } from './health.ts';
import { parseJson } from './parse-json.ts';
import { readExpiry } from './read-expiry.ts';
import { type BackOff, createReadGate } from './read-gate.ts';
import { describeAnswer, refusalOf, saidIn } from './read-refusal.ts';

export interface HistoriesQuery {
  /** Epoch milliseconds, at most 31 days apart. */
  from: number;
  to: number;
  /** At most 100. */
  limit: number;
  page: number;
}

export interface Dial {
  /** Digits as the dial plan gives them. */
  number: string;
  sipUser: string;
  sipPassword: string;
  /** Epoch milliseconds after which no byte may be written; the outcome is then `not_sent`. */
  sendBy: number;
}

/**
 * Client of the vendor's signed open API. Reads throw RelayError with an `upstream_…` code; `clickToCall` never throws for an
 * upstream failure.
 */
export interface AntBuddyClient {
  /** Section 1. One page of records as sent, in AntBuddy's order. */
  listHistories(query: HistoriesQuery): Promise<unknown[]>;
  /**
   * Section 2. The signed, expiring address of a recording. Throws `recording_missing` when AntBuddy has no recording of that
   * name.
   */
  recordingUrl(fileName: string): Promise<URL>;
  /** Section 3. One attempt on a fresh connection, never retried. */
  clickToCall(dial: Dial): Promise<CallOutcome>;
  /** Section 4. `expiresAt` in epoch milliseconds. */
  voiceToken(credentials: { sipUser: string; sipPassword: string }): Promise<{ value: string; expiresAt: number }>;
  health(): UpstreamHealth;
  /** Until when reads are refused because AntBuddy reported its rate limit. */
  backOff(): BackOff;
  joinBackOff(other: BackOff): void;
  /** Milliseconds to wait before the next page of the histories, so that the rate limit is not hit again. */
  readPauseMs(): number;
}

interface ClientSettings {
  antbuddy: Pick<RelayConfig['antbuddy'], 'appId' | 'appSecret' | 'baseUrl' | 'hashOrder'> &
    Partial<Pick<RelayConfig['antbuddy'], 'authHeader'>>;
  now?: () => number;
  random?: () => number;
  /** Milliseconds: `connectMs` to connect, `totalMs` for the whole exchange. */
  budgets?: { connectMs: number; totalMs: number };
  /** Called once when an answer is unusual but usable. */
  warn?: (text: string) => void;
}

/** Assumed lifetime of a token whose expiry cannot be read. Too short costs an extra token request; too long loses live calls. */
const unknownLifeMs = 300_000;

const MediaSchema = v.object({ media: v.pipe(v.string(), v.maxLength(4000), v.url()) });
const TokenSchema = v.object({ value: v.pipe(v.string(), v.minLength(1), v.maxLength(8000)), expire: v.optional(v.unknown()) });

export function createAntBuddyClient({ antbuddy, now = Date.now, random, budgets, warn }: ClientSettings): AntBuddyClient {
  const { appId, appSecret, baseUrl, hashOrder, authHeader = 'x-auth-app-hash' } = antbuddy;
  const gate = createReadGate(now, random);
  const health = createHealth(now);
  let isExpireTold = false;

  const address = (path: string, query = '') =>
    new URL(`${baseUrl.pathname.replace(/\/$/, '')}/oapi/v1/${path}${query}`, baseUrl);
  const signedGet = (path: string, parameters: [name: string, value: string][], order?: HashOrder): Exchange => {
    const values = parameters.map(([, value]) => value);
    const sent = [['appId', appId], ...parameters, ['hash', hashParameters(appId, values, appSecret, order)]];
    const query = sent.map(([name, value = '']) => `${name}=${encodeURIComponent(value)}`).join('&');
    return { method: 'GET', url: address(path, `?${query}`), headers: { 'content-type': 'application/json' } };
  };
  const signedPost = (path: string, { sipUser, sipPassword }: { sipUser: string; sipPassword: string }): Exchange => ({
    method: 'POST',
    url: address(path),
    headers: { 'content-type': 'application/json', 'x-auth-app-id': appId, [authHeader]: hashHeader(appId, appSecret) },
    body: JSON.stringify({ sipUser, sipPassword }),
  });

  /** @param parse throws RelayError if it cannot interpret the answer */
  async function read<Parsed>(request: Exchange, on400: ErrorCode, parse: (answer: unknown) => Parsed): Promise<Parsed> {
    const passed = gate.pass();
    const answer = await attempt(request);
    const value = answer instanceof RelayError ? undefined : parseJson(answer.body);
    // A success status without JSON means a wrong address, or a proxy in front of AntBuddy that answers with a page of its own.
    const unread = value === undefined ? 'upstream_malformed' : null;
    const code = answer instanceof RelayError ? answer.code : (refusalOf(answer.status, saidIn(value), on400) ?? unread);
    if (code === 'upstream_busy') gate.close(passed);
    if (code === null) gate.open(passed);
    try {
      if (answer instanceof RelayError) throw answer;
      if (code) throw new RelayError(code, { cause: `HTTP ${describeAnswer(answer.status, saidIn(value))}` });
      const parsed = parse(value);
      health.note(null, 'read');
      return parsed;
    } catch (error) {
      if (error instanceof RelayError) health.note(error.code, 'read');
      throw error;
    }
  }

  async function attempt(request: Exchange): Promise<Answer | RelayError> {
    try {
      return await exchange({ ...budgets, ...request });
    } catch (error) {
      const outcome = outcomeOfError(error);
      return new RelayError('upstream_unreachable', { cause: 'detail' in outcome ? outcome.detail : error });
    }
  }

  return {
    async listHistories({ from, to, limit, page }) {
      const parameters: [string, string][] = [
        ['created_from', new Date(from).toISOString()],
        ['created_to', new Date(to).toISOString()],
        ['limit', String(limit)],
        ['page', String(page)],
      ];
      const request = signedGet('call/histories', parameters, hashOrder);
      // Enough for 100 records of 40 kB each, far above what is expected.
      return read({ ...request, maxBytes: 4_194_304 }, 'upstream_malformed', findRecords);
    },

    async recordingUrl(fileName) {
      const request = signedGet('call/play_recording', [['media', fileName]]);
      return read(request, 'recording_missing', (answer) => new URL(parseAnswer(MediaSchema, answer).media));
    },

    async clickToCall({ number, sipUser, sipPassword, sendBy }) {
      const request = signedPost(`call/click-to-call/${encodeURIComponent(number)}`, { sipUser, sipPassword });
      const mayWrite = () => now() <= sendBy;
      const { closings } = gate;
      const outcome = await exchange({ ...budgets, ...request, mayWrite }).then(outcomeOfAnswer, outcomeOfError);
      const code = outcome.state === 'accepted' ? null : outcome.code;
      // `click_too_old` means that the relay was slow; it says nothing about AntBuddy.
      if (code !== 'click_too_old') health.note(code, 'call');
      if (code === 'upstream_busy') gate.close(closings);
      return outcome;
    },

    async voiceToken(credentials) {
      return read(signedPost('voice/auth_token', credentials), 'device_offline', (answer) => {
        const { value, expire } = parseAnswer(TokenSchema, answer);
        const expiresAt = readExpiry(expire, now());
        if (expiresAt === null && !isExpireTold)
          warn?.('the expire of a voice token cannot be read: each is taken to last for 5 minutes');
        isExpireTold ||= expiresAt === null;
        return { value, expiresAt: expiresAt ?? now() + unknownLifeMs };
      });
    },

    health: health.read,
    backOff: () => gate.backOff,
    joinBackOff: gate.join,
    readPauseMs: () => gate.pauseMs,
  };
}

/** Parses the vendor's answer by the schema; unknown fields are dropped. */
function parseAnswer<Schema extends v.GenericSchema>(schema: Schema, answer: unknown): v.InferOutput<Schema> {
  const result = v.safeParse(schema, answer, { abortEarly: true });
  if (result.success) return result.output;
  // Names the field only: its value may be a signed address.
  throw new RelayError('upstream_malformed', { cause: `unreadable ${v.getDotPath(result.issues[0]) ?? 'answer'}` });
}

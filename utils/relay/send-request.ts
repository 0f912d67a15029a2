import type * as v from 'valibot';
import { fail, type Reply } from '../reply.ts';
import { createProof } from './create-proof.ts';
import { readAnswer, timedOut, unreachable } from './read-answer.ts';
import type { RelayClock } from './relay-clock.ts';

export interface RelayConnection {
  /** As normaliseRelayUrl gives it. */
  baseUrl: string;
  keys: CryptoKeyPair;
  /** Absent until a code was redeemed. */
  token?: string;
}

export interface RelayDeps {
  clock: RelayClock;
  fetch?: typeof fetch;
  /** Of a request that names no time of its own. */
  timeoutMs?: number;
  /** Whether the connection is still the one of this browser. */
  isCurrent?: () => Promise<boolean>;
}

export interface RelayRequest<T> {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** After the base: `/v1/me`. */
  path: string;
  /** Built at each attempt, with the milliseconds that move a time of this computer to the relay's clock. */
  body?: (offset: number) => unknown;
  /** A body that is no JSON. */
  csv?: string;
  headers?: Record<string, string>;
  /** Schema of the answer's body, null where it does not matter, or what reads the answer. */
  answer: v.GenericSchema<unknown, T> | null | ((response: Response) => Promise<Reply<T>>);
  signal?: AbortSignal;
  /** What may take longer than another request: until the answer is read. */
  timeoutMs?: number;
  /** Whether it does no harm to ask once more, as with every GET. */
  mayRepeat?: boolean;
  /** Whether the answer is told also when the connection was given up meanwhile. */
  isForGood?: boolean;
}

/** Said before the relay has looked at the request itself, so that it may be made again. */
const STALE = 'proof_stale';
/** A browser sent the request again by itself and its first answer was lost. */
const USED = 'proof_used';
const WORTHWHILE_MS = 1000;

/**
 * One request to the relay, proved by the device's key. Never throws; a repeat happens only when the clock was corrected, or
 * where the answer was lost and asking once more does no harm. What was said to an agent who is not connected any more is nobody's.
 */
export async function sendRequest<T>(connection: RelayConnection, request: RelayRequest<T>, deps: RelayDeps): Promise<Reply<T>> {
  const reply = await attemptTwice(connection, request, deps);
  if (!deps.isCurrent || request.isForGood || (await deps.isCurrent())) return reply;
  return fail('not_connected');
}

async function attemptTwice<T>(connection: RelayConnection, request: RelayRequest<T>, deps: RelayDeps): Promise<Reply<T>> {
  const before = await deps.clock.offset();
  const reply = await attempt(connection, request, deps);
  const mayRepeat = request.mayRepeat || request.method === 'GET';
  if (!reply.ok && reply.error.code === USED && mayRepeat) return attempt(connection, request, deps);
  if (reply.ok || reply.error.code !== STALE) return reply;
  const corrected = Math.abs((await deps.clock.offset()) - before);
  return corrected >= WORTHWHILE_MS ? attempt(connection, request, deps) : reply;
}

async function attempt<T>(connection: RelayConnection, request: RelayRequest<T>, deps: RelayDeps): Promise<Reply<T>> {
  const { clock, fetch: send = fetch } = deps;
  const url = connection.baseUrl + request.path;
  const offset = await clock.offset();
  const sentAt = clock.now();
  const json = request.body?.(offset);
  const body = request.csv ?? (json === undefined ? undefined : JSON.stringify(json));
  const timeout = new AbortController();
  const timer = setTimeout(() => timeout.abort(), request.timeoutMs ?? deps.timeoutMs ?? 15_000);
  try {
    const response = await send(url, {
      method: request.method,
      headers: {
        ...(await proofHeaders(connection, request.method, url, sentAt + offset)),
        ...(body === undefined ? {} : { 'Content-Type': request.csv === undefined ? 'application/json' : 'text/csv' }),
        ...request.headers,
      },
      body,
      cache: 'no-store',
      credentials: 'omit',
      // A redirect would carry the token elsewhere; seen as an answer that is not the relay's.
      redirect: 'manual',
      signal: request.signal ? AbortSignal.any([request.signal, timeout.signal]) : timeout.signal,
    });
    await clock.learn(response.headers.get('Date'), sentAt, clock.now());
    const { answer } = request;
    return await (typeof answer === 'function' ? answer(response) : readAnswer(response, answer));
  } catch (error) {
    if (timeout.signal.aborted) return timedOut();
    // fetch and body reading reject with TypeError for every kind of network failure (Fetch §5.6).
    if (error instanceof TypeError || request.signal?.aborted) return unreachable();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

async function proofHeaders(
  { keys, token }: RelayConnection,
  method: string,
  url: string,
  at: number,
): Promise<Record<string, string>> {
  const proof = await createProof(keys, { method, url, token, at });
  return token === undefined ? { DPoP: proof } : { DPoP: proof, Authorization: `DPoP ${token}` };
}

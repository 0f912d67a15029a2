import type * as v from 'valibot';
import { fail, type Reply } from '../reply.ts';
import { createProof } from './create-proof.ts';
import { readAnswer } from './read-answer.ts';
import type { RelayClock } from './relay-clock.ts';

export interface RelayConnection {
  /** As returned by normaliseRelayUrl. */
  baseUrl: string;
  keys: CryptoKeyPair;
  /** Absent until a code is redeemed. */
  token?: string;
}

export interface RelayDeps {
  clock: RelayClock;
  fetch?: typeof fetch;
  /** For requests without a timeout of their own. */
  timeoutMs?: number;
  /** Whether this browser still has this connection. */
  isCurrent?: () => Promise<boolean>;
}

export interface RelayRequest<T> {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path after the base URL: `/v1/me`. */
  path: string;
  /** Built for each attempt, with the milliseconds that convert this computer's time to the relay's. */
  body?: (offset: number) => unknown;
  /** A CSV body, instead of JSON. */
  csv?: string;
  headers?: Record<string, string>;
  /** Schema of the response's body, null if it does not matter, or a function that reads the response. */
  answer: v.GenericSchema<unknown, T> | null | ((response: Response) => Promise<Reply<T>>);
  signal?: AbortSignal;
  /** For requests that may take longer; covers reading the response. */
  timeoutMs?: number;
  /** Whether repeating the request is harmless, as with every GET. */
  mayRepeat?: boolean;
  /** Whether the answer is returned even if the connection was given up meanwhile. */
  isForGood?: boolean;
}

/** The relay answers this before it processes the request, so that it can be repeated. */
const STALE = 'proof_stale';
/** The browser itself repeated the request and the first answer was lost. */
const USED = 'proof_used';
const WORTHWHILE_MS = 1000;

/**
 * Sends one request to the relay, proved by the device's key. Never throws. Repeats only if the clock was corrected, or if the
 * answer was lost and repeating is harmless. An answer for an agent who is no longer connected is dropped.
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
      // A redirect would send the token elsewhere; it is treated as an answer that is not the relay's.
      redirect: 'manual',
      signal: request.signal ? AbortSignal.any([request.signal, timeout.signal]) : timeout.signal,
    });
    await clock.learn(response.headers.get('Date'), sentAt, clock.now());
    const { answer } = request;
    return await (typeof answer === 'function' ? answer(response) : readAnswer(response, answer));
  } catch (error) {
    if (timeout.signal.aborted) return fail('relay_timeout');
    // fetch and body reading reject with TypeError for every kind of network failure (Fetch §5.6).
    if (error instanceof TypeError || request.signal?.aborted) return fail('relay_unreachable');
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

import type { ErrorCode } from '../contract.ts';
import { type Answer, BrokenAnswerError, TooLateError } from './exchange.ts';
import { NotSentError } from './open-socket.ts';
import { describeAnswer, readRefusal, saysNo, statusOf } from './read-refusal.ts';

/**
 * What became of one attempt to place a call. Only an answer that says so is a yes or a no: whatever leaves room for a
 * device that rings is `unknown`.
 */
export type CallOutcome =
  | { state: 'accepted' }
  | { state: 'rejected' | 'not_sent' | 'unknown'; code: ErrorCode /** For the log. */; detail: string };

/**
 * Reads the answer to click-to-call (section 3.3). A 4xx and the documented 503 were refused before any dialling. A 500 is
 * the API server failing after it read the request, perhaps after it dialled, and a redirect or a gateway's 502 or 504
 * leaves the same doubt. The body of a 200 is not documented, so any will do but a web page and one that speaks against the call.
 */
export function outcomeOfAnswer(answer: Answer): CallOutcome {
  const { contentType, body } = answer;
  const status = statusOf(answer);
  const refusal = readRefusal(body);
  const detail = `AntBuddy answered ${describeAnswer(answer)}`;
  const rejected = (code: ErrorCode): CallOutcome => ({ state: 'rejected', code, detail });
  if (status === 503 || status === 429) return rejected('upstream_busy');
  if (refusal?.credentials || status === 401 || status === 403) return rejected('upstream_refused');
  if (status >= 200 && status < 300) {
    if (refusal?.known) return rejected('upstream_malformed');
    return isWebPage(contentType, body) || saysNo(body) ? unknown(detail) : { state: 'accepted' };
  }
  if (status < 400 || status >= 500) return unknown(detail);
  return rejected(status === 400 && !refusal?.known ? 'device_offline' : 'upstream_malformed');
}

/** The outcome of an attempt that ended without an answer. Rethrows what is no failure of the connection. */
export function outcomeOfError(error: unknown): CallOutcome {
  if (error instanceof TooLateError) return { state: 'not_sent', code: 'click_too_old', detail: error.message };
  if (error instanceof NotSentError) return { state: 'not_sent', code: 'upstream_unreachable', detail: error.message };
  if (error instanceof BrokenAnswerError) return unknown(error.message);
  throw error;
}

function unknown(detail: string): CallOutcome {
  return { state: 'unknown', code: 'outcome_unknown', detail };
}

/** A proxy's page in front of AntBuddy, not AntBuddy. */
function isWebPage(contentType: string, body: string): boolean {
  return /\bhtml\b/i.test(contentType) || /^\s*</.test(body);
}

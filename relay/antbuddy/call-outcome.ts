import type { ErrorCode } from '../contract.ts';
import { type Answer, BrokenAnswerError, TooLateError } from './exchange.ts';
import { NotSentError } from './open-socket.ts';
import { parseJson } from './parse-json.ts';
import { describeAnswer, readRefusal, saidIn, saysNo, statusOf } from './read-refusal.ts';

/**
 * Result of one attempt to place a call. Only an explicit answer counts as accepted or rejected; whenever the device might ring,
 * the state is `unknown`.
 */
export type CallOutcome =
  | { state: 'accepted' /** For the log, here and below. */; detail?: string }
  | { state: 'rejected' | 'not_sent' | 'unknown'; code: ErrorCode; detail: string };

/**
 * Interprets the answer to click-to-call (section 3.3). A 4xx and the documented 503 are refused before any dialling. With a 500
 * the API server failed after it read the request, perhaps after it dialled; a redirect or a gateway's 502 or 504 leaves the same
 * doubt, unless its message is one by which the document refuses requests. The body of a 200 is not documented: any body counts
 * as accepted except a web page or one that reports a failure.
 */
export function outcomeOfAnswer(answer: Answer): CallOutcome {
  const { contentType, body } = answer;
  const said = saidIn(parseJson(body));
  const status = statusOf(answer.status, said);
  const refusal = readRefusal(said);
  const detail = `AntBuddy answered ${describeAnswer(answer.status, said)}`;
  const rejected = (code: ErrorCode): CallOutcome => ({ state: 'rejected', code, detail });
  if (status === 503 || status === 429) return rejected('upstream_busy');
  const isClientError = status >= 400 && status < 500;
  const isNamed = refusal?.documented || (isClientError && refusal?.known);
  if ((isNamed && refusal?.credentials) || status === 401 || status === 403) return rejected('upstream_refused');
  if (status >= 200 && status < 300) {
    if (isNamed) return rejected('upstream_malformed');
    return isWebPage(contentType, body) || saysNo(body, said) ? unknown(detail) : { state: 'accepted', detail };
  }
  if (!isClientError) return unknown(detail);
  return rejected(status === 400 && !isNamed ? 'device_offline' : 'upstream_malformed');
}

/** The outcome of an attempt that ended without an answer. Rethrows errors that are not connection failures. */
export function outcomeOfError(error: unknown): CallOutcome {
  if (error instanceof TooLateError) return { state: 'not_sent', code: 'click_too_old', detail: error.message };
  if (error instanceof NotSentError) return { state: 'not_sent', code: 'upstream_unreachable', detail: error.message };
  if (error instanceof BrokenAnswerError) return unknown(error.message);
  throw error;
}

function unknown(detail: string): CallOutcome {
  return { state: 'unknown', code: 'outcome_unknown', detail };
}

/** Whether the answer is a web page: it then comes from a proxy in front of AntBuddy, not from AntBuddy itself. */
function isWebPage(contentType: string, body: string): boolean {
  return /\bhtml\b/i.test(contentType) || /^\s*</.test(body);
}

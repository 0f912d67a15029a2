import type { ErrorCode } from '../contract.ts';
import type { Answer } from './exchange.ts';
import { isJsonObject, type JsonObject } from './json-object.ts';
import { parseJson } from './parse-json.ts';

/**
 * A message name as in the error section. The pattern excludes customers' numbers, secrets, and sentences that could contain
 * them.
 */
const wordForm = /^[A-Z][A-Z0-9_]{2,60}$/;
/** Messages ("Mã Lỗi") about the relay's own credentials or signing, which the operator must fix. */
const ofCredentials = /^(APPID|HASH)_/;
/** Like a 404, this points to a wrong address or an intermediary, which the operator must fix too. */
const ofAddress = 'METHOD_NOT_SUPPORT';
const noes: unknown[] = [false, 0, 'false', '0'];
const badWords = /false|offline|error|fail/i;

function readSaid(body: string): JsonObject | null {
  const said = parseJson(body);
  return isJsonObject(said) ? said : null;
}

/**
 * Reads `{ success: false, message }` of the document's error section, or one of its messages alone; null when the body is
 * something else.
 */
export function readRefusal(body: string): { credentials: boolean; known: boolean } | null {
  const said = readSaid(body);
  const word = wordOf(said);
  const credentials = ofCredentials.test(word);
  const known = credentials || word === ofAddress;
  return known || noes.includes(said?.success) ? { credentials, known } : null;
}

/** The HTTP status, or for a 200 the error status in the body, where sections 3.3 and 4.3 document a "status" field. */
export function statusOf({ status, body }: Answer): number {
  const inside = Number(readSaid(body)?.status);
  return status === 200 && inside >= 400 && inside < 600 ? inside : status;
}

/** Describes an answer for the log and the operator: its status and AntBuddy's message name, never free text. */
export function describeAnswer(answer: Answer): string {
  const [status, word] = [statusOf(answer), wordOf(readSaid(answer.body))];
  return `${answer.status}${status === answer.status ? '' : ` with status ${status}`}${word && ` ${word}`}`;
}

/** Whether the body of a success status reports a failed call. The document does not describe this body. */
export function saysNo(body: string): boolean {
  const said = readSaid(body);
  if (!said) return badWords.test(body);
  const { success, message, status, statusCode, code, error } = said;
  // With `success: true`, `code` is ignored: companies define their own success codes, which may be any number.
  const codes = success === true ? [status, statusCode] : [status, statusCode, code];
  const hasError = Array.isArray(error) ? error.length > 0 : Boolean(error);
  return (
    hasError ||
    noes.includes(success) ||
    codes.some((one) => Number(one) >= 400) ||
    (success !== true && [message, status].some((text) => typeof text === 'string' && badWords.test(text)))
  );
}

function wordOf(said: JsonObject | null): string {
  const message = said?.message;
  return typeof message === 'string' && wordForm.test(message) ? message : '';
}

/**
 * The error code for an answer ("HTTP Response"), or null for a good one. `on400` is the meaning of a 400 without a known
 * message: the document uses 400 both for bad input and for a device that is offline.
 */
export function refusalOf(answer: Answer, on400: ErrorCode): ErrorCode | null {
  const status = statusOf(answer);
  if (status === 503 || status === 429) return 'upstream_busy';
  const refusal = readRefusal(answer.body);
  if (refusal?.credentials || status === 401 || status === 403) return 'upstream_refused';
  if (refusal?.known) return 'upstream_malformed';
  if (status === 200) return refusal ? 'upstream_failed' : null;
  if (status >= 500) return 'upstream_failed';
  // Only a recording can be missing (404); other requests name nothing that could be.
  if (status === 400 || (status === 404 && on400 === 'recording_missing')) return on400;
  return 'upstream_malformed';
}

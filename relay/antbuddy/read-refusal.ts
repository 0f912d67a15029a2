import type { ErrorCode } from '../contract.ts';
import type { Answer } from './exchange.ts';
import { isJsonObject, type JsonObject } from './json-object.ts';
import { parseJson } from './parse-json.ts';

/** A name, as those of the error section: no number of a customer, no secret and no sentence that could hold one. */
const wordForm = /^[A-Z][A-Z0-9_]{2,60}$/;
/** "Mã Lỗi" and its like: what is wrong with the relay's own credentials or signing, an operator's problem. */
const ofCredentials = /^(APPID|HASH)_/;
/** As a 404 does, this tells of another address or of something in between: the operator's too. */
const ofAddress = 'METHOD_NOT_SUPPORT';
const noes: unknown[] = [false, 0, 'false', '0'];
const badWords = /false|offline|error|fail/i;

function readSaid(body: string): JsonObject | null {
  const said = parseJson(body);
  return isJsonObject(said) ? said : null;
}

/** `{ success: false, message }` of the document's error section or one of its messages alone, or null when the body is something else. */
export function readRefusal(body: string): { credentials: boolean; known: boolean } | null {
  const said = readSaid(body);
  const word = wordOf(said);
  const credentials = ofCredentials.test(word);
  const known = credentials || word === ofAddress;
  return known || noes.includes(said?.success) ? { credentials, known } : null;
}

/** Its status; that in the body where the document's "status" of sections 3.3 and 4.3 stands there. */
export function statusOf({ status, body }: Answer): number {
  const inside = Number(readSaid(body)?.status);
  return status === 200 && inside >= 400 && inside < 600 ? inside : status;
}

/** What the log and an operator are told of an answer: its status and AntBuddy's own word for it, never a text. */
export function describeAnswer(answer: Answer): string {
  const [status, word] = [statusOf(answer), wordOf(readSaid(answer.body))];
  return `${answer.status}${status === answer.status ? '' : ` with status ${status}`}${word && ` ${word}`}`;
}

/** Whether the body of a good status, which the document does not give for a call, speaks against one. */
export function saysNo(body: string): boolean {
  const said = readSaid(body);
  if (!said) return badWords.test(body);
  const { success, message, status, statusCode, code, error } = said;
  // A company's own codes of success may be of any size.
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
 * What an answer other than a good one means ("HTTP Response"), or null for a good one. `on400` is what a 400 stands for when
 * it names none of the known messages: the document uses 400 both for bad input and for a device that is offline.
 */
export function refusalOf(answer: Answer, on400: ErrorCode): ErrorCode | null {
  const status = statusOf(answer);
  if (status === 503 || status === 429) return 'upstream_busy';
  const refusal = readRefusal(answer.body);
  if (refusal?.credentials || status === 401 || status === 403) return 'upstream_refused';
  if (refusal?.known) return 'upstream_malformed';
  if (status === 200) return refusal ? 'upstream_failed' : null;
  if (status >= 500) return 'upstream_failed';
  // Of what was asked for, only a recording can be missing.
  if (status === 400 || (status === 404 && on400 === 'recording_missing')) return on400;
  return 'upstream_malformed';
}

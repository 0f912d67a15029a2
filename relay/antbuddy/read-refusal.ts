import type { ErrorCode } from '../contract.ts';
import { isJsonObject, type JsonObject } from './json-object.ts';

/**
 * A message name as in the error section. The pattern excludes customers' numbers, secrets, and sentences that could contain
 * them.
 */
const wordForm = /^[A-Z][A-Z0-9_]{2,60}$/;
/** Messages ("Mã Lỗi") about the relay's own credentials or signing, which the operator must fix. */
const ofCredentials = /^(APPID|HASH)_/;
/** Like a 404, this points to a wrong address or an intermediary, which the operator must fix too. */
const ofAddress = 'METHOD_NOT_SUPPORT';
/** The messages that the document names. */
const documented = ['APPID_NOT_FOUND', 'APPID_MISSING', 'HASH_NOT_MATCH', ofAddress];
const noes: unknown[] = [false, 0, 'false', '0'];
/** English and Vietnamese: section 3.3 words a failed call as "Device offline, click to call thất bại". */
const badWords = /false|offline|error|fail|thất bại|không|lỗi/i;

/** The JSON object that an answer consists of, or null. */
type Said = JsonObject | null;
export const saidIn = (value: unknown): Said => (isJsonObject(value) ? value : null);

/** What an answer says of a refusal: `known` if the relay knows its message, `documented` if the document names that message. */
interface Refusal {
  credentials: boolean;
  known: boolean;
  documented: boolean;
}

/**
 * Reads `{ success: false, message }` of the document's error section, or one of its messages alone; null when the body is
 * something else. An answer that reports success refuses nothing, whatever its message.
 */
export function readRefusal(said: Said): Refusal | null {
  if (said?.success === true) return null;
  const word = wordOf(said);
  const credentials = ofCredentials.test(word);
  const known = isKnown(word);
  return known || noes.includes(said?.success) ? { credentials, known, documented: documented.includes(word) } : null;
}

const isKnown = (word: string) => ofCredentials.test(word) || word === ofAddress;

/**
 * The HTTP status, or for a 200 the error status in the body, where sections 3.3 and 4.3 document a "status" field. An answer
 * that also reports success contradicts itself: its inner status does not count.
 */
export function statusOf(status: number, said: Said): number {
  return said?.success === true ? status : toldStatusOf(status, said);
}

function toldStatusOf(status: number, said: Said): number {
  const inside = Number(said?.status);
  return status === 200 && inside >= 400 && inside < 600 ? inside : status;
}

/** Describes an answer for the log and the operator: its status and AntBuddy's message name, never free text. */
export function describeAnswer(status: number, said: Said): string {
  const [told, word] = [toldStatusOf(status, said), wordOf(said)];
  return `${status}${told === status ? '' : ` with status ${told}`}${word && ` ${word}`}`;
}

/** Whether the body of a success status reports a failed call. The document does not describe this body. */
export function saysNo(body: string, said: Said): boolean {
  if (!said) return isBad(body);
  const { success, message, result, status, statusCode, code, error, data } = said;
  const inner = isJsonObject(data) ? data.status : undefined;
  // With `success: true`, `code` is ignored: companies define their own success codes, which may be any number.
  const codes = [status, statusCode, inner, ...(success === true ? [] : [code])];
  const hasError = Array.isArray(error) ? error.length > 0 : Boolean(error);
  return (
    hasError ||
    noes.includes(success) ||
    // Unlike `success`, a result of 0 may stand for "no error".
    result === false ||
    isKnown(wordOf(said)) ||
    codes.some((one) => Number(one) >= 400) ||
    (success !== true && [message, result, status, inner].some(isBad))
  );
}

/** Vietnamese letters may be sent decomposed, as a letter and its marks. */
const isBad = (text: unknown) => typeof text === 'string' && badWords.test(text.normalize('NFC'));

function wordOf(said: Said): string {
  const message = said?.message;
  return typeof message === 'string' && wordForm.test(message) ? message : '';
}

/**
 * The error code for an answer ("HTTP Response"), or null for a good one. `on400` is the meaning of a 400 without a known
 * message: the document uses 400 both for bad input and for a device that is offline.
 */
export function refusalOf(httpStatus: number, said: Said, on400: ErrorCode): ErrorCode | null {
  const status = statusOf(httpStatus, said);
  if (status === 503 || status === 429) return 'upstream_busy';
  const refusal = readRefusal(said);
  if (refusal?.credentials || status === 401 || status === 403) return 'upstream_refused';
  if (refusal?.known) return 'upstream_malformed';
  if (status === 200) return refusal ? 'upstream_failed' : null;
  if (status >= 500) return 'upstream_failed';
  // Only a recording can be missing (404); other requests name nothing that could be.
  if (status === 400 || (status === 404 && on400 === 'recording_missing')) return on400;
  return 'upstream_malformed';
}

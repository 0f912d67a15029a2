import * as v from 'valibot';
import type { ErrorCode } from '../contract.ts';
import type { Answer } from './exchange.ts';
import { parseJson } from './parse-json.ts';

const RefusalSchema = v.object({ success: v.literal(false), message: v.fallback(v.string(), '') });
/** "Mã Lỗi": messages that mean the relay's own credentials or signing, an operator's problem. */
const credentialMessages = ['APPID_NOT_FOUND', 'APPID_MISSING', 'HASH_NOT_MATCH'];
/** As a 404 does, this tells of another address or of something in between: the operator's too. */
const knownMessages = [...credentialMessages, 'METHOD_NOT_SUPPORT'];

/** `{ success: false, message }` of the document's error section, or null when the body is something else. */
export function readRefusal(body: string): { message: string; credentials: boolean; known: boolean } | null {
  const result = v.safeParse(RefusalSchema, parseJson(body));
  if (!result.success) return null;
  const { message } = result.output;
  return { message, credentials: credentialMessages.includes(message), known: knownMessages.includes(message) };
}

/**
 * What an answer other than a good one means ("HTTP Response"), or null for a good one. `on400` is what a 400 stands for when
 * it names none of the known messages: the document uses 400 both for bad input and for a device that is offline.
 */
export function refusalOf(answer: Answer, on400: ErrorCode): ErrorCode | null {
  const { status } = answer;
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

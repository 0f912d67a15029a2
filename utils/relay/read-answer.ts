import * as v from 'valibot';
import { ErrorBodySchema } from '../../relay/contract.ts';
import type { FailureCode } from '../reply.ts';
import { fail, type Reply, succeed } from '../reply.ts';

/** Statuses of a gateway that stands before a relay which is down. */
const GATEWAY_STATUSES = [502, 503, 504];

/** The relay's answer as its schema says, its own error, or what else answered. `schema` null: the body does not matter. */
export async function readAnswer<T>(response: Response, schema: v.GenericSchema<unknown, T> | null): Promise<Reply<T>> {
  if (response.ok && schema === null) return succeed(null as T);
  const body = await readJson(response);
  if (response.ok) {
    const parsed = schema ? v.safeParse(schema, body) : null;
    return parsed?.success ? succeed(parsed.output) : fail('relay_not_dialside');
  }
  const refused = v.safeParse(ErrorBodySchema, body);
  // The code may be newer than this extension; the relay's message then stands for it.
  if (refused.success) return fail(refused.output.error.code as FailureCode, refused.output.error.message);
  return GATEWAY_STATUSES.includes(response.status) ? unreachable() : fail('relay_not_dialside');
}

/** Half of what one message between parts of the extension may hold (Chromium: 64 MiB), as letters may take two bytes. */
const longestText = 32 * 1024 * 1024;

/** The text of an answer that is not JSON, without the mark at its beginning. */
export async function readText(response: Response): Promise<Reply<string>> {
  if (response.ok) {
    const text = await response.text();
    return text.length > longestText ? fail('too_large') : succeed(text);
  }
  const refused = await readAnswer(response, v.never());
  return refused.ok ? fail('relay_not_dialside') : refused;
}

/** The body of an answer that goes on; what is no event stream is read as a refusal. */
export async function readStream(response: Response): Promise<Reply<ReadableStream<Uint8Array>>> {
  const isEvents = response.headers.get('Content-Type')?.startsWith('text/event-stream');
  if (response.ok && response.body && isEvents) return succeed(response.body);
  const refused = await readAnswer(response, v.never());
  return refused.ok ? fail('relay_not_dialside') : refused;
}

export const unreachable = () => fail('relay_unreachable');
export const timedOut = () => fail('relay_timeout');

async function readJson(response: Response): Promise<unknown> {
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

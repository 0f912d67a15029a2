import * as v from 'valibot';
import { ErrorBodySchema } from '../../relay/contract.ts';
import type { FailureCode } from '../reply.ts';
import { fail, type Reply, succeed } from '../reply.ts';

/** Statuses that a gateway sends when the relay behind it is down. */
const GATEWAY_STATUSES = [502, 503, 504];

/**
 * The relay's answer parsed by the schema, its own error, or a failure if something else answered. `schema` null: the body is
 * ignored.
 */
export async function readAnswer<T>(response: Response, schema: v.GenericSchema<unknown, T> | null): Promise<Reply<T>> {
  if (response.ok && schema === null) return succeed(null as T);
  const body = await readJson(response);
  if (response.ok) {
    const parsed = schema ? v.safeParse(schema, body) : null;
    return parsed?.success ? succeed(parsed.output) : fail('relay_not_dialside');
  }
  const refused = v.safeParse(ErrorBodySchema, body);
  // The code may be newer than this extension; the relay's message is then shown.
  if (refused.success) return fail(refused.output.error.code as FailureCode, refused.output.error.message);
  return fail(GATEWAY_STATUSES.includes(response.status) ? 'relay_unreachable' : 'relay_not_dialside');
}

/** Half of the maximum size of a message between parts of the extension (Chromium: 64 MiB), as a character may take two bytes. */
const longestText = 32 * 1024 * 1024;

/** The text of an answer that is not JSON, without its byte order mark. */
export async function readText(response: Response): Promise<Reply<string>> {
  if (response.ok) {
    const text = await response.text();
    return text.length > longestText ? fail('too_large') : succeed(text);
  }
  return readAnswer(response, v.never());
}

/** The body of a streamed answer; anything but an event stream is read as a refusal. */
export async function readStream(response: Response): Promise<Reply<ReadableStream<Uint8Array>>> {
  const isEvents = response.headers.get('Content-Type')?.startsWith('text/event-stream');
  if (response.ok && response.body && isEvents) return succeed(response.body);
  return readAnswer(response, v.never());
}

async function readJson(response: Response): Promise<unknown> {
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

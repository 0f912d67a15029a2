import * as v from 'valibot';
import { ErrorBodySchema } from '../../relay/contract.ts';
import type { FailureCode, Reply } from '../../utils/reply.ts';
import { fail, succeed } from '../../utils/reply.ts';
import { endingOf } from './recording-name.ts';

export interface RecordingFile {
  content: Blob;
  /** File extension without the dot, such as `mp3`. */
  ending: string;
}

/** Bytes; `size` is null when the relay does not state it. */
type Progress = (read: number, size: number | null) => void;

/** A relay that sends nothing for this long counts as unreachable. */
const silentMs = 30_000;

/**
 * Reads a whole recording in order to save it. `address` is the one the relay gave for playback. Never throws; the relay's
 * refusals are returned as failures with their codes, and a transfer that broke off yields no file.
 */
export async function fetchRecording(
  address: string,
  signal: AbortSignal,
  onProgress: Progress,
  send: typeof fetch = fetch,
): Promise<Reply<RecordingFile>> {
  const silence = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const heard = () => {
    clearTimeout(timer);
    timer = setTimeout(() => silence.abort(), silentMs);
  };
  try {
    heard();
    const given = AbortSignal.any([signal, silence.signal]);
    const response = await send(`${address}&download=1`, { signal: given, credentials: 'omit', cache: 'no-store' });
    if (!response.ok || !response.body) return refusalOf(response);
    const length = Number(response.headers.get('content-length') ?? Number.NaN);
    const size = Number.isInteger(length) ? length : null;
    const parts: Uint8Array<ArrayBuffer>[] = [];
    let read = 0;
    const reader = response.body.getReader();
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      heard();
      parts.push(next.value);
      read += next.value.byteLength;
      onProgress(read, size);
    }
    if (size !== null && read !== size) return fail('relay_unreachable');
    const type = response.headers.get('content-type') ?? 'audio/mpeg';
    return succeed({ content: new Blob(parts, { type }), ending: endingOf(response.headers.get('content-disposition')) });
  } catch (error) {
    if (silence.signal.aborted) return fail('relay_timeout');
    // fetch and body reading reject with TypeError for every kind of network failure (Fetch §5.6).
    if (error instanceof TypeError || signal.aborted) return fail('relay_unreachable');
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

async function refusalOf(response: Response): Promise<Reply<never>> {
  const body = v.safeParse(ErrorBodySchema, await response.json().catch(() => null));
  if (!body.success) return fail('relay_unreachable');
  const { code, message } = body.output.error;
  return fail(code as FailureCode, message);
}

import { resolveRange } from './byte-range.ts';
import { soundHeaders } from './media-headers.ts';
import type { SealedFile } from './sealed-file.ts';

/**
 * Answers a request from a kept recording as the media host would (RFC 9110 §13 and §14); `asked` comes from requestHeaders.
 * Closes the file when done. The first chunk is decrypted before the answer starts, so that the call rejects while the caller can
 * still fetch the recording; a chunk that cannot be read later aborts the answer. `onDamage` is called in both cases.
 */
export async function answerKept(
  file: SealedFile,
  asked: Record<string, string>,
  headersOnly: boolean,
  onDamage: (error: unknown) => Promise<void>,
): Promise<Response> {
  const { head } = file;
  const headers: Record<string, string> = {
    ...soundHeaders,
    'accept-ranges': 'bytes',
    ...(head.etag ? { etag: head.etag } : {}),
    ...(head.lastModified ? { 'last-modified': head.lastModified } : {}),
  };
  if (isKnownTo(asked['if-none-match'], head.etag)) return closed(file, 304, headers);
  const range = isSame(asked['if-range'], head) ? resolveRange(asked.range, head.size) : null;
  if (range === 'unsatisfiable') return closed(file, 416, { ...headers, 'content-range': `bytes */${head.size}` });
  const { start, end } = range ?? { start: 0, end: head.size - 1 };
  const status = range ? 206 : 200;
  const ofBody = {
    ...headers,
    'content-type': head.type,
    'content-length': String(end + 1 - start),
    ...(range ? { 'content-range': `bytes ${start}-${end}/${head.size}` } : {}),
  };
  if (headersOnly) return closed(file, status, ofBody);
  return new Response(await streamKept(file, start, end, onDamage), { status, headers: ofBody });
}

async function closed(file: SealedFile, status: number, headers: Record<string, string>): Promise<Response> {
  await file.close();
  return new Response(null, { status, headers });
}

async function streamKept(
  file: SealedFile,
  start: number,
  end: number,
  onDamage: (error: unknown) => Promise<void>,
): Promise<ReadableStream<Uint8Array>> {
  const chunks = file.read(start, end);
  const orClose = async <Value>(work: Promise<Value>): Promise<Value> => {
    try {
      return await work;
    } catch (error) {
      await file.close();
      await onDamage(error);
      throw error;
    }
  };
  let next: Promise<IteratorResult<Buffer, void>> | null = Promise.resolve(await orClose(chunks.next()));
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await orClose(next ?? chunks.next());
        next = null;
        if (!done) return controller.enqueue(value);
        await file.close();
        controller.close();
      },
      cancel: () => file.close(),
    },
    { highWaterMark: 0 },
  );
}

/** `If-None-Match` uses weak comparison (RFC 9110 §13.1.2). */
function isKnownTo(condition: string | undefined, etag: string | undefined): boolean {
  if (!condition || !etag) return false;
  const plain = (tag: string) => tag.trim().replace(/^W\//, '');
  return condition.trim() === '*' || condition.split(',').some((tag) => plain(tag) === plain(etag));
}

/** `If-Range` uses strong comparison; if it does not match, the whole is sent instead of the range (RFC 9110 §13.1.5). */
function isSame(condition: string | undefined, head: { etag?: string | undefined; lastModified?: string | undefined }): boolean {
  if (condition === undefined) return true;
  return condition.startsWith('"') ? condition === head.etag : condition === head.lastModified;
}

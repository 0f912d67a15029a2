import { rename, rm } from 'node:fs/promises';
import type { createSealedFile } from './sealed-file.ts';

/** Writes a recording while it is streamed. Its methods never reject: a failing disk costs the copy, not the playback. */
export interface RecordingWriter {
  write(bytes: Uint8Array): Promise<void>;
  /** Keeps the file if it was written completely. */
  finish(): Promise<void>;
  discard(): Promise<void>;
}

interface WriterPlace {
  /** `part` is the path while writing, `path` the final one. */
  part: string;
  path: string;
  onError: (error: unknown) => void;
  /** Called once, whether or not the file was kept. */
  onEnd: () => void;
}

export function createRecordingWriter(
  sealed: Awaited<ReturnType<typeof createSealedFile>>,
  { part, path, onError, onEnd }: WriterPlace,
): RecordingWriter {
  let file: typeof sealed | null = sealed;

  const end = async (isWanted: boolean) => {
    const ending = file;
    file = null;
    if (!ending) return;
    try {
      if ((await ending.close()) && isWanted) await rename(part, path);
      else await rm(part, { force: true });
    } catch (error) {
      onError(error);
      await rm(part, { force: true }).catch(onError);
    } finally {
      onEnd();
    }
  };

  return {
    async write(bytes) {
      try {
        await file?.write(bytes);
      } catch (error) {
        onError(error);
        await end(false);
      }
    },
    finish: () => end(true),
    discard: () => end(false),
  };
}

/** The same stream; every chunk read from it is also written. A stream that ends early or is cancelled leaves no file. */
export function keepWhileRead(source: ReadableStream<Uint8Array>, writer: RecordingWriter): ReadableStream<Uint8Array> {
  const reader = source.getReader();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await reader.read().catch(async (error: unknown) => {
          await writer.discard();
          throw error;
        });
        if (!done) {
          await writer.write(value);
          return controller.enqueue(value);
        }
        await writer.finish();
        controller.close();
      },
      async cancel(reason) {
        await writer.discard();
        await reader.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
}

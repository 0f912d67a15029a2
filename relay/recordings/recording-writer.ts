import { rename, rm } from 'node:fs/promises';
import type { createSealedFile } from './sealed-file.ts';

/** Takes a recording while it is streamed. Nothing here rejects: a disk that fails costs the copy, not the playback. */
export interface RecordingWriter {
  write(bytes: Uint8Array): Promise<void>;
  /** Keeps the file if all of it was written. */
  finish(): Promise<void>;
  discard(): Promise<void>;
}

export interface WriterPlace {
  /** Where it is written, and its name once it is whole. */
  part: string;
  path: string;
  onError: (error: unknown) => void;
  /** Called once, whatever becomes of it. */
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

/** The same stream; what is read of it is written too. A stream that ends early or is left leaves no file. */
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

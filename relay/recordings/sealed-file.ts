import { randomBytes } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import * as v from 'valibot';
import { parseJson } from '../antbuddy/parse-json.ts';
import { createSealer, createUnsealer, type RecordingIdentity, tagBytes, UnreadableRecording } from './recording-seal.ts';

const HeadSchema = v.object({
  size: v.pipe(v.number(), v.integer(), v.minValue(1)),
  type: v.string(),
  etag: v.optional(v.string()),
  lastModified: v.optional(v.string()),
});
/** Metadata that an answer needs besides the audio. */
export type RecordingHead = v.InferOutput<typeof HeadSchema>;

/** Size of a separately encrypted chunk, so that a range decrypts only the chunks it touches. */
const chunkBytes = 65_536;
const saltBytes = 32;
const magic = Buffer.from('DSR1');
const prefixBytes = magic.length + saltBytes + 4;
const longestHead = 8_192;
/** Nonce of the head; no chunk has this number. */
const headIndex = 2 ** 32 - 1;

/**
 * Creates a file: `DSR1`, a random salt, the length of the encrypted head, the head, then the audio in separately encrypted
 * chunks. It has its final size from the start, so that all relays of the folder see how much room it will take.
 */
export async function createSealedFile(path: string, relayKey: Buffer, identity: RecordingIdentity, head: RecordingHead) {
  const salt = randomBytes(saltBytes);
  const seal = createSealer(relayKey, salt, identity);
  const sealedHead = seal(headIndex, 0, Buffer.from(JSON.stringify(head)));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(sealedHead.length);
  const file = await open(path, 'wx', 0o600);
  let waiting: Uint8Array[] = [];
  let waitingBytes = 0;
  let written = 0;
  let index = 0;

  const flush = async (least: number) => {
    while (waitingBytes > 0 && waitingBytes >= least) {
      const all = waiting.length === 1 ? Buffer.from(waiting[0] as Uint8Array) : Buffer.concat(waiting);
      const rest = all.subarray(chunkBytes);
      await file.write(seal(index, head.size, all.subarray(0, chunkBytes)));
      index += 1;
      waiting = rest.length > 0 ? [rest] : [];
      waitingBytes = rest.length;
    }
  };

  await file.write(Buffer.concat([magic, salt, length, sealedHead]));
  await file.truncate(prefixBytes + sealedHead.length + sealedBytes(head));
  return {
    async write(bytes: Uint8Array): Promise<void> {
      waiting.push(bytes);
      waitingBytes += bytes.length;
      written += bytes.length;
      await flush(chunkBytes);
    },
    /** True if exactly the announced number of bytes was written. */
    async close(): Promise<boolean> {
      try {
        if (written === head.size) await flush(1);
        return written === head.size;
      } finally {
        await file.close();
      }
    },
  };
}

export type SealedFile = Awaited<ReturnType<typeof openSealedFile>>;

/** Opens a file and decrypts its head. Throws UnreadableRecording or the file system's error. */
export async function openSealedFile(path: string, relayKey: Buffer, identity: RecordingIdentity) {
  const file = await open(path, 'r');
  try {
    const prefix = await readExactly(file, 0, prefixBytes);
    const headLength = prefix.readUInt32BE(prefixBytes - 4);
    if (!prefix.subarray(0, magic.length).equals(magic) || headLength > longestHead)
      throw new UnreadableRecording('no recording');
    const unseal = createUnsealer(relayKey, prefix.subarray(magic.length, magic.length + saltBytes), identity);
    const opened = unseal(headIndex, 0, await readExactly(file, prefixBytes, headLength));
    const head = v.parse(HeadSchema, parseJson(opened.toString('utf8')));
    const chunksAt = prefixBytes + headLength;
    const { size, mtimeMs } = await file.stat();
    if (size !== chunksAt + sealedBytes(head)) throw new UnreadableRecording('not all of it');

    return {
      head,
      usedAt: mtimeMs,
      touch: (at: Date) => file.utimes(at, at),
      close: () => file.close(),
      /** The bytes from `start` to `end`, both inclusive, chunk by chunk. */
      async *read(start: number, end: number): AsyncGenerator<Buffer, void, undefined> {
        for (let index = Math.floor(start / chunkBytes); index * chunkBytes <= end; index += 1) {
          const first = index * chunkBytes;
          const length = Math.min(chunkBytes, head.size - first);
          const sealed = await readExactly(file, chunksAt + index * (chunkBytes + tagBytes), length + tagBytes);
          yield unseal(index, head.size, sealed).subarray(Math.max(0, start - first), end + 1 - first);
        }
      },
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}

const sealedBytes = ({ size }: RecordingHead) => size + Math.ceil(size / chunkBytes) * tagBytes;

async function readExactly(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  if (bytesRead !== length) throw new UnreadableRecording('cut short');
  return buffer;
}

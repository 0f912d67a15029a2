import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Deps } from '../deps.ts';
import { type RecordingIdentity, UnreadableRecording } from './recording-seal.ts';
import { createRecordingWriter, type RecordingWriter } from './recording-writer.ts';
import { createSealedFile, openSealedFile, type RecordingHead, type SealedFile } from './sealed-file.ts';

interface RecordingCache {
  /** The recording, which the caller must close; null when it is not kept. A file that is not a valid recording is removed. */
  find(identity: RecordingIdentity): Promise<SealedFile | null>;
  /** Null when the recording should not be kept: it is too large, others being written take the room, or one of them is the same. */
  keep(identity: RecordingIdentity, head: RecordingHead): Promise<RecordingWriter | null>;
  remove(callId: string): Promise<void>;
  /**
   * Removes abandoned partial files, recordings that `areKnown` does not return, and the least recently used ones until the rest
   * fits.
   */
  tidy(areKnown: (callIds: string[]) => Promise<Set<string>>): Promise<void>;
}

const recordingName = /^([0-9a-f]{32})\.rec$/;
const partName = /^[0-9a-f]{32}\.[0-9a-f-]{36}\.part$/;
/** A recording streams for at most an hour, so a partial file older than this is abandoned. */
const abandonedMs = 2 * 3_600_000;
const touchEveryMs = 60_000;
const batch = 500;

/**
 * Recordings in a folder, encrypted, so that repeated playback needs no request to AntBuddy. Several relays may share the folder:
 * files appear by rename, are never changed, and may vanish at any time. Null if no folder is configured.
 */
export function createRecordingCache({ config, log, now }: Pick<Deps, 'config' | 'log' | 'now'>): RecordingCache | null {
  if (!config.recordingCache) return null;
  const { dir, maxBytes } = config.recordingCache;
  const writing = new Set<string>();
  let lastBegun: Promise<unknown> = Promise.resolve();
  const pathOf = (callId: string) => join(dir, `${callId}.rec`);
  const remove = (callId: string) => rm(pathOf(callId), { force: true });

  const listFiles = async () => {
    const names = (await readdir(dir).catch(absentAs<string[]>([]))).filter(
      (name) => recordingName.test(name) || partName.test(name),
    );
    const files = await Promise.all(
      names.map(async (name) => {
        const found = await stat(join(dir, name)).catch(absentAs(null));
        return found && { name, size: found.size, usedAt: found.mtimeMs };
      }),
    );
    return files.filter((file) => file !== null);
  };

  /** Removes the least recently used recordings until the rest fits. False, with none removed, if that would not do. */
  const makeRoom = async (): Promise<boolean> => {
    const files = await listFiles();
    const kept = files.filter(({ name }) => recordingName.test(name));
    let total = sumOf(files);
    if (total - sumOf(kept) > maxBytes) return false;
    for (const { name, size } of kept.sort((a, b) => a.usedAt - b.usedAt)) {
      if (total <= maxBytes) break;
      await rm(join(dir, name), { force: true });
      total -= size;
    }
    return true;
  };

  return {
    async find(identity) {
      try {
        const file = await openSealedFile(pathOf(identity.callId), config.relayKey, identity);
        // A failed touch only means that the file may be removed sooner; it can still be played.
        if (now() - file.usedAt > touchEveryMs) await file.touch(new Date(now())).catch(() => undefined);
        return file;
      } catch (error) {
        if (isAbsent(error)) return null;
        log.warn({ err: error, call: identity.callId }, 'a kept recording cannot be read and is fetched again');
        // Any other error, such as too many open files, says nothing about the recording.
        if (error instanceof UnreadableRecording) await remove(identity.callId).catch(() => undefined);
        return null;
      }
    },

    async keep(identity, head) {
      const { callId } = identity;
      // Encryption adds less than a thousandth. A file of more than half the space would displace everything else.
      if (head.size > maxBytes / 2 || writing.has(callId)) return null;
      writing.add(callId);
      const part = join(dir, `${callId}.${randomUUID()}.part`);
      const onError = (error: unknown) => log.warn({ err: error, call: callId }, 'a recording could not be kept');
      const onEnd = () => writing.delete(callId);
      const begin = async () => {
        await mkdir(dir, { recursive: true, mode: 0o700 });
        const file = await createSealedFile(part, config.relayKey, identity, head);
        const writer = createRecordingWriter(file, { part, path: pathOf(callId), onError, onEnd });
        if (await makeRoom().catch(onError)) return writer;
        await writer.discard();
        return null;
      };
      // One after the other: of several that begin at once, all would find that they do not fit together.
      const begun = lastBegun.then(begin).catch((error: unknown) => {
        onError(error);
        onEnd();
        return null;
      });
      lastBegun = begun;
      return begun;
    },

    remove,

    async tidy(areKnown) {
      const files = await listFiles();
      for (const { name, usedAt } of files) {
        if (partName.test(name) && now() - usedAt > abandonedMs) await rm(join(dir, name), { force: true });
      }
      const callIds = files.flatMap(({ name }) => recordingName.exec(name)?.[1] ?? []);
      for (let start = 0; start < callIds.length; start += batch) {
        const some = callIds.slice(start, start + batch);
        const known = await areKnown(some);
        await Promise.all(some.filter((callId) => !known.has(callId)).map(remove));
      }
      await makeRoom();
    },
  };
}

const sumOf = (files: readonly { size: number }[]) => files.reduce((sum, { size }) => sum + size, 0);

function isAbsent(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}

function absentAs<Value>(value: Value): (error: unknown) => Value {
  return (error) => {
    if (isAbsent(error)) return value;
    throw error;
  };
}

import type { CallRecord } from './call-record.ts';
import { encodeMp3 } from './encode-mp3.ts';
import { checksum } from './hash.ts';
import { composeMelody, sampleRate } from './melody.ts';

export interface Recording {
  bytes: Uint8Array<ArrayBuffer>;
  etag: string;
  /** When the call ended. */
  lastModified: Date;
}

interface RecordingOptions {
  /** Longer calls get a recording of only this length. */
  capSeconds: number;
  /** Beyond this many bytes the least recently played recordings are dropped and generated again on demand. */
  cacheBytes: number;
}

/** Generates a call's recording on demand: one melody per file name, as long as the call's billing seconds up to the cap. */
export function createRecordings({ capSeconds, cacheBytes }: RecordingOptions) {
  /** Least recently used first. */
  const cache = new Map<string, Promise<Recording>>();
  const sizes = new Map<string, number>();

  async function make(record: CallRecord): Promise<Recording> {
    const seconds = Math.min(Math.max(1, record.billing_seconds), capSeconds);
    const seed = Number.parseInt(checksum(record.recording).slice(0, 8), 16);
    const bytes = await encodeMp3(composeMelody(seed, seconds), sampleRate);
    const etag = `"${checksum(`${record.recording} ${bytes.length}`).slice(0, 32)}"`;
    return { bytes, etag, lastModified: new Date((record.unix_timestamp + record.duration_seconds) * 1000) };
  }

  function shrink() {
    let total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
    for (const name of cache.keys()) {
      if (total <= cacheBytes || cache.size === 1) return;
      total -= sizes.get(name) ?? 0;
      cache.delete(name);
      sizes.delete(name);
    }
  }

  return {
    async get(record: CallRecord): Promise<Recording> {
      const name = record.recording;
      const made = cache.get(name) ?? make(record);
      cache.delete(name);
      cache.set(name, made);
      const recording = await made;
      if (cache.has(name)) sizes.set(name, recording.bytes.length);
      shrink();
      return recording;
    },
    cached: () => cache.size,
  };
}

export type Recordings = ReturnType<typeof createRecordings>;

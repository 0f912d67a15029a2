import { setImmediate } from 'node:timers/promises';
import { Mp3Encoder } from '@breezystack/lamejs';

const kbps = 16;
/** About 10 ms of work at a time, so that a server in the same process stays responsive while a long recording is encoded. */
const chunkSamples = 576 * 4;

/** Encodes mono PCM as constant bit rate MP3 (MPEG-2.5 layer III at 8 kHz). */
export async function encodeMp3(samples: Int16Array, sampleRate: number): Promise<Uint8Array<ArrayBuffer>> {
  const encoder = new Mp3Encoder(1, sampleRate, kbps);
  const parts: Uint8Array[] = [];
  for (let start = 0; start < samples.length; start += chunkSamples) {
    parts.push(copy(encoder.encodeBuffer(samples.subarray(start, start + chunkSamples))));
    await setImmediate();
  }
  parts.push(copy(encoder.flush()));
  return new Uint8Array(Buffer.concat(parts));
}

/** The encoder returns views (in fact Int8Array) of a buffer that it reuses. */
function copy(view: Uint8Array): Uint8Array {
  return new Uint8Array(view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength));
}

import type { Sound } from './loudness.ts';

interface WavFormat {
  channels: number;
  sampleRate: number;
}

/**
 * The samples of a WAV file of 16-bit PCM, as telephone systems record, piece by piece; null for any other file. The layout is
 * that of http://soundfile.sapp.org/doc/WaveFormat/
 */
export function wavPieces(bytes: Uint8Array, pieceSamples = 1_000_000): Iterable<Sound> | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tag = (at: number) => String.fromCharCode(...bytes.subarray(at, at + 4));
  if (tag(0) !== 'RIFF' || tag(8) !== 'WAVE') return null;
  let format: WavFormat | null = null;
  let at = 12;
  while (at + 8 <= bytes.length) {
    const start = at + 8;
    const length = view.getUint32(at + 4, true);
    if (tag(at) === 'data') return format && readPieces(view, start, length, format, pieceSamples);
    if (tag(at) === 'fmt ') {
      if (start + 16 > bytes.length) return null;
      format = { channels: view.getUint16(start + 2, true), sampleRate: view.getUint32(start + 4, true) };
      const isPcm16 = view.getUint16(start, true) === 1 && view.getUint16(start + 14, true) === 16;
      const { channels, sampleRate } = format;
      // A rate that no browser plays means a broken header.
      if (!isPcm16 || channels === 0 || sampleRate < 3_000 || sampleRate > 384_000) return null;
    }
    // Chunks begin at even places.
    at = start + length + (length % 2);
  }
  return null;
}

function* readPieces(view: DataView, start: number, stated: number, format: WavFormat, most: number): Generator<Sound> {
  const { channels: count, sampleRate } = format;
  // A file whose writing was interrupted states a length that is too large, or zero.
  const total = Math.floor(Math.min(stated || Number.POSITIVE_INFINITY, view.byteLength - start) / (count * 2));
  for (let first = 0; first < total; first += most) {
    const channels = Array.from({ length: count }, () => new Float32Array(Math.min(most, total - first)));
    for (const [number, channel] of channels.entries()) {
      let at = start + (first * count + number) * 2;
      for (let index = 0; index < channel.length; index += 1) {
        channel[index] = view.getInt16(at, true) / 32_768;
        at += count * 2;
      }
    }
    yield { channels, sampleRate };
  }
}

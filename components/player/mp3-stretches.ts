/** Part of an MP3 file that can be decoded by itself. */
export interface Mp3Stretch {
  bytes: Uint8Array<ArrayBuffer>;
  /** Playing time of the frames without the lead-in; null for the first stretch, where the decoder knows better. */
  seconds: number | null;
}

/** A frame may refer to bits of earlier frames, so this many are decoded again before it. */
const leadFrames = 10;

const rates = [44_100, 48_000, 32_000];
const kbpsOfMpeg1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
const kbpsOfOthers = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];

/**
 * Cuts an MP3 file between its frames, whose headers tell their length and time (ISO 11172-3 §2.4.2.3), into stretches of about
 * two minutes; null for another file.
 */
export function mp3Stretches(bytes: Uint8Array<ArrayBuffer>, stretchFrames = 2_000): Mp3Stretch[] | null {
  const frames: { at: number; seconds: number }[] = [];
  let framed = 0;
  let at = tagLength(bytes);
  while (at + 4 <= bytes.length) {
    const frame = bytes[at] === 0xff ? frameAt(bytes, at) : null;
    if (frame) {
      frames.push({ at, seconds: frame.seconds });
      framed += frame.length;
    }
    at += frame?.length ?? 1;
  }
  // Such headers occur by chance in any file, but not one right after the other.
  if (frames.length === 0 || framed < (bytes.length - tagLength(bytes)) * 0.9) return null;
  const stretches: Mp3Stretch[] = [];
  for (let first = 0; first < frames.length; first += stretchFrames) {
    const from = frames[Math.max(0, first - leadFrames)]?.at;
    const own = frames.slice(first, first + stretchFrames);
    const seconds = first === 0 ? null : own.reduce((sum, frame) => sum + frame.seconds, 0);
    stretches.push({ bytes: bytes.subarray(from, frames[first + stretchFrames]?.at), seconds });
  }
  return stretches;
}

/** Length of the tag before the first frame (ID3v2 §3.1); its size has seven bits per byte. */
function tagLength(bytes: Uint8Array): number {
  const [i, d, three, , , , ...size] = bytes.subarray(0, 10);
  return i === 0x49 && d === 0x44 && three === 0x33 ? size.reduce((sum, byte) => sum * 128 + byte, 0) + 10 : 0;
}

function frameAt(bytes: Uint8Array, at: number): { length: number; seconds: number } | null {
  const [second = 0, third = 0] = [bytes[at + 1], bytes[at + 2]];
  const version = (second >> 3) & 3;
  const isLayer3 = ((second >> 1) & 3) === 1;
  if (second < 0xe0 || version === 1 || !isLayer3) return null;
  const isMpeg1 = version === 3;
  const kbps = (isMpeg1 ? kbpsOfMpeg1 : kbpsOfOthers)[third >> 4];
  const fullRate = rates[(third >> 2) & 3];
  if (!kbps || !fullRate) return null;
  const sampleRate = fullRate / (isMpeg1 ? 1 : version === 2 ? 2 : 4);
  const seconds = (isMpeg1 ? 1152 : 576) / sampleRate;
  return { length: Math.floor(seconds * kbps * 125 + 1e-6) + ((third >> 1) & 1), seconds };
}

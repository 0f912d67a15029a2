import { createRandom, digits, integer, mix } from './random.ts';

const letters = 'abcdefghijklmnopqrstuvwxyz0123456789';
const mask = 0x2a5f31;

/**
 * File name of a seeded call's recording, in one of the document's two forms. It encodes the row's index, so that the row can be
 * found from the name without a table of a million names.
 */
export function recordingName(seed: number, index: number): string {
  const random = createRandom(mix(seed, index, 77));
  const tag = index ^ mask;
  if (index % 16 === 5) {
    const group = () => integer(random, 0, 0xffffffff).toString(16).padStart(8, '0').toUpperCase();
    const first = tag.toString(16).padStart(8, '0').toUpperCase();
    return `call_recording_${first}-${group()}-${group()}-${digits(random, 8)}@172.16.0.204.mp3`;
  }
  const start = Array.from({ length: 14 }, () => letters[integer(random, 0, letters.length - 1)]).join('');
  return `call_recording_${start}${tag.toString(36).padStart(6, '0')}.mp3`;
}

/** The index encoded in a name; undefined when the name has neither form. The caller must compare the whole name. */
export function indexOfRecording(name: string): number | undefined {
  const plain = /^call_recording_[a-z0-9]{14}([a-z0-9]{6})\.mp3$/.exec(name);
  if (plain?.[1]) return Number.parseInt(plain[1], 36) ^ mask;
  const grouped = /^call_recording_([0-9A-F]{8})-/.exec(name);
  return grouped?.[1] ? Number.parseInt(grouped[1], 16) ^ mask : undefined;
}

import { createRandom, integer, pick } from './random.ts';

export const sampleRate = 8000;
/** Pentatonic steps in semitones, which sound agreeable in any order. */
const scale = [0, 2, 4, 7, 9, 12, 14];
const syllable = sampleRate * 0.2;

/**
 * Two alternating "voices", like people on the telephone: syllables of soft harmonics with pauses. 8 kHz mono PCM, the same for
 * the same seed.
 */
export function composeMelody(seed: number, seconds: number): Int16Array {
  const random = createRandom(seed);
  const samples = new Int16Array(Math.round(seconds * sampleRate));
  const voices = [150 + integer(random, 0, 60), 230 + integer(random, 0, 80)];
  let position = 0;
  for (let turn = 0; position < samples.length; turn++) {
    const base = voices[turn % 2] ?? 180;
    for (let left = integer(random, 5, 16); left > 0; left--) {
      const pitch = base * 2 ** (pick(random, scale) / 12);
      const length = Math.round(syllable * (0.6 + random()));
      sing(samples, position, length, pitch, 0.35 + 0.25 * random());
      position += length + Math.round(syllable * 0.15);
    }
    position += Math.round(syllable * (1 + 2 * random()));
  }
  return samples;
}

function sing(samples: Int16Array, start: number, length: number, pitch: number, loudness: number) {
  const end = Math.min(samples.length, start + length);
  for (let index = start; index < end; index++) {
    const time = (index - start) / sampleRate;
    const envelope = Math.sin((Math.PI * (index - start)) / length) ** 0.6;
    const phase = 2 * Math.PI * pitch * time + 0.4 * Math.sin(2 * Math.PI * 5 * time);
    const tone = Math.sin(phase) + 0.5 * Math.sin(2 * phase) + 0.22 * Math.sin(3 * phase) + 0.1 * Math.sin(5 * phase);
    samples[index] = Math.round(tone * envelope * loudness * 15000);
  }
}

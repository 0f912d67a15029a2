import { expect, it } from 'vitest';
import { encodeMp3 } from '../../sandbox/antbuddy/encode-mp3.ts';
import { mp3Stretches } from './mp3-stretches.ts';

const rate = 8000;
const frameSeconds = 576 / rate;
const noise = Int16Array.from({ length: rate * 4 }, (_, index) => (index * 7919) % 4001);
const file = await encodeMp3(noise, rate);
const tagged = (size: number[], length: number) =>
  new Uint8Array([0x49, 0x44, 0x33, 4, 0, 0, ...size, ...new Uint8Array(length).fill(0xff), ...file]);
const isFrame = (bytes: Uint8Array) => bytes[0] === 0xff && bytes[1] === file[1];

it.each([
  ['as it is', file],
  ['with a tag before it', tagged([0, 0, 1, 2], 130)],
])('cuts a file %s between frames, with some before the cut', (_, bytes) => {
  const stretches = mp3Stretches(bytes, 20) ?? [];
  expect(stretches.length).toBeGreaterThan(2);
  const own = stretches.slice(1);
  expect(stretches[0]?.seconds).toBeNull();
  expect(own.every((stretch) => isFrame(stretch.bytes))).toBe(true);
  expect(own.slice(0, -1).map(({ seconds }) => seconds)).toEqual(own.slice(0, -1).map(() => expect.closeTo(20 * frameSeconds)));
  // 16 kbit/s: ten frames of lead.
  const seconds = own.map((stretch) => stretch.bytes.length / 2000);
  expect(seconds).toEqual(own.map((stretch) => expect.closeTo((stretch.seconds ?? 0) + 10 * frameSeconds, 1)));
  expect(stretches[0]?.bytes.length).toBeCloseTo(20 * frameSeconds * 2000, -1);
});

it('leaves a short file whole', () => {
  const stretches = mp3Stretches(file);
  expect(stretches?.map(({ bytes, seconds }) => [bytes.length, seconds])).toEqual([[file.length, null]]);
});

it.each([
  ['nothing', new Uint8Array()],
  ['a tag alone', new Uint8Array([0x49, 0x44, 0x33, 4, 0, 0, 0, 0, 0, 0])],
  ['text', new TextEncoder().encode('RIFF and more'.repeat(100))],
  ['frames among much else', new Uint8Array([...file, ...new Uint8Array(file.length)])],
])('finds no frames in %s', (_, bytes) => {
  expect(mp3Stretches(bytes)).toBeNull();
});

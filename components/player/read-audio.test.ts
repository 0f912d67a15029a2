import { afterEach, expect, it, vi } from 'vitest';
import { encodeMp3 } from '../../sandbox/antbuddy/encode-mp3.ts';
import type { Loudness } from './loudness.ts';
import { readLoudness } from './read-audio.ts';

const rate = 8000;
const idle = new AbortController().signal;
afterEach(() => vi.unstubAllGlobals());

/** A decoder that finds ten seconds in whatever it is given. Returns the lengths that it was given. */
function stubDecoder() {
  const given: number[] = [];
  vi.stubGlobal(
    'OfflineAudioContext',
    class {
      async decodeAudioData(bytes: ArrayBuffer) {
        given.push(bytes.byteLength);
        const channel = new Float32Array(rate * 10).fill(0.5);
        return { length: channel.length, numberOfChannels: 1, getChannelData: () => channel };
      }
    },
  );
  return given;
}
const answer = (bytes: Uint8Array<ArrayBuffer>, headers = {}) =>
  vi.stubGlobal('fetch', async () => new Response(bytes, { headers }));
const some = await encodeMp3(new Int16Array(576 * 98), rate);
const someFrames = some.length / (0.072 * 2000);

it.each([
  ['less', 2_010],
  ['more', 2_300],
])('takes of the second stretch of an MP3 as much as it sounds, though the decoder finds %s', async (_, frames) => {
  const given = stubDecoder();
  const whole = Math.ceil(frames / someFrames);
  answer(new Uint8Array(Buffer.concat(Array.from({ length: whole }, () => some))));
  const loudness = await readLoudness('https://r.example/a', idle);
  expect(given).toHaveLength(2);
  expect((loudness as Loudness).duration).toBeCloseTo(10 + (whole * someFrames - 2_000) * 0.072);
});

it.each([
  ['another kind', 20_000_000, {}, 1],
  ['another kind that is long', 20_000_001, {}, 0],
  ['a size beyond all', 10, { 'content-length': '60000001' }, 0],
])('decodes a file of %s as a whole or not at all', async (_, length, headers, times) => {
  const given = stubDecoder();
  answer(new Uint8Array(length), headers);
  const loudness = await readLoudness('https://r.example/a', idle);
  expect([given.length, loudness]).toEqual(times === 0 ? [0, 'too_large'] : [1, expect.objectContaining({ duration: 10 })]);
});

it('tells what cannot be read from what is too large', async () => {
  vi.spyOn(console, 'info').mockImplementation(() => undefined);
  vi.stubGlobal('fetch', async () => new Response(null, { status: 404, headers: { 'content-length': '60000001' } }));
  expect(await readLoudness('https://r.example/a', idle)).toBeNull();
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('No network.')));
  expect(await readLoudness('https://r.example/a', idle)).toBeNull();
});

it('needs no decoder for the samples of a WAV', async () => {
  stubDecoder();
  const header = 'RIFF....WAVEfmt \x10\0\0\0\x01\0\x01\0\x40\x1f\0\0....\x02\0\x10\0data\0\x7d\0\0';
  answer(new Uint8Array([...Buffer.from(header, 'latin1'), ...new Uint8Array(32_000).fill(64)]));
  expect(await readLoudness('https://r.example/a', idle)).toMatchObject({ duration: 2, silences: [] });
});

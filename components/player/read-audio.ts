import * as v from 'valibot';
import { ErrorBodySchema } from '../../relay/contract.ts';
import { type Loudness, measureLoudness, type Sound } from './loudness.ts';
import { type Mp3Stretch, mp3Stretches } from './mp3-stretches.ts';
import { wavPieces } from './wav-pieces.ts';

/** An hour of a call in WAV and two in MP3; a longer one would take more memory than a waveform is worth. */
const mostBytes = 60_000_000;
/** What is decoded as a whole takes a multiple of its size. */
const mostWholeBytes = 20_000_000;
const sampleRate = 8000;

/** What was read of a recording for its waveform; null when it cannot be decoded. In either case it may still play. */
export type ReadLoudness = Loudness | 'too_large' | null;

export async function readLoudness(url: string, signal: AbortSignal): Promise<ReadLoudness> {
  try {
    const response = await fetch(url, { signal, credentials: 'omit' });
    const isTooLarge = Number(response.headers.get('content-length') ?? 0) > mostBytes;
    if (!response.ok || isTooLarge) {
      await response.body?.cancel();
      return response.ok ? 'too_large' : null;
    }
    const pieces = piecesOf(new Uint8Array(await response.arrayBuffer()), signal);
    return pieces ? await measureLoudness(pieces) : 'too_large';
  } catch (error) {
    if (!signal.aborted) console.info('The recording is played without its waveform.', error);
    return null;
  }
}

/** Null for a recording that could only be decoded as a whole and is too large for that. */
function piecesOf(bytes: Uint8Array<ArrayBuffer>, signal: AbortSignal): AsyncIterable<Sound> | null {
  const samples = wavPieces(bytes);
  if (samples) return paced(samples, signal);
  const stretches = mp3Stretches(bytes) ?? (bytes.length <= mostWholeBytes ? [{ bytes, seconds: null }] : null);
  return stretches && decoded(stretches, signal);
}

/** Lets the view answer between the pieces. */
async function* paced(pieces: Iterable<Sound>, signal: AbortSignal): AsyncGenerator<Sound> {
  for (const piece of pieces) {
    yield piece;
    await new Promise((resolve) => setTimeout(resolve));
    signal.throwIfAborted();
  }
}

async function* decoded(stretches: Mp3Stretch[], signal: AbortSignal): AsyncGenerator<Sound> {
  for (const { bytes, seconds } of stretches) {
    const context = new OfflineAudioContext(1, 1, sampleRate);
    const sound = await context.decodeAudioData(bytes.slice().buffer);
    signal.throwIfAborted();
    const length = seconds === null ? sound.length : Math.round(seconds * sampleRate);
    const channels = Array.from({ length: sound.numberOfChannels }, (_, index) => lastOf(sound.getChannelData(index), length));
    yield { channels, sampleRate };
  }
}

/** The last `length` samples; if there are fewer, silence is put before them, so that what follows keeps its position. */
function lastOf(samples: Float32Array, length: number): Float32Array {
  if (samples.length >= length) return samples.subarray(samples.length - length);
  const padded = new Float32Array(length);
  padded.set(samples, length - samples.length);
  return padded;
}

/** The relay's code for why an address does not play, which `<audio>` does not reveal; null when the relay gives none. */
export async function whyUnplayable(url: string): Promise<string | null> {
  try {
    const response = await fetch(url, { headers: { range: 'bytes=0-0' }, credentials: 'omit' });
    if (response.ok) {
      await response.body?.cancel();
      return null;
    }
    const body = v.safeParse(ErrorBodySchema, await response.json());
    return body.success ? body.output.error.code : null;
  } catch {
    // The relay is unreachable or its answer is not JSON: the reason stays unknown.
    return null;
  }
}

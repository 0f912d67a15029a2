import * as v from 'valibot';
import { ErrorBodySchema } from '../../relay/contract.ts';
import { type Loudness, measureLoudness } from './loudness.ts';

/** About forty minutes of a call; decoding a longer one would take more memory than a waveform is worth. */
const mostBytes = 20_000_000;
const sampleRate = 8000;

/** Decodes a recording for its waveform; null when it is too large or cannot be decoded, though it may still play. */
export async function readLoudness(url: string, signal: AbortSignal): Promise<Loudness | null> {
  try {
    const response = await fetch(url, { signal, credentials: 'omit' });
    if (!response.ok || Number(response.headers.get('content-length') ?? 0) > mostBytes) {
      await response.body?.cancel();
      return null;
    }
    const bytes = await response.arrayBuffer();
    const decoded = await new OfflineAudioContext(1, 1, sampleRate).decodeAudioData(bytes);
    if (signal.aborted) return null;
    const channels = Array.from({ length: decoded.numberOfChannels }, (_, index) => decoded.getChannelData(index));
    return measureLoudness(channels, decoded.sampleRate);
  } catch (error) {
    if (!signal.aborted) console.info('The recording is played without its waveform.', error);
    return null;
  }
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

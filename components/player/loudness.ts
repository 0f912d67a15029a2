/** A stretch of a recording, seconds. */
export interface Span {
  from: number;
  to: number;
}

/** The data for drawing a recording and for skipping its silences. */
export interface Loudness {
  /** Greatest amplitude, 0 to 1, in each of equal parts of the recording. */
  peaks: Float32Array;
  silences: Span[];
  duration: number;
}

/** Samples of every channel, −1 to 1. */
export interface Sound {
  channels: readonly Float32Array[];
  sampleRate: number;
}

const parts = 600;
/** The finest detail that is kept of the samples. */
const binSeconds = 0.01;
const windowBins = 10;
/** Pauses in speech are shorter than this; only longer silences are worth skipping. */
const silentSeconds = 1.2;
/** Kept at each end of a silence, so that no sound is cut off. */
const marginSeconds = 0.3;
/** −42 dB relative to the loudest window: telephone line noise lies below, quiet speech above. */
const silentShare = 0.008;

/**
 * Finds peaks and silences in a recording. It is given in pieces of one sample rate, so that a long one need not be in memory as
 * a whole. A recording that is silent throughout has no silences to skip.
 */
export async function measureLoudness(pieces: Iterable<Sound> | AsyncIterable<Sound>): Promise<Loudness> {
  const amplitudes: number[] = [];
  const energies: number[] = [];
  let duration = 0;
  let before = 0;
  for await (const { channels, sampleRate } of pieces) {
    const binLength = sampleRate * binSeconds;
    for (const channel of channels) {
      for (let index = 0; index < channel.length; index += 1) {
        const amplitude = Math.abs(channel[index] as number);
        const bin = Math.floor((before + index) / binLength);
        const window = Math.floor(bin / windowBins);
        amplitudes[bin] = Math.max(amplitudes[bin] ?? 0, amplitude);
        energies[window] = (energies[window] ?? 0) + amplitude * amplitude;
      }
    }
    before += Math.max(0, ...channels.map((channel) => channel.length));
    duration = before / sampleRate;
  }
  const peaks = new Float32Array(Math.max(1, Math.min(parts, amplitudes.length)));
  for (const [bin, amplitude] of amplitudes.entries()) {
    const part = Math.floor((bin / amplitudes.length) * peaks.length);
    peaks[part] = Math.max(peaks[part] as number, amplitude);
  }
  const loudest = energies.reduce((most, energy) => Math.max(most, energy), 0);
  // Energy is proportional to the square of the amplitude.
  const silences = loudest === 0 ? [] : silentSpans(energies, loudest * silentShare ** 2, windowBins * binSeconds);
  return { peaks, silences, duration };
}

function silentSpans(energies: readonly number[], threshold: number, seconds: number): Span[] {
  const spans: Span[] = [];
  let start: number | null = null;
  for (let window = 0; window <= energies.length; window += 1) {
    const isSilent = window < energies.length && (energies[window] as number) <= threshold;
    if (isSilent) start ??= window;
    else if (start !== null) {
      const from = start * seconds;
      const to = window * seconds;
      if (to - from >= silentSeconds) spans.push({ from: from + marginSeconds, to: to - marginSeconds });
      start = null;
    }
  }
  return spans;
}

/** A media clock counts in whole microseconds or coarser, so after a seek it may stand just before the place asked for. */
const clockStepSeconds = 0.05;

/** Where to continue from a position within a silence; null where the position is in no silence. */
export function endOfSilence(silences: readonly Span[], position: number): number | null {
  return silences.find(({ from, to }) => position >= from && position < to - clockStepSeconds)?.to ?? null;
}

/** A stretch of a recording, seconds. */
export interface Span {
  from: number;
  to: number;
}

/** What is drawn and skipped of a recording. */
export interface Loudness {
  /** Greatest amplitude, 0 to 1, of equal parts of the recording. */
  peaks: Float32Array;
  silences: Span[];
  duration: number;
}

const parts = 600;
const windowSeconds = 0.1;
/** A pause in speech is shorter than this; a silence worth skipping is not. */
const silentSeconds = 1.2;
/** Left at each end, so that no first or last sound is cut off. */
const marginSeconds = 0.3;
/** −42 dB of the loudest window: the noise of a telephone line lies below, quiet speech above. */
const silentShare = 0.008;

/** Reads peaks and silences off decoded samples. A recording that is silent throughout has no silences to skip. */
export function measureLoudness(channels: readonly Float32Array[], sampleRate: number): Loudness {
  const length = Math.max(0, ...channels.map((channel) => channel.length));
  const peaks = new Float32Array(Math.max(1, Math.min(parts, length)));
  const windowLength = Math.max(1, Math.round(sampleRate * windowSeconds));
  const energies = new Float32Array(Math.ceil(length / windowLength));
  for (const channel of channels) {
    for (let index = 0; index < channel.length; index += 1) {
      const amplitude = Math.abs(channel[index] as number);
      const part = Math.floor((index / length) * peaks.length);
      if (amplitude > (peaks[part] as number)) peaks[part] = amplitude;
      const window = Math.floor(index / windowLength);
      energies[window] = (energies[window] as number) + amplitude * amplitude;
    }
  }
  const seconds = windowLength / sampleRate;
  const loudest = energies.reduce((most, energy) => Math.max(most, energy), 0);
  // Energy goes with the square of the amplitude.
  const silences = loudest === 0 ? [] : silentSpans(energies, loudest * silentShare ** 2, seconds);
  return { peaks, silences, duration: length / sampleRate };
}

function silentSpans(energies: Float32Array, threshold: number, seconds: number): Span[] {
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

/** Where to go on from a position within a silence; null where something is said. */
export function endOfSilence(silences: readonly Span[], position: number): number | null {
  return silences.find(({ from, to }) => position >= from && position < to)?.to ?? null;
}

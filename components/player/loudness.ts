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

const parts = 600;
const windowSeconds = 0.1;
/** Pauses in speech are shorter than this; only longer silences are worth skipping. */
const silentSeconds = 1.2;
/** Kept at each end of a silence, so that no sound is cut off. */
const marginSeconds = 0.3;
/** −42 dB relative to the loudest window: telephone line noise lies below, quiet speech above. */
const silentShare = 0.008;

/** Finds peaks and silences in decoded samples. A recording that is silent throughout has no silences to skip. */
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
  // Energy is proportional to the square of the amplitude.
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

/** Where to continue from a position within a silence; null where the position is in no silence. */
export function endOfSilence(silences: readonly Span[], position: number): number | null {
  return silences.find(({ from, to }) => position >= from && position < to)?.to ?? null;
}

import { useEffect, useState } from 'preact/hooks';
import type { Playback, PlaybackState } from './playback.ts';
import { type ReadLoudness, readLoudness } from './read-audio.ts';

/**
 * The recording's loudness once it plays and is decoded, or that it is too large for that; null until then, and permanently when it
 * cannot be decoded.
 */
export function useLoudness(playback: Playback, { phase, url }: PlaybackState): ReadLoudness {
  const [loudness, setLoudness] = useState<ReadLoudness>(null);
  const isReady = phase === 'ready';
  const isKnown = loudness !== null;
  useEffect(() => {
    if (!isReady || isKnown || url === null || typeof OfflineAudioContext === 'undefined') return;
    const ended = new AbortController();
    void readLoudness(url, ended.signal).then((found) => {
      if (ended.signal.aborted || found === null) return;
      if (found !== 'too_large') playback.setSilences(found.silences);
      setLoudness(found);
    });
    return () => ended.abort();
  }, [playback, isReady, isKnown, url]);
  return loudness;
}

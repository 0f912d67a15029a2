import { useEffect, useState } from 'preact/hooks';
import type { Loudness } from './loudness.ts';
import type { Playback, PlaybackState } from './playback.ts';
import { readLoudness } from './read-audio.ts';

/** The recording's loudness once it plays and is decoded; null until then, and permanently when it cannot be decoded. */
export function useLoudness(playback: Playback, { phase, url }: PlaybackState): Loudness | null {
  const [loudness, setLoudness] = useState<Loudness | null>(null);
  const isReady = phase === 'ready';
  const isDrawn = loudness !== null;
  useEffect(() => {
    if (!isReady || isDrawn || url === null || typeof OfflineAudioContext === 'undefined') return;
    const ended = new AbortController();
    void readLoudness(url, ended.signal).then((found) => {
      if (ended.signal.aborted || found === null) return;
      playback.setSilences(found.silences);
      setLoudness(found);
    });
    return () => ended.abort();
  }, [playback, isReady, isDrawn, url]);
  return loudness;
}

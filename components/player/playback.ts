import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Failure } from '../../utils/reply.ts';
import type { PlayerSettings } from '../../utils/storage.ts';
import type { Send } from '../view/view.ts';
import { endOfSilence, type Span } from './loudness.ts';

export interface PlaybackState {
  /** `missing`: there is no such recording, so a retry is pointless. */
  phase: 'opening' | 'ready' | 'missing' | 'failed';
  isPlaying: boolean;
  /** Seconds; `duration` is 0 until the browser knows it. */
  position: number;
  duration: number;
  speed: number;
  /** 0 to 1. */
  volume: number;
  skipsSilence: boolean;
  /** The address that the recording plays from; null until the relay gave one. */
  url: string | null;
  failure: Failure | null;
}

/** The part of an `<audio>` element that playback uses. */
export type AudioElement = Pick<
  HTMLMediaElement,
  | 'src'
  | 'currentTime'
  | 'duration'
  | 'playbackRate'
  | 'volume'
  | 'paused'
  | 'play'
  | 'pause'
  | 'load'
  | 'addEventListener'
  | 'removeAttribute'
>;

export interface Playback {
  store: StoreApi<PlaybackState>;
  toggle(): void;
  /** Pauses or resumes; after a failure, tries again. */
  press(): void;
  seek(position: number): void;
  skip(seconds: number): void;
  setSpeed(speed: number): void;
  setVolume(volume: number): void;
  setSkipsSilence(skips: boolean): void;
  /** The silences to skip; known once the recording is decoded. */
  setSilences(silences: readonly Span[]): void;
  pause(): void;
  retry(): void;
  stop(): void;
}

export interface PlaybackOptions {
  settings: PlayerSettings;
  /** Seconds. */
  startAt: number;
  /** Called whenever playback starts to sound. */
  onPlaying(): void;
  /** Asks why an address does not play: the relay's code, or null. */
  why(url: string): Promise<string | null>;
}

export const speeds = [0.75, 1, 1.25, 1.5, 1.75, 2] as const;

/**
 * Plays one recording. Its address expires after some minutes, and `<audio>` gives no reason for a refused request; so the first
 * error is answered by requesting a fresh address at the same position, and only a second one in a row is shown.
 */
export function startPlayback(
  recordingId: string,
  send: Send,
  audio: AudioElement,
  { settings, startAt, onPlaying, why }: PlaybackOptions,
): Playback {
  const store = createStore<PlaybackState>(() => ({
    phase: 'opening',
    isPlaying: false,
    position: startAt,
    duration: 0,
    ...settings,
    url: null,
    failure: null,
  }));
  const ended = new AbortController();
  let wantsToPlay = true;
  let mayReopen = true;
  let resumeAt = startAt;
  let silences: readonly Span[] = [];

  async function open() {
    store.setState({ phase: 'opening', failure: null });
    const reply = await send('openRecording', recordingId);
    if (ended.signal.aborted) return;
    if (!reply.ok) {
      fail(reply.error);
      return;
    }
    store.setState({ url: reply.value.url });
    audio.src = reply.value.url;
    audio.load();
  }

  function fail(failure: Failure) {
    store.setState({ phase: failure.code === 'recording_missing' ? 'missing' : 'failed', failure, isPlaying: false });
  }

  function play() {
    wantsToPlay = true;
    // Rejected when autoplay is blocked or the address was replaced meanwhile: the button then still says "play".
    audio.play().catch(() => store.setState({ isPlaying: false }));
  }

  function pause() {
    wantsToPlay = false;
    audio.pause();
    // An element whose source was just replaced is paused already, and then tells of no pause.
    store.setState({ isPlaying: false });
  }

  function seek(position: number) {
    const { duration } = store.getState();
    resumeAt = Math.max(0, duration > 0 ? Math.min(position, duration) : position);
    audio.currentTime = resumeAt;
    store.setState({ position: resumeAt });
  }

  function onLoaded() {
    store.setState({ phase: 'ready', duration: Number.isFinite(audio.duration) ? audio.duration : 0 });
    audio.playbackRate = store.getState().speed;
    audio.volume = store.getState().volume;
    if (resumeAt > 0) audio.currentTime = resumeAt;
    if (wantsToPlay) play();
  }

  function onProgress() {
    if (store.getState().phase !== 'ready') return;
    if (audio.currentTime > resumeAt) mayReopen = true;
    resumeAt = audio.currentTime;
    const next = store.getState().skipsSilence && wantsToPlay ? endOfSilence(silences, resumeAt) : null;
    if (next !== null) seek(next);
    else store.setState({ position: resumeAt });
  }

  async function onError() {
    if (mayReopen) {
      mayReopen = false;
      return open();
    }
    const code = await why(audio.src);
    if (!ended.signal.aborted) fail({ code: code ?? 'recording_unplayable', message: '' });
  }

  const listen = (event: string, run: () => void) => audio.addEventListener(event, run, { signal: ended.signal });
  listen('loadedmetadata', onLoaded);
  listen('durationchange', () => Number.isFinite(audio.duration) && store.setState({ duration: audio.duration }));
  listen('timeupdate', onProgress);
  listen('error', () => void onError());
  listen('playing', () => {
    store.setState({ isPlaying: true });
    onPlaying();
  });
  listen('pause', () => store.setState({ isPlaying: false }));
  listen('ended', () => {
    wantsToPlay = false;
    resumeAt = 0;
    store.setState({ isPlaying: false });
  });
  void open();

  const toggle = () => (store.getState().isPlaying ? pause() : play());
  function retry() {
    wantsToPlay = true;
    mayReopen = true;
    void open();
  }

  return {
    store,
    toggle,
    press() {
      const { phase } = store.getState();
      if (phase === 'ready') toggle();
      else if (phase !== 'opening') retry();
    },
    seek,
    // While a source is opening, its currentTime is 0.
    skip: (seconds) => seek((store.getState().phase === 'ready' ? audio.currentTime : resumeAt) + seconds),
    setSpeed(speed) {
      audio.playbackRate = speed;
      store.setState({ speed });
    },
    setVolume(volume) {
      audio.volume = volume;
      store.setState({ volume });
    },
    setSkipsSilence: (skipsSilence) => store.setState({ skipsSilence }),
    setSilences(found) {
      silences = found;
    },
    pause,
    retry,
    stop() {
      ended.abort();
      audio.pause();
      audio.removeAttribute('src');
      audio.load();
    },
  };
}

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Failure } from '../../utils/reply.ts';
import type { Send } from '../view/view.ts';

export interface PlaybackState {
  /** `missing`: there is no such recording, trying again is no use. */
  phase: 'opening' | 'ready' | 'missing' | 'failed';
  isPlaying: boolean;
  /** Seconds; `duration` is 0 until the browser knows it. */
  position: number;
  duration: number;
  speed: number;
  failure: Failure | null;
}

/** The part of an `<audio>` element that playback stands on. */
export type AudioElement = Pick<
  HTMLMediaElement,
  | 'src'
  | 'currentTime'
  | 'duration'
  | 'playbackRate'
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
  seek(position: number): void;
  skip(seconds: number): void;
  setSpeed(speed: number): void;
  retry(): void;
  stop(): void;
}

export const speeds = [0.75, 1, 1.25, 1.5, 1.75, 2] as const;

/**
 * Plays one recording. The address it plays from expires after some minutes, and `<audio>` tells no reason when a request is
 * refused; so the first error is answered with a fresh address at the same position, and only a second one in a row is shown.
 */
export function startPlayback(recordingId: string, send: Send, audio: AudioElement, speed = 1): Playback {
  const store = createStore<PlaybackState>(() => ({
    phase: 'opening',
    isPlaying: false,
    position: 0,
    duration: 0,
    speed,
    failure: null,
  }));
  const ended = new AbortController();
  let wantsToPlay = true;
  let mayReopen = true;
  let resumeAt = 0;

  async function open() {
    store.setState({ phase: 'opening', failure: null });
    const reply = await send('openRecording', recordingId);
    if (ended.signal.aborted) return;
    if (!reply.ok) {
      const phase = reply.error.code === 'recording_missing' ? 'missing' : 'failed';
      store.setState({ phase, failure: reply.error, isPlaying: false });
      return;
    }
    audio.src = reply.value.url;
    audio.load();
  }

  function play() {
    wantsToPlay = true;
    // Rejected when the browser wants a press first, or the address was replaced meanwhile: the button still says "play".
    audio.play().catch(() => store.setState({ isPlaying: false }));
  }

  function pause() {
    wantsToPlay = false;
    audio.pause();
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
    if (resumeAt > 0) audio.currentTime = resumeAt;
    if (wantsToPlay) play();
  }

  function onProgress() {
    if (store.getState().phase !== 'ready') return;
    if (audio.currentTime > resumeAt) mayReopen = true;
    resumeAt = audio.currentTime;
    store.setState({ position: resumeAt });
  }

  function onError() {
    if (!mayReopen) {
      store.setState({ phase: 'failed', isPlaying: false, failure: { code: 'recording_unplayable', message: '' } });
      return;
    }
    mayReopen = false;
    void open();
  }

  const listen = (event: string, run: () => void) => audio.addEventListener(event, run, { signal: ended.signal });
  listen('loadedmetadata', onLoaded);
  listen('durationchange', () => Number.isFinite(audio.duration) && store.setState({ duration: audio.duration }));
  listen('timeupdate', onProgress);
  listen('error', onError);
  listen('playing', () => store.setState({ isPlaying: true }));
  listen('pause', () => store.setState({ isPlaying: false }));
  listen('ended', () => {
    wantsToPlay = false;
    resumeAt = 0;
    store.setState({ isPlaying: false });
  });
  void open();

  return {
    store,
    toggle: () => (store.getState().isPlaying ? pause() : play()),
    seek,
    skip: (seconds) => seek(audio.currentTime + seconds),
    setSpeed(speed) {
      audio.playbackRate = speed;
      store.setState({ speed });
    },
    retry() {
      wantsToPlay = true;
      mayReopen = true;
      void open();
    },
    stop() {
      ended.abort();
      audio.pause();
      audio.removeAttribute('src');
      audio.load();
    },
  };
}

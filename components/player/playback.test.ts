import { describe, expect, it, vi } from 'vitest';
import { fail, succeed } from '../../utils/reply.ts';
import { FakeAudio } from '../testing/fake-audio.ts';
import { fakeSend } from '../testing/fake-view.ts';
import { type AudioElement, type PlaybackOptions, startPlayback } from './playback.ts';

const opened = (url: string) => succeed({ url });
const flush = () => vi.waitFor(() => Promise.resolve());

type Answers = Parameters<typeof fakeSend>[0][string][];
const start = (...answers: Answers) => startWith({}, ...answers);

const usual: PlaybackOptions = {
  settings: { speed: 1, volume: 1, skipsSilence: false },
  startAt: 0,
  onPlaying() {},
  why: async () => null,
};

function startWith(options: Partial<PlaybackOptions>, ...answers: Answers) {
  const audio = new FakeAudio();
  const { send, sent } = fakeSend({ openRecording: answers.flat() });
  const playback = startPlayback('a'.repeat(32), send, audio as unknown as AudioElement, { ...usual, ...options });
  return { audio, playback, sent, state: () => playback.store.getState() };
}

describe('startPlayback', () => {
  it('opens the recording and plays it', async () => {
    const { audio, state } = start(opened('first'));
    await flush();
    expect(audio.src).toBe('first');
    audio.loaded();
    expect(state()).toMatchObject({ phase: 'ready', isPlaying: true, duration: 100 });
  });

  it('pauses and goes on at another press, and tries again where nothing played', async () => {
    const { audio, playback, sent, state } = start(opened('first'), opened('second'), fail('relay_unreachable'), opened('third'));
    playback.press();
    await flush();
    audio.loaded();
    for (const isPlaying of [false, true]) {
      playback.press();
      expect(state().isPlaying).toBe(isPlaying);
    }
    audio.fire('ended');
    playback.press();
    expect(state().isPlaying).toBe(true);
    audio.fire('error');
    await flush();
    audio.fire('error');
    await vi.waitFor(() => expect(state().phase).toBe('failed'));
    const before = sent.length;
    playback.press();
    expect(sent).toHaveLength(before + 1);
  });

  it('skips from where it stood while an expired address is opened again', async () => {
    const { audio, playback, state } = start(opened('first'), opened('second'));
    await flush();
    audio.loaded();
    audio.reach(42);
    audio.fire('error');
    await flush();
    audio.currentTime = 0;
    playback.skip(10);
    playback.skip(-5);
    audio.loaded();
    expect([audio.currentTime, state().position]).toEqual([47, 47]);
  });

  it('opens an expired address again, once, and goes on at the same position', async () => {
    const { audio, sent, state } = start(opened('first'), opened('second'));
    await flush();
    audio.loaded();
    audio.reach(42);
    audio.fire('error');
    await flush();
    expect(audio.src).toBe('second');
    audio.loaded();
    expect(audio.currentTime).toBe(42);
    expect(state()).toMatchObject({ phase: 'ready', isPlaying: true });
    audio.fire('error');
    await flush();
    expect(sent).toHaveLength(2);
    expect(state()).toMatchObject({ phase: 'failed', failure: { code: 'recording_unplayable' } });
  });

  it('plays again after it was paused while an expired address was opened again', async () => {
    const { audio, playback, state } = start(opened('first'), opened('second'));
    await flush();
    audio.loaded();
    await flush();
    audio.fire('error');
    await flush();
    playback.pause();
    audio.loaded();
    expect(state()).toMatchObject({ phase: 'ready', isPlaying: false });
    playback.toggle();
    await flush();
    expect(state().isPlaying).toBe(true);
  });

  it('stays paused when it was paused as the address expired', async () => {
    const { audio, playback, state } = start(opened('first'), opened('second'));
    await flush();
    audio.loaded();
    audio.reach(10);
    playback.toggle();
    audio.fire('error');
    await flush();
    audio.loaded();
    expect(state()).toMatchObject({ phase: 'ready', isPlaying: false });
    expect(audio.currentTime).toBe(10);
  });

  it('may open again for a later expiry, once it has played on', async () => {
    const { audio, sent } = start(opened('address'));
    await flush();
    for (const position of [10, 20, 30]) {
      audio.loaded();
      audio.reach(position);
      audio.fire('error');
      await flush();
    }
    expect(sent).toHaveLength(4);
  });

  it.each([
    ['recording_missing', 'missing'],
    ['relay_unreachable', 'failed'],
  ] as const)('tells %s as %s', async (code, phase) => {
    const { state } = start(fail(code));
    await flush();
    expect(state()).toMatchObject({ phase, failure: { code }, isPlaying: false });
  });

  it.each([
    [-10, 0],
    [500, 100],
    [33, 33],
  ])('seeks to %d as %d', async (wanted, reached) => {
    const { audio, playback } = start(opened('first'));
    await flush();
    audio.loaded();
    playback.seek(wanted);
    expect(audio.currentTime).toBe(reached);
  });

  it('keeps the speed across addresses', async () => {
    const { audio, playback } = start(opened('first'), opened('second'));
    await flush();
    audio.loaded();
    playback.setSpeed(1.5);
    audio.fire('error');
    await flush();
    audio.playbackRate = 1;
    audio.loaded();
    expect(audio.playbackRate).toBe(1.5);
  });

  it('begins as the agent likes it, and tells when sound begins', async () => {
    const onPlaying = vi.fn();
    const { audio } = startWith({ settings: { speed: 1.5, volume: 0.4, skipsSilence: false }, onPlaying }, opened('first'));
    await flush();
    expect(onPlaying).not.toHaveBeenCalled();
    audio.loaded();
    expect(audio).toMatchObject({ playbackRate: 1.5, volume: 0.4 });
    expect(onPlaying).toHaveBeenCalledOnce();
  });

  it.each([
    [true, 20, 24.7],
    [true, 19, 19],
    [true, 24.7, 24.7],
    [false, 20, 20],
  ])('with skipping silence %s goes from %d on to %d', async (skips, reached, heard) => {
    const { audio, playback } = start(opened('first'));
    await flush();
    audio.loaded();
    playback.setSilences([{ from: 19.3, to: 24.7 }]);
    playback.setSkipsSilence(skips);
    audio.reach(reached);
    expect(audio.currentTime).toBe(heard);
  });

  it.each([
    ['recording_missing', 'missing', 'recording_missing'],
    ['upstream_failed', 'failed', 'upstream_failed'],
    [null, 'failed', 'recording_unplayable'],
  ] as const)('asks why nothing plays and tells %s as %s', async (code, phase, told) => {
    const { audio, state } = startWith({ why: async () => code }, opened('first'));
    await flush();
    audio.fire('error');
    await flush();
    audio.fire('error');
    await flush();
    expect(state()).toMatchObject({ phase, failure: { code: told } });
  });

  it('leaves nothing behind', async () => {
    const { audio, playback, sent } = start(opened('first'));
    await flush();
    playback.stop();
    audio.fire('error', 'loadedmetadata');
    await flush();
    expect(audio.removeAttribute).toHaveBeenCalledWith('src');
    expect(audio.play).not.toHaveBeenCalled();
    expect(sent).toHaveLength(1);
  });
});

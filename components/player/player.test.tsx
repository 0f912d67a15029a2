// @vitest-environment happy-dom
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { beforeEach, expect, it, vi } from 'vitest';
import { noteDrafts } from '../../utils/note-drafts.ts';
import { succeed } from '../../utils/reply.ts';
import { createNotes } from '../notes/notes-store.ts';
import { FakeAudio } from '../testing/fake-audio.ts';
import { fakeSend, fakeView } from '../testing/fake-view.ts';
import { find, mount, press, settle, type } from '../testing/mount.tsx';
import { historyCall } from '../testing/samples.ts';
import { en } from '../testing/words.ts';
import { type View, ViewContext } from '../view/view.ts';
import type { AudioElement } from './playback.ts';
import Player, { type PlayerProps } from './player.tsx';

const opened = succeed({ url: 'first' });

beforeEach(() => void vi.stubGlobal('fetch', () => Promise.reject(new TypeError('No network.'))));

async function open(more: Partial<PlayerProps> = {}, parts: Partial<View> = {}) {
  const audio = new FakeAudio();
  const view = fakeView(fakeSend({ openRecording: opened }).send, parts);
  const notes = createNotes({ send: view.send, drafts: noteDrafts, agentId: () => null, onSaved: () => {} });
  const createAudio = () => audio as unknown as AudioElement;
  const player = (presses: number) => (
    <Player {...{ call: historyCall(1), region: 'VN', notes, onClose() {}, createAudio, presses, ...more }} />
  );
  const { root, unmount } = await mount(view, player(0));
  await vi.waitFor(() => expect(audio.src).toBe('first'));
  await act(() => audio.loaded());
  const draw = (presses: number) =>
    act(() => render(<ViewContext.Provider value={view}>{player(presses)}</ViewContext.Provider>, root));
  return { audio, draw, unmount };
}

it('pauses and goes on as the button of its row is pressed, and tells which it does', async () => {
  const onPlaying = vi.fn();
  const { audio, draw, unmount } = await open({ onPlaying });
  expect(onPlaying).toHaveBeenLastCalledWith(true);
  for (const [presses, isPlaying] of [
    [1, false],
    [2, true],
    [3, false],
  ] as const) {
    await draw(presses);
    await settle();
    expect(audio.paused).toBe(!isPlaying);
    expect(onPlaying).toHaveBeenLastCalledWith(isPlaying);
  }
  await draw(4);
  await unmount();
  expect(onPlaying).toHaveBeenLastCalledWith(false);
});

it('has the focus on its button again once a failure is over', async () => {
  const { audio } = await open();
  // The first error only leads to another address.
  for (let turn = 0; turn < 2; turn += 1) {
    await act(() => audio.fire('error'));
    await settle();
  }
  await vi.waitFor(() => find('[data-testid=player-failure]'));
  find('[data-testid=player-failure] button').focus();
  await press('[data-testid=player-failure] button');
  expect(document.activeElement).toBe(find('[data-testid=player-toggle]'));
});

it.each([
  [3996, 3996],
  [3994, 4000],
])('puts a time into a note of %d characters only where it fits: %d', async (before, after) => {
  const note = { text: 'x'.repeat(before), outcome: null, version: 1, updatedAt: 1 };
  await open({ call: { ...historyCall(1), note } });
  await press('[data-testid=player-note-at]');
  await vi.waitFor(() => expect(find<HTMLTextAreaElement>('[data-testid=note-text]').value).toHaveLength(after));
});

it('plays on where the browser opens no side panel, and offers none where there can be none', async () => {
  const give = vi.fn(async () => false);
  const { audio } = await open({}, { panel: { isPossible: Promise.resolve(true), open: give } });
  await press('[data-testid=player-hand-over]');
  expect(audio.pause).toHaveBeenCalledOnce();
  expect(give).toHaveBeenCalledOnce();
  expect(audio.paused).toBe(false);
  await open({}, { panel: { isPossible: Promise.resolve(false), open: give } });
  expect(document.querySelector('[data-testid=player-hand-over]')).toBeNull();
});

it.each([
  ['too large', { 'content-length': '60000001' }, en.player_too_large],
  ['not there to be read', null, null],
])('says why there is no waveform of a recording that is %s, which still can be sought', async (_, headers, words) => {
  vi.spyOn(console, 'info').mockImplementation(() => undefined);
  vi.stubGlobal('OfflineAudioContext', class {});
  if (headers) vi.stubGlobal('fetch', async () => new Response(new Uint8Array(10), { headers }));
  const { audio } = await open();
  await settle();
  const seek = find<HTMLInputElement>('[data-testid=player-seek]');
  const told = document.getElementById(seek.getAttribute('aria-describedby') ?? '');
  expect(told?.textContent ?? null).toBe(words);
  expect([document.querySelector('[data-testid=waveform]'), seek.disabled]).toEqual([null, false]);
  await type('[data-testid=player-seek]', '7');
  expect(audio.currentTime).toBe(7);
});

it('goes back from the note to the player on Escape, which would else close the popup', async () => {
  await open();
  await act(() => void find('.play-button').dispatchEvent(new KeyboardEvent('keydown', { key: 'n', bubbles: true })));
  await vi.waitFor(() => expect(document.activeElement).toBe(find('[data-testid=note-text]')));
  const pressed = new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true });
  await act(() => void document.activeElement?.dispatchEvent(pressed));
  expect([document.activeElement, pressed.defaultPrevented]).toEqual([find('.play-button'), true]);
});

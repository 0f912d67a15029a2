// @vitest-environment happy-dom
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { beforeEach, expect, it, vi } from 'vitest';
import { noteDrafts } from '../../utils/note-drafts.ts';
import { succeed } from '../../utils/reply.ts';
import { createNotes } from '../notes/notes-store.ts';
import { FakeAudio } from '../testing/fake-audio.ts';
import { fakeSend, fakeView } from '../testing/fake-view.ts';
import { find, mount, press, settle } from '../testing/mount.tsx';
import { historyCall } from '../testing/samples.ts';
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

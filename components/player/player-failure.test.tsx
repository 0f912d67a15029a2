// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { en } from '../../utils/i18n/en.ts';
import { clockOffsetItem } from '../../utils/storage.ts';
import { fakeSend, fakeView } from '../testing/fake-view.ts';
import { find, mount, press } from '../testing/mount.tsx';
import { PlayerFailure } from './player-failure.tsx';

const minutes = 60_000;

beforeEach(() => fakeBrowser.reset());

describe('PlayerFailure', () => {
  it.each([
    ['recording_missing', 5, en.recording_not_yet, true],
    ['recording_missing', 60, en.recording_removed, false],
    ['recording_unplayable', 60, en.recording_unplayable, true],
    ['relay_unreachable', 5, en.failure_relay_unreachable, true],
  ])('says of %s %d minutes after the call what there is to say', async (code, ago, words, mayRetry) => {
    const retry = vi.fn();
    const failure = { code, message: '' };
    await mount(
      fakeView(fakeSend({}).send),
      <PlayerFailure failure={failure} endedAt={Date.now() - ago * minutes} onRetry={retry} />,
    );
    expect(find('[role=alert] p').textContent).toBe(words);
    expect(document.querySelector('button') !== null).toBe(mayRetry);
    if (mayRetry) await press('button');
    expect(retry).toHaveBeenCalledTimes(mayRetry ? 1 : 0);
  });

  it('goes by the clock of the relay, which says when a call was', async () => {
    const hours = 60 * minutes;
    await clockOffsetItem.setValue(-3 * hours);
    const endedAt = Date.now() - 3 * hours - 5 * minutes;
    const failure = { code: 'recording_missing', message: '' };
    await mount(fakeView(fakeSend({}).send), <PlayerFailure failure={failure} endedAt={endedAt} onRetry={() => {}} />);
    await vi.waitFor(() => expect(find('[role=alert] p').textContent).toBe(en.recording_not_yet));
  });
});

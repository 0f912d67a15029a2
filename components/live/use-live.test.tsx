// @vitest-environment happy-dom
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { LiveState, SeenCall } from '../../utils/storage.ts';
import { fakeSend, fakeView } from '../testing/fake-view.ts';
import { mount, settle } from '../testing/mount.tsx';
import { useLive } from './use-live.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const call = (callId: string, endedAt: number | null): SeenCall => ({
  callId,
  direction: 'outbound',
  peer: { number: '+84912345678', name: null },
  startedAt: 1,
  answeredAt: null,
  endedAt,
  talkSeconds: null,
});

async function open() {
  let show = (_state: LiveState) => {};
  const onEnded = vi.fn();
  function Whole() {
    useLive(true, onEnded);
    return null;
  }
  const view = fakeView(fakeSend({}).send, {
    watchLive(next) {
      show = next;
      return () => {};
    },
  });
  const { unmount } = await mount(view, <Whole />);
  const hear = async (...calls: SeenCall[]) => {
    await act(() => show({ relayUrl: null, link: 'open', signals: true, calls, lastId: null }));
    await settle();
  };
  const pass = (ms: number) => act(() => void vi.advanceTimersByTime(ms));
  return { hear, pass, onEnded, unmount };
}

it('asks for the history at a call’s end and again when it should be there', async () => {
  const { hear, pass, onEnded } = await open();
  await hear(call('a', null));
  await pass(60_000);
  expect(onEnded).not.toHaveBeenCalled();
  await hear(call('a', 100));
  await pass(0);
  expect(onEnded).toHaveBeenCalledTimes(1);
  await pass(8_000);
  expect(onEnded).toHaveBeenCalledTimes(2);
  await pass(60_000);
  expect(onEnded).toHaveBeenCalledTimes(3);
});

it('asks again for a call that ends as an earlier one is forgotten, and not for the forgetting', async () => {
  const { hear, pass, onEnded } = await open();
  await hear(call('a', 100));
  await pass(60_000);
  onEnded.mockClear();
  await hear(call('b', 200));
  await pass(60_000);
  expect(onEnded).toHaveBeenCalledTimes(3);
  await hear();
  await pass(60_000);
  expect(onEnded).toHaveBeenCalledTimes(3);
});

it('asks nothing for a view that is hidden', async () => {
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
  const { hear, pass, onEnded } = await open();
  await hear(call('a', 100));
  await pass(60_000);
  expect(onEnded).not.toHaveBeenCalled();
});

it('asks no more once the view is closed', async () => {
  const { hear, pass, onEnded, unmount } = await open();
  await hear(call('a', 100));
  await pass(0);
  await unmount();
  await pass(60_000);
  expect(onEnded).toHaveBeenCalledTimes(1);
});

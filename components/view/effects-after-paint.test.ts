// @vitest-environment happy-dom
import { options } from 'preact';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { runEffectsAfterPaint } from './effects-after-paint.ts';

let frames: FrameRequestCallback[] = [];
let visibilityState: DocumentVisibilityState = 'visible';
const watched = Object.defineProperty(new EventTarget(), 'visibilityState', { get: () => visibilityState }) as Document;

beforeEach(() => {
  frames = [];
  vi.stubGlobal('requestAnimationFrame', (frame: FrameRequestCallback) => frames.push(frame));
  runEffectsAfterPaint(watched);
});
afterEach(() => {
  delete options.requestAnimationFrame;
  vi.unstubAllGlobals();
});

/** Messages of one channel arrive in order, so all that were posted before have been handled. */
const settled = () =>
  new Promise<void>((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });

it.each([
  ['a frame was drawn', 'visible', () => frames.splice(0).forEach((frame) => void frame(0))],
  ['the document was hidden', 'visible', () => watched.dispatchEvent(new Event('visibilitychange'))],
  ['nothing, in a hidden document', 'hidden', () => {}],
] as const)('effects run after %s', async (_, state, after) => {
  visibilityState = state;
  const effects = vi.fn<() => void>();
  options.requestAnimationFrame?.(effects);
  if (state === 'visible') {
    await settled();
    expect(effects).not.toHaveBeenCalled();
  }
  after();
  await vi.waitFor(() => expect(effects).toHaveBeenCalledOnce());
  frames.splice(0).forEach((frame) => void frame(0));
  await settled();
  expect(effects).toHaveBeenCalledOnce();
});

// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { watchLive } from './watch-live.ts';

const heard: string[] = [];
let stop = () => {};
let hasFocus = true;

beforeEach(() => {
  fakeBrowser.reset();
  heard.splice(0);
  Object.assign(fakeBrowser.runtime, {
    connect: () => ({
      onDisconnect: { addListener: () => {} },
      postMessage: (word: string) => heard.push(word),
      disconnect: () => heard.push('gone'),
    }),
  });
  vi.spyOn(document, 'hasFocus').mockImplementation(() => hasFocus);
  stop = watchLive(() => {});
});
afterEach(() => stop());

it('says whether the agent looks at the view, from the beginning until it stops', () => {
  const turn = (event: 'focus' | 'blur') => {
    hasFocus = event === 'focus';
    window.dispatchEvent(new Event(event));
  };
  turn('blur');
  turn('focus');
  stop();
  turn('blur');
  expect(heard).toEqual(['focus', 'beat', 'focus', 'gone']);
});

// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { succeed } from '../../utils/reply.ts';
import { fakeSend, fakeView } from '../testing/fake-view.ts';
import { find, mount, settle, type } from '../testing/mount.tsx';
import { createCallList } from './call-list-store.ts';
import { FilterBar } from './filter-bar.tsx';

beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => vi.useRealTimers());

const page = succeed({ calls: [], placed: [], nextCursor: null, completeTo: null });

it.each([
  ['scrolls the filters', {}, true],
  ['zooms the page with Ctrl', { ctrlKey: true }, false],
  ['is the browser’s with Command', { metaKey: true }, false],
])('a wheel turned over the filters %s', async (_, keys, isTaken) => {
  const { send } = fakeSend({ listHistory: page });
  await mount(fakeView(send), <FilterBar list={createCallList(send)} day={null} />);
  const chips = find('.chips');
  const wheel = new WheelEvent('wheel', { deltaY: 40, bubbles: true, cancelable: true });
  // happy-dom leaves out the keys of a wheel.
  for (const [key, value] of Object.entries(keys)) Object.defineProperty(wheel, key, { value });
  chips.dispatchEvent(wheel);
  expect([chips.scrollLeft, wheel.defaultPrevented]).toEqual(isTaken ? [40, true] : [0, false]);
});

it('loses no key that is typed just before the search for the ones before it begins', async () => {
  const { send } = fakeSend({ listHistory: page });
  const list = createCallList(send);
  await mount(fakeView(send), <FilterBar list={list} day={null} />);
  const input = find<HTMLInputElement>('[data-testid=search]');
  await type('[data-testid=search]', '09');
  await vi.advanceTimersByTimeAsync(249);
  // The effects of this key run with the next rendered frame, after the timer.
  input.value = '091';
  input.dispatchEvent(new Event('input', { bubbles: true }));
  await Promise.resolve();
  vi.advanceTimersByTime(1);
  await settle();
  expect(input.value).toBe('091');
  await vi.advanceTimersByTimeAsync(250);
  await settle();
  expect(list.store.getState().text).toBe('091');
});

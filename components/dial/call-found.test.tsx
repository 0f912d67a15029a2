// @vitest-environment happy-dom
import { expect, it, vi } from 'vitest';
import { fakeSend, fakeView } from '../testing/fake-view.ts';
import { mount, press } from '../testing/mount.tsx';
import CallFound from './call-found.tsx';

const regions = { homeRegion: 'VN', regions: ['VN'] };

it.each([
  ['0912345678', 'Call 0912 345 678', '+84912345678'],
  ['+84 912.345.678', 'Call 0912 345 678', '+84912345678'],
  ['0168 345 6789', 'Call 0383 456 789', '+84383456789'],
  ['0912 345', null, null],
  ['0912 345 678, 0987 001 122', null, null],
])('offers to call what was searched for, if it is one number: %s', async (text, words, number) => {
  const onDial = vi.fn(async () => {});
  await mount(fakeView(fakeSend({}).send), <CallFound text={text} regions={regions} onDial={onDial} />);
  expect(document.querySelector('[data-testid=call-found]')?.textContent ?? null).toBe(words);
  expect(onDial).not.toHaveBeenCalled();
  if (number === null) return;
  await press('[data-testid=call-found]');
  expect(onDial).toHaveBeenCalledExactlyOnceWith(number, { extension: undefined });
});

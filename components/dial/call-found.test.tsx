// @vitest-environment happy-dom
import { expect, it, vi } from 'vitest';
import { fakeSend, fakeView } from '../testing/fake-view.ts';
import { find, mount, press } from '../testing/mount.tsx';
import { en } from '../testing/words.ts';
import CallFound from './call-found.tsx';

const regions = { homeRegion: 'VN', regions: ['VN'] };

const renewed = en.dial_renumbered;
const extension = en.dial_extension.replace('{extension}', '102');

it.each([
  ['02838221234#102', 'Call 028 3822 1234', extension, '+842838221234', '102'],
  ['01683456789 #102', 'Call 0383 456 789', `${renewed} ${extension}`, '+84383456789', '102'],
  ['0168 345 6789', 'Call 0383 456 789', renewed, '+84383456789', undefined],
  ['0912345678', 'Call 0912 345 678', null, '+84912345678', undefined],
])('says what else there is to know about the call to %s', async (text, words, note, number, extension) => {
  const onDial = vi.fn(async () => {});
  await mount(fakeView(fakeSend({}).send), <CallFound text={text} regions={regions} onDial={onDial} />);
  const button = find('[data-testid=call-found]');
  const told = document.getElementById(button.getAttribute('aria-describedby') ?? '');
  expect([button.textContent, told?.textContent ?? null]).toEqual([words, note]);
  await press('[data-testid=call-found]');
  expect(onDial).toHaveBeenCalledExactlyOnceWith(number, { extension });
});

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

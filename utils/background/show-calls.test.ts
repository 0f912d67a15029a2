import { beforeEach, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { viewWishItem } from '../storage.ts';
import { showCalls } from './show-calls.ts';

let open: number[];
let made: number;
let focused: number | null;

beforeEach(() => {
  fakeBrowser.reset();
  [open, made, focused] = [[], 0, null];
  Object.assign(fakeBrowser.action, { openPopup: () => Promise.reject(new Error('There is no window in front.')) });
  Object.assign(fakeBrowser.windows, {
    create: async () => {
      made += 1;
      open.push(made);
      focused = made;
      return { id: made };
    },
    update: async (id: number) => {
      if (!open.includes(id)) throw new Error(`There is no window ${id}.`);
      focused = id;
    },
  });
});

it('opens a window where no popup comes up, and the same one from then on', async () => {
  await showCalls(null);
  focused = null;
  await showCalls({ show: 'toCallBack' });
  expect({ open, focused }).toEqual({ open: [1], focused: 1 });
  expect(await viewWishItem.getValue()).toMatchObject({ show: 'toCallBack' });
});

it('opens another once that one is closed', async () => {
  await showCalls(null);
  open = [];
  for (let turn = 0; turn < 2; turn += 1) await showCalls(null);
  expect({ open, focused }).toEqual({ open: [2], focused: 2 });
});

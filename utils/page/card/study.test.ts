import { expect, it, vi } from 'vitest';
import { searchDisguise } from '../disguise.ts';
import { createStudy } from './study.ts';

vi.mock('../disguise.ts', () => ({ searchDisguise: vi.fn(), isDisguised: () => false }));

const idle = { requestIdleCallback: () => 1, cancelIdleCallback: () => {} };

it.each<[name: string, search: () => Generator<void, boolean>, isDisguised: boolean]>([
  ['finds nothing', () => searching(() => false), false],
  ['finds a cover', () => searching(() => true), true],
  ['breaks off', () => searching(unreadable), true],
])('a number whose search %s is judged by it in the press', (_, search, isDisguised) => {
  vi.mocked(searchDisguise).mockImplementation(search);
  const study = createStudy(idle as never);
  const mark = {} as never;
  study.begin(mark, undefined);
  expect(study.isDisguised(mark, {} as never)).toBe(isDisguised);
});

function* searching(end: () => boolean): Generator<void, boolean> {
  yield;
  return end();
}

function unreadable(): never {
  throw new TypeError('localName.includes is not a function');
}

import { expect, it } from 'vitest';
import { addHole } from './holes.ts';

it.each([
  [[], [5, 6], [[5, 6]]],
  [
    [
      [1, 2],
      [8, 9],
    ],
    [5, 6],
    [
      [1, 2],
      [5, 6],
      [8, 9],
    ],
  ],
  [[[1, 2]], [2, 4], [[1, 4]]],
  [
    [
      [1, 3],
      [4, 6],
      [8, 9],
    ],
    [2, 5],
    [
      [1, 6],
      [8, 9],
    ],
  ],
  [[[1, 9]], [2, 5], [[1, 9]]],
])('%j with %j are %j', (holes, hole, all) => {
  const spans = holes.map(([from, to]) => ({ from: from ?? 0, to: to ?? 0 }));
  const [from = 0, to = 0] = hole;
  expect(addHole(spans, { from, to }).map((one) => [one.from, one.to])).toEqual(all);
});

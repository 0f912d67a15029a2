import { expect, it } from 'vitest';
import { RelayError } from '../http/relay-error.ts';
import { makeDeps } from '../testing/make-deps.ts';
import { addHole, readHoles } from './holes.ts';
import { changeProgress, readProgress } from './mirror-status.ts';
import type { Reading } from './sweep-window.ts';

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

const minute = 60_000;

/** Reads a hole of 500 minutes while AntBuddy refuses minutes 100 to 110. Returns remaining holes and requests, in minutes. */
async function readOnce(oldest = 0, refuse: (reading: Reading) => void = () => {}) {
  const deps = await makeDeps();
  await changeProgress(deps.store, () => ({ holes: [{ from: 0, to: 500 * minute }] }));
  const got: [from: number, to: number][] = [];
  const read = async (reading: Reading) => {
    const [from, to] = [reading.from / minute, reading.to / minute];
    if (from < 110 && to > 100) throw new RelayError('upstream_failed');
    refuse(reading);
    got.push([from, to]);
  };
  const again = async () => {
    const failure = await readHoles(deps, oldest * minute, read).catch((error: RelayError) => error.code);
    const { holes } = await readProgress(deps.store);
    return { failure, left: holes.map(({ from, to }) => [from / minute, to / minute]) };
  };
  return { again, got, close: () => deps.close() };
}

it('asks for a hole from both ends, until only what is not given is left of it', async () => {
  const { again, got, close } = await readOnce();
  expect(await again()).toEqual({ failure: undefined, left: [[63, 245]] });
  for (let times = 0; times < 12; times++) await again();
  expect(await again()).toEqual({ failure: undefined, left: [[100, 110]] });
  const apart = got.toSorted(([one], [other]) => one - other);
  expect(apart.every(([from], at) => from === (at === 0 ? 0 : from === 110 ? 110 : apart[at - 1]?.[1]))).toBe(true);
  await close();
});

it('gives up only the part of a hole that is too old', async () => {
  const { again, close } = await readOnce(105);
  expect((await again()).left).toEqual([[105, 245]]);
  await close();
});

it('keeps what it read of a hole when AntBuddy is busy', async () => {
  const { again, close } = await readOnce(0, ({ from }) => {
    if (from >= 15 * minute) throw new RelayError('upstream_busy');
  });
  expect(await again()).toEqual({ failure: 'upstream_busy', left: [[15, 500]] });
  await close();
});

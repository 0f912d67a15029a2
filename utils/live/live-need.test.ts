import { beforeEach, expect, it, vi } from 'vitest';
import { createLiveNeed } from './live-need.ts';

let runs: { ended: boolean; finish: () => void }[] = [];
const start = () =>
  createLiveNeed((signal) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const run = { ended: false, finish: resolve };
    signal.addEventListener('abort', () => {
      run.ended = true;
      resolve();
    });
    runs.push(run);
    return promise;
  });
const settled = () => new Promise((resolve) => setImmediate(resolve));
const state = async () => {
  await settled();
  return runs.map(({ ended }) => (ended ? 'ended' : 'runs'));
};

beforeEach(() => {
  runs = [];
  vi.useRealTimers();
});

it('runs once, from the first who needs it to the last', async () => {
  const need = start();
  expect(await state()).toEqual([]);
  const [one, two] = [need.hold(), need.hold()];
  expect(await state()).toEqual(['runs']);
  one();
  expect(await state()).toEqual(['runs']);
  two();
  expect(await state()).toEqual(['ended']);
  need.hold();
  expect(await state()).toEqual(['ended', 'runs']);
});

it('runs again when it is needed while the last run ends, and for another connection', async () => {
  const need = start();
  need.hold()();
  need.hold();
  expect(await state()).toEqual(['ended', 'runs']);
  need.restart();
  expect(await state()).toEqual(['ended', 'ended', 'runs']);
});

it('begins again what gave up only when asked, and only when needed', async () => {
  const need = start();
  const release = need.hold();
  runs[0]?.finish();
  await settled();
  expect(need.isRunning()).toBe(false);
  need.retry();
  expect(runs).toHaveLength(2);
  release();
  await settled();
  need.retry();
  need.restart();
  expect(runs).toHaveLength(2);
});

it('is needed for a time, which begins anew under the same name', async () => {
  vi.useFakeTimers();
  const need = start();
  need.holdFor('a', 100);
  vi.advanceTimersByTime(80);
  need.holdFor('a', 100);
  vi.advanceTimersByTime(80);
  expect(runs.map(({ ended }) => ended)).toEqual([false]);
  vi.advanceTimersByTime(30);
  expect(runs.map(({ ended }) => ended)).toEqual([true]);
});

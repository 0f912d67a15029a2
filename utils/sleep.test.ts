import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { sleep } from './sleep.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

it.each<[string, abortsAfter: number | null, lasts: number]>([
  ['its time while its signal is quiet', null, 500],
  ['until its signal aborts', 200, 200],
  ['not at all after that', 0, 0],
])('lasts %s, and leaves nothing behind', async (_, abortsAfter, lasts) => {
  const ending = new AbortController();
  const added = vi.spyOn(ending.signal, 'addEventListener');
  const removed = vi.spyOn(ending.signal, 'removeEventListener');
  const abort = () => ending.abort();
  if (abortsAfter) setTimeout(abort, abortsAfter);
  else if (abortsAfter === 0) abort();
  const from = Date.now();
  const took = sleep(500, ending.signal).then(() => Date.now() - from);
  await vi.runAllTimersAsync();
  expect([await took, vi.getTimerCount()]).toEqual([lasts, 0]);
  expect(removed.mock.calls).toEqual(added.mock.calls);
});

it('needs no signal', async () => {
  const slept = sleep(500);
  await vi.advanceTimersByTimeAsync(500);
  await slept;
});

import { expect, it } from 'vitest';
import { describeOnEngines } from '../testing/describe-on-engines.ts';
import { createLease } from './lease.ts';

describeOnEngines('a lease', (make) => {
  it.each([
    ['while it lasts', 19_000, false],
    ['once it is over', 20_001, true],
    ['by one whose clock is a little behind', -59_000, false],
    ['of a relay that died before the clock was set back', -3_600_000, true],
  ])('is had by another relay %s: %s', async (_, elapsedMs, isTaken) => {
    const deps = await make();
    const [first, second] = [createLease(deps.store, 'a', 20_000, deps.now), createLease(deps.store, 'a', 20_000, deps.now)];
    expect([await first.take(), await second.take()]).toEqual([true, false]);
    deps.advance(elapsedMs);
    expect(await second.take()).toBe(isTaken);
    expect(await first.take()).toBe(!isTaken);
  });
});

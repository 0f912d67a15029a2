import { expect, it, vi } from 'vitest';
import type { HistoriesQuery } from '../antbuddy/antbuddy-client.ts';
import { describeOnEngines } from '../testing/describe-on-engines.ts';
import { outbound } from '../testing/mirror-records.ts';
import { backfillAgain } from './backfill-again.ts';
import { createHistoryMirror } from './mirror.ts';
import { dayMs, readMirrorStatus } from './mirror-status.ts';
import { startHistoryMirror } from './start-history-mirror.ts';

describeOnEngines('the backfill', (make) => {
  it('is begun again each week, and finds what AntBuddy told of late', async () => {
    let toldAt: number | null = null;
    const listHistories = async ({ from, to }: HistoriesQuery) =>
      toldAt !== null && toldAt >= from && toldAt <= to ? [outbound('0912345678', { unix_timestamp: toldAt / 1000 })] : [];
    const deps = await make({ antbuddy: { listHistories } });
    const mirror = createHistoryMirror(deps);
    const signal = new AbortController().signal;
    const mirrored = async () => (await deps.store.selectFrom('history').select('id').execute()).length;
    const readOn = async () => {
      await mirror.sweep(signal);
      while (await mirror.backfillDay(signal));
    };
    expect(await backfillAgain(deps)).toBe(false);
    await mirror.sweep(signal);
    expect(await backfillAgain(deps)).toBe(false);
    await readOn();

    toldAt = deps.now() - 20 * dayMs;
    deps.advance(5 * dayMs);
    expect(await backfillAgain(deps)).toBe(false);
    await readOn();
    expect(await mirrored()).toBe(0);
    deps.advance(dayMs);
    expect(await backfillAgain(deps)).toBe(true);
    expect(await backfillAgain(deps)).toBe(false);
    expect(await readMirrorStatus(deps.store)).toMatchObject({ backfilled: 1 });
    await readOn();
    expect(await mirrored()).toBe(1);
    expect(await backfillAgain(deps)).toBe(false);
    deps.advance(-dayMs);
    expect(await backfillAgain(deps)).toBe(true);
  });

  it('is begun again while the relay runs', async () => {
    let longestMs = 0;
    const listHistories = async ({ from }: HistoriesQuery) => {
      longestMs = Math.max(longestMs, deps.now() - from);
      return [];
    };
    const deps = await make({ antbuddy: { listHistories } });
    const stop = new AbortController();
    const running = startHistoryMirror(deps, stop.signal, 100);
    await vi.waitFor(async () => expect((await readMirrorStatus(deps.store)).backfilled).toBe(1), 10_000);
    deps.advance(7 * dayMs);
    longestMs = 0;
    await vi.waitFor(() => expect(longestMs).toBeGreaterThan(30 * dayMs), 10_000);
    stop.abort();
    await running;
  });
});

import { afterEach, expect, it, vi } from 'vitest';
import type { HistoriesQuery } from '../antbuddy/antbuddy-client.ts';
import { createReadGate } from '../antbuddy/read-gate.ts';
import { RelayError } from '../http/relay-error.ts';
import { StoreError } from '../store/store-error.ts';
import { addPlaced } from '../testing/add-placed.ts';
import { describeOnEngines } from '../testing/describe-on-engines.ts';
import { addDevice } from '../testing/device.ts';
import { createFakeAntBuddy } from '../testing/fake-antbuddy.ts';
import type { TestDeps } from '../testing/make-deps.ts';
import { mirrorRecords, outbound } from '../testing/mirror-records.ts';
import { createLease } from './lease.ts';
import { changeProgress, dayMs } from './mirror-status.ts';
import { startHistoryMirror } from './start-history-mirror.ts';

const leaseMs = 2_000;
const stops: (() => Promise<void>)[] = [];

describeOnEngines('a relay beside the one that reads the histories', (make) => {
  afterEach(() => Promise.all(stops.splice(0).map((stop) => stop())));

  it('looks, once it takes over, for the calls of all days that the other has read meanwhile', async () => {
    const deps = await make({ antbuddy: { listHistories: async () => [] } });
    const { now } = deps;
    await createLease(deps.store, 'history-mirror', 60_000, now).take();
    const stop = new AbortController();
    const running = startHistoryMirror(deps, stop.signal, 50);

    const at = now() + dayMs / 2;
    await addPlaced(deps, await addDevice(deps, { username: 'mailan', sipUser: '1001' }), 'a', { created_at: at });
    const [id] = await mirrorRecords(deps, outbound('0912345678', { unix_timestamp: at / 1000 }));
    const until = now() + 3 * dayMs;
    await changeProgress(deps.store, () => ({ completeTo: until, backfillFrom: until, backfilledDays: 31 }));
    deps.advance(3 * dayMs);
    const linked = () => deps.store.selectFrom('calls').select('history_id').executeTakeFirst();
    await vi.waitFor(async () => expect(await linked()).toEqual({ history_id: id }), 5_000);
    stop.abort();
    await running;
  });

  it('reads nothing while AntBuddy sends that one away, which then goes on with its sweep', async () => {
    const deps = { ...(await make()), now: Date.now };
    const reader = mirrorOn(deps, 3_000);
    await vi.waitFor(() => expect(reader.reads).toHaveLength(1), 5_000);
    const other = mirrorOn(deps);
    await vi.waitFor(() => expect(reader.reads.length).toBeGreaterThan(1), 10_000);
    expect(other.reads).toEqual([]);
    expect(reader.reads[1]?.to).toBe(reader.reads[0]?.to);
  });

  it('stays away as long as that one was told to when it takes over', async () => {
    const deps = { ...(await make()), now: Date.now };
    const reader = mirrorOn(deps, 5_000);
    await vi.waitFor(() => expect(reader.reads).toHaveLength(1), 5_000);
    const other = mirrorOn(deps);
    await vi.waitFor(() => expect(other.gate.backOff).toEqual(reader.gate.backOff), 5_000);
    const { until } = reader.gate.backOff;
    expect(until).toBeGreaterThan(0);
    await reader.stop();
    await vi.waitFor(() => expect(other.reads.length).toBeGreaterThan(0), 10_000);
    expect(other.reads[0]?.at).toBeGreaterThanOrEqual(until);
  });
});

describeOnEngines('the relay that reads the histories', (make) => {
  it('writes again what the database that took over after an outage does not have', async () => {
    const deps = await make({ config: { sweepSeconds: 1 } });
    const at = Date.now() - 60_000;
    const record = outbound('0912345678', { unix_timestamp: at / 1000, duration_seconds: 20, billing_seconds: 12 });
    let isAway = false;
    const listHistories = async ({ from, to }: HistoriesQuery) => {
      if (isAway) await deps.store.deleteFrom('history').execute();
      if (isAway) throw new StoreError(new Error('The connection was lost.'));
      return from <= at && at < to ? [{ ...record, status_detail: 'SUCCESS' }] : [];
    };
    const stop = new AbortController();
    const running = startHistoryMirror({ ...deps, now: Date.now, antbuddy: createFakeAntBuddy({ listHistories }) }, stop.signal);
    const written = () => deps.store.selectFrom('history').select('id').execute();
    await vi.waitFor(async () => expect(await written()).toHaveLength(1), 5_000);
    isAway = true;
    await vi.waitFor(async () => expect(await written()).toEqual([]), 5_000);
    isAway = false;
    await vi.waitFor(async () => expect(await written()).toHaveLength(1), 10_000);
    stop.abort();
    await running;
  });
});

/** A relay's mirror with a gate of its own, the first read of which AntBuddy sends away for `awayMs`. */
function mirrorOn(deps: TestDeps, awayMs = 0) {
  const gate = createReadGate(Date.now);
  const reads: { at: number; to: number }[] = [];
  const listHistories = async ({ to }: HistoriesQuery) => {
    const passed = gate.pass();
    reads.push({ at: Date.now(), to });
    if (awayMs > 0 && reads.length === 1) {
      gate.join({ until: Date.now() + awayMs, waitMs: 2 * awayMs });
      throw new RelayError('upstream_busy');
    }
    gate.open(passed);
    return [];
  };
  const antbuddy = createFakeAntBuddy({ listHistories, backOff: () => gate.backOff, joinBackOff: gate.join });
  const end = new AbortController();
  const running = startHistoryMirror({ ...deps, antbuddy }, end.signal, leaseMs);
  const stop = () => {
    end.abort();
    return running;
  };
  stops.push(stop);
  return { gate, reads, stop };
}

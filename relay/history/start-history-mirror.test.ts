import { expect, it, vi } from 'vitest';
import { addPlaced } from '../testing/add-placed.ts';
import { describeOnEngines } from '../testing/describe-on-engines.ts';
import { addDevice } from '../testing/device.ts';
import { mirrorRecords, outbound } from '../testing/mirror-records.ts';
import { createLease } from './lease.ts';
import { changeProgress, dayMs } from './mirror-status.ts';
import { startHistoryMirror } from './start-history-mirror.ts';

describeOnEngines('a relay beside the one that reads the histories', (make) => {
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
});

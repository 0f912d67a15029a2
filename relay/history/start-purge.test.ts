import { expect, it, vi } from 'vitest';
import { addPlaced } from '../testing/add-placed.ts';
import { describeOnEngines } from '../testing/describe-on-engines.ts';
import { addDevice } from '../testing/device.ts';
import { mirrorRecords, outbound } from '../testing/mirror-records.ts';
import { createPurge, startPurge } from './start-purge.ts';

describeOnEngines('the purge', (make) => {
  it('forgets old calls and their numbers, though AntBuddy does not answer', async () => {
    const deps = await make();
    const device = await addDevice(deps, { sipUser: '1001' });
    const old = deps.now() - 366 * 86_400_000;
    await mirrorRecords(deps, outbound('0912345678', { unix_timestamp: old / 1000 }), outbound('0987654321'));
    await addPlaced(deps, device, 'a', { created_at: old });
    const ended = new AbortController();
    const purge = startPurge(deps, ended.signal);
    await vi.waitFor(async () => {
      expect(await deps.store.selectFrom('history').select('callee_number').execute()).toEqual([{ callee_number: '0987654321' }]);
      expect(await deps.store.selectFrom('calls').select('number').execute()).toEqual([{ number: '' }]);
    }, 10_000);
    ended.abort();
    await purge;
  });

  it('is left to one relay at a time, and ends with its relay', async () => {
    const deps = await make();
    const old = deps.now() - 366 * 86_400_000;
    await mirrorRecords(deps, outbound('0912345678', { unix_timestamp: old / 1000 }));
    const mirrored = async () => (await deps.store.selectFrom('history').select('id').execute()).length;
    const [first, second] = [createPurge(deps), createPurge(deps)];
    await first.step(AbortSignal.abort());
    expect(await mirrored()).toBe(1);
    const goesOn = new AbortController().signal;
    await second.step(goesOn);
    expect(await mirrored()).toBe(1);
    await first.end();
    await second.step(goesOn);
    expect(await mirrored()).toBe(0);
  });
});

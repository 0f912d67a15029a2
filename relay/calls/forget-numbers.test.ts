import { expect, it } from 'vitest';
import { defaultPolicy } from '../policy/default-policy.ts';
import { savePolicy } from '../policy/policies.ts';
import { addPlaced } from '../testing/add-placed.ts';
import { describeOnEngines } from '../testing/describe-on-engines.ts';
import { addDevice } from '../testing/device.ts';
import { forgetNumbers } from './forget-numbers.ts';

const day = 86_400_000;

describeOnEngines('numbers of placed calls', (make) => {
  it('are forgotten once they are older than calls are kept, and the calls are not', async () => {
    const deps = await make();
    const device = await addDevice(deps, { sipUser: '1001' });
    const told = { site: 'crm.example', dialled: '0912345678', payload_hash: 'x', answer_body: '{"number":"+84912345678"}' };
    for (const [key, days] of Object.entries({ old: 366, kept: 364 }))
      await addPlaced(deps, device, key, { ...told, created_at: deps.now() - days * day });
    const rows = () => deps.store.selectFrom('calls').selectAll().orderBy('created_at').execute();
    expect([await forgetNumbers(deps, deps.now()), await forgetNumbers(deps, deps.now())]).toEqual([1, 0]);
    const [old, kept] = await rows();
    expect(JSON.stringify(old)).not.toMatch(/912345678|crm\.example/);
    expect(old).toMatchObject({ key: 'old', agent_id: device.agentId, state: 'accepted', payload_hash: '' });
    expect(kept).toMatchObject({ key: 'kept', number: '+84912345678', ...told });

    expect(await forgetNumbers(deps, deps.now() + 2 * day)).toBe(1);
    await addPlaced(deps, device, 'later', { created_at: deps.now() - 40 * day });
    await savePolicy(deps, 0, { ...defaultPolicy(deps.config), historyDays: 31 }, 'test');
    expect(await forgetNumbers(deps, deps.now())).toBe(1);
  });

  it('are forgotten in time after the clock was years ahead', async () => {
    const deps = await make();
    const device = await addDevice(deps, { sipUser: '1001' });
    expect(await forgetNumbers(deps, deps.now() + 1500 * day)).toBe(0);
    await addPlaced(deps, device, 'a', { created_at: deps.now() });
    const after = (days: number) => forgetNumbers(deps, deps.now() + days * day);
    expect([await after(1), await after(364), await after(366)]).toEqual([0, 0, 1]);
  });

  it('are forgotten however many they are', { timeout: 60_000 }, async () => {
    const deps = await make();
    const device = await addDevice(deps, { sipUser: '1001' });
    const at = deps.now() - 400 * day;
    for (let turn = 0; turn < 1_100; turn += 1) await addPlaced(deps, device, `k${turn}`, { created_at: at + (turn >> 1) });
    expect(await forgetNumbers(deps, deps.now())).toBe(1_100);
  });
});

import { randomUUID } from 'node:crypto';
import { beforeEach, expect, it } from 'vitest';
import { lockAgent } from '../policy/call-locks.ts';
import { defaultPolicy } from '../policy/default-policy.ts';
import { importDoNotCall } from '../policy/do-not-call.ts';
import { readPolicy, savePolicy } from '../policy/policies.ts';
import { describeOnEngines } from '../testing/describe-on-engines.ts';
import { addDevice, type TestDevice } from '../testing/device.ts';
import type { TestDeps } from '../testing/make-deps.ts';
import { draftCall } from './ledger.ts';
import { openAtOnce } from './open-at-once.ts';

describeOnEngines('a call that is opened at once', (make) => {
  let deps: TestDeps;
  let device: TestDevice;
  beforeEach(async () => {
    deps = await make();
    device = await addDevice(deps, { sipUser: '1001' });
  });

  const draft = ({ key = randomUUID() as string, number = '+84912345678', from = device } = {}) =>
    draftCall(
      deps.store,
      { agentId: from.agentId, deviceId: from.deviceId, key, number, clickedAt: deps.now(), surface: 'page' },
      { dialled: '0912345678', sipUser: '1001' },
      deps.now(),
    );
  const settle = () => deps.store.updateTable('calls').set({ state: 'accepted' }).execute();
  const countRows = async () => {
    const { store } = deps;
    const [calls, counters] = await Promise.all([
      store.selectFrom('calls').select('key').execute(),
      store.selectFrom('counters').select('count').execute(),
    ]);
    return { calls: calls.length, counted: counters.reduce((sum, { count }) => sum + count, 0) };
  };
  const change = async (to: Partial<ReturnType<typeof defaultPolicy>>) => {
    const { version } = await readPolicy(deps);
    await savePolicy(deps, version, { ...defaultPolicy(deps.config), ...to }, 'admin');
  };

  it('stands with its counts', async () => {
    const row = draft();
    expect(await openAtOnce(deps, row)).toEqual({ row, fresh: true });
    expect(await deps.store.selectFrom('calls').selectAll().execute()).toEqual([row]);
    expect(await countRows()).toEqual({ calls: 1, counted: 5 });
    await settle();
    expect(await openAtOnce(deps, draft({ number: '+84912345679' }))).not.toBeNull();
    expect(await countRows()).toEqual({ calls: 2, counted: 10 });
  });

  it('is the first one again when its key was used', async () => {
    const row = draft();
    await openAtOnce(deps, row);
    expect(await openAtOnce(deps, draft({ key: row.key, number: '+84912345679' }))).toEqual({ row, fresh: false });
    expect(await countRows()).toEqual({ calls: 1, counted: 5 });
  });

  const key = randomUUID();
  const other = '+84912345679';
  it.each<{ why: string; first?: () => Promise<unknown>; call?: { key?: string; number?: string } }>([
    { why: 'another dial of the agent is under way', first: async () => undefined, call: { number: other } },
    { why: 'it repeats one of seconds ago' },
    {
      why: 'the number was put on the list',
      first: async () => [await settle(), await importDoNotCall(deps, other, false, 'admin')],
      call: { number: other },
    },
    {
      why: 'the agent was locked',
      first: async () => [await settle(), await lockAgent(deps, device.agentId)],
      call: { number: other },
    },
    {
      why: 'a policy came into force that was not looked at yet',
      first: async () => [await settle(), await change({ countries: ['SG'] })],
      call: { number: other },
    },
    {
      why: 'another policy is in force under the number of the one that was looked at',
      first: async () => {
        await settle();
        await change({ countries: ['VN', 'SG'] });
        await openAtOnce(deps, draft({ number: other }));
        await openAtOnce(deps, draft({ number: other }));
        await settle();
        await deps.store.deleteFrom('policies').execute();
        deps.advance(60_000);
        await change({ countries: ['SG'] });
      },
    },
    { why: 'no numbering plan knows the number', call: { number: '+8491' } },
    { why: 'the policy refuses the number', call: { number: '+6591234567' } },
  ])('is left to be looked at closely, and nothing is written, when $why', async ({ first = settle, call }) => {
    await openAtOnce(deps, draft({ key }));
    await first();
    const before = await countRows();
    expect(await openAtOnce(deps, draft(call))).toBeNull();
    expect(await countRows()).toEqual(before);
  });

  it.each(['agentPerMinute', 'agentPerDay', 'companyPerMinute', 'companyPerDay'] as const)(
    'never counts past %s',
    async (cap) => {
      const limit = 20;
      await change({ burst: { calls: 100, minutes: 10 }, caps: { ...defaultPolicy(deps.config).caps, [cap]: limit } });
      let opened = 0;
      for (let turn = 0; turn < 2 * limit; turn += 1) {
        if (await openAtOnce(deps, draft({ number: `+8491234${5000 + turn}` }))) opened += 1;
        await settle();
      }
      // The company's count is kept in shares, so it may seem full while there is room.
      expect(opened).toBeLessThanOrEqual(limit);
      expect(opened).toBeGreaterThan(limit / 2);
      expect(await countRows()).toEqual({ calls: opened, counted: opened * 5 });
    },
  );

  it.each([
    ['agentPerMinute', 60_000, 20],
    ['companyPerMinute', 60_000, 20],
    ['burst', 600_000, 20],
  ] as const)('counts past %s as little just after its window as within', async (cap, windowMs, limit) => {
    const { caps, burst } = defaultPolicy(deps.config);
    await change(cap === 'burst' ? { burst: { ...burst, calls: limit } } : { caps: { ...caps, [cap]: limit } });
    deps.advance(windowMs - 1_000 - (deps.now() % windowMs));
    let opened = 0;
    const openMany = async () => {
      opened = 0;
      for (let turn = 0; turn < 2 * limit; turn += 1) {
        if (await openAtOnce(deps, draft({ number: `+8491234${String(deps.now() % 10_000).padStart(4, '0')}` }))) opened += 1;
        await settle();
        deps.advance(20);
      }
      return opened;
    };
    expect(await openMany()).toBeGreaterThan(limit / 2);
    deps.advance(4_000);
    expect(await openMany()).toBeLessThan(limit / 2);
    deps.advance(2 * windowMs);
    expect(await openMany()).toBeGreaterThan(limit / 2);
  });

  it('is again possible once the new policy was looked at', async () => {
    await openAtOnce(deps, draft());
    await settle();
    await change({ countries: ['VN', 'SG'] });
    expect(await openAtOnce(deps, draft({ number: other }))).toBeNull();
    expect(await openAtOnce(deps, draft({ number: '+6591234567' }))).not.toBeNull();
  });
});

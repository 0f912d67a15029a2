import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { describeOnEngines } from '../testing/describe-on-engines.ts';
import { createStoreProbe } from './probe-store.ts';

describeOnEngines('a probe of the store', (make) => {
  it('writes now and then, and each time until it could', async () => {
    const deps = await make();
    const probe = createStoreProbe(deps);
    const written = async () =>
      (await deps.store.selectFrom('state').select('value').where('name', '=', 'probe').execute()).map(({ value }) =>
        Number(value),
      );
    const times: number[][] = [];
    for (let turn = 0; turn < 4; turn += 1) {
      await probe();
      times.push(await written());
      deps.advance(6_000);
    }
    const [first] = times[0] as [number];
    expect(times).toEqual([[first], [first], [first + 12_000], [first + 12_000]]);

    await sql`alter table state rename to away`.execute(deps.store);
    await expect(probe()).rejects.toThrow('state');
    await expect(probe()).rejects.toThrow('state');
    await sql`alter table away rename to state`.execute(deps.store);
    await probe();
    expect(await written()).toEqual([first + 24_000]);

    deps.advance(-3_600_000);
    await probe();
    expect(await written()).toEqual([deps.now()]);
  });
});

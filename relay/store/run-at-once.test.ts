import { expect, it } from 'vitest';
import { describeOnEngines } from '../testing/describe-on-engines.ts';
import { prepare } from './prepare.ts';
import { runAtOnce } from './run-at-once.ts';

const put = prepare((store, row: { name: string; value: string | null }) =>
  store.insertInto('state').values(row as { name: string; value: string }),
);

describeOnEngines('a transaction in one turn', (make) => {
  it('is committed as a whole', async () => {
    const { store } = await make();
    await runAtOnce(store, [put.bind(store, { name: 'a', value: '1' }), put.bind(store, { name: 'b', value: '2' })]);
    expect(await store.selectFrom('state').selectAll().orderBy('name').execute()).toEqual([
      { name: 'a', value: '1' },
      { name: 'b', value: '2' },
    ]);
  });

  it.each([
    { why: 'a name that is taken', name: 'a', value: '2', kind: 'unique' },
    { why: 'an empty value', name: 'b', value: null, kind: 'empty' },
  ])('leaves nothing when a query fails for $why, and the next one is not held up', async ({ name, value, kind }) => {
    const { store } = await make();
    const rows = [
      { name: 'a', value: '1' },
      { name, value },
      { name: 'c', value: '3' },
    ];
    const failed = runAtOnce(
      store,
      rows.map((row) => put.bind(store, row)),
    );
    await expect(failed).rejects.toMatchObject({ name: 'StoreError', kind });
    expect(await store.selectFrom('state').selectAll().execute()).toEqual([]);
    await runAtOnce(store, [put.bind(store, { name: 'a', value: '4' })]);
    expect(await store.selectFrom('state').select('value').execute()).toEqual([{ value: '4' }]);
  });

  it('is refused by a store that was closed', async () => {
    const { store } = await make();
    const query = put.bind(store, { name: 'a', value: '1' });
    await store.destroy();
    await expect(runAtOnce(store, [query])).rejects.toMatchObject({ name: 'StoreError', kind: 'unavailable' });
  });
});

import { expect, it } from 'vitest';
import { describeOnEngines } from '../testing/describe-on-engines.ts';
import { prepare } from './prepare.ts';

const put = prepare((store, row: { name: string; value: string }) => store.insertInto('state').values(row));
const find = prepare((store, { value, names }: { value: string; names: number }) =>
  store.selectFrom('state').select(['name', 'value']).where('value', '=', value).orderBy('name').limit(names),
);

describeOnEngines('a prepared query', (make) => {
  it('is run with the values of each time, in a transaction and without', async () => {
    const { store } = await make();
    await put(store, { name: 'a', value: 'one' });
    const { numAffectedRows } = await store.transaction().execute((transaction) => put(transaction, { value: 'two', name: 'b' }));
    expect(numAffectedRows).toBe(1n);
    await put(store, { name: 'c', value: 'two' });
    const names = async (value: string, most: number) => (await find(store, { value, names: most })).rows.map(({ name }) => name);
    expect(await names('one', 5)).toEqual(['a']);
    expect(await names('two', 5)).toEqual(['b', 'c']);
    expect(await names('two', 1)).toEqual(['b']);
    expect(await names('three', 5)).toEqual([]);
  });

  it('says what a query that is built each time says of its errors', async () => {
    const { store } = await make();
    await put(store, { name: 'a', value: 'one' });
    await expect(put(store, { name: 'a', value: 'two' })).rejects.toMatchObject({ name: 'StoreError', kind: 'unique' });
  });
});

import { expect, it } from 'vitest';
import { createHiddenStore, type HiddenBySite } from './hidden-store.ts';

const CRM = 'https://crm.example';
const SHOP = 'https://shop.example';
const one = { number: '+84912345678', text: '0912 345 678' };
const other = { number: '+84381000123', text: '0381000123' };

function setUp(kept: HiddenBySite = {}) {
  let all = kept;
  const store = createHiddenStore({
    getValue: async () => all,
    setValue: async (next) => {
      all = next;
    },
  });
  return { store, all: () => all };
}

it('hides on one site only, and shows again', async () => {
  const { store, all } = setUp();
  expect(await store.hide(CRM, one)).toEqual([one]);
  await store.hide(SHOP, other);
  expect([await store.of(CRM), await store.of(SHOP), await store.of('https://x.example')]).toEqual([[one], [other], []]);
  expect(await store.show(CRM, one.number)).toEqual([]);
  expect(all()).toEqual({ [SHOP]: [other] });
});

it('keeps a number once, as it was written last', async () => {
  const { store } = setUp({ [CRM]: [one] });
  expect(await store.hide(CRM, { ...one, text: '0912345678' })).toEqual([{ ...one, text: '0912345678' }]);
});

it('loses none of many changes at once', async () => {
  const { store } = setUp();
  const many = Array.from({ length: 20 }, (_, index) => ({ number: `+8490000${1000 + index}`, text: String(index) }));
  await Promise.all(many.map((hidden) => store.hide(CRM, hidden)));
  expect(await store.of(CRM)).toEqual(many);
});

it('keeps the newest 200 of a site', async () => {
  const { store } = setUp({ [CRM]: Array.from({ length: 200 }, (_, index) => ({ number: String(index), text: String(index) })) });
  const kept = await store.hide(CRM, one);
  expect([kept.length, kept[0]?.number, kept.at(-1)]).toEqual([200, '1', one]);
});

import { expect, it } from 'vitest';
import type { CallPlace } from '../storage.ts';
import { createCallPlaces } from './call-places.ts';

const minute = 60_000;
const AT = 100 * minute;
const number = '+84901234567';
const click = (key: string, clickedAt = AT, called = number) => ({ key, number: called, clickedAt, surface: 'page' as const });

function setUp() {
  let stored: CallPlace[] = [];
  const item = {
    getValue: async () => stored,
    setValue: async (next: CallPlace[]) => {
      stored = next;
    },
  };
  return { places: createCallPlaces(item), stored: () => stored };
}

it.each([
  ['https://crm.example/deals/7?tab=a#x', 'https://crm.example/deals/7?tab=a#x'],
  ['https://an:secret@crm.example/', 'https://crm.example/'],
  ['about:blank', null],
  ['file:///home/a', null],
  [`https://crm.example/${'a'.repeat(2000)}`, null],
  [null, null],
])('%s is kept as %s', async (page, kept) => {
  const { places } = setUp();
  await places.remember(click('a'), page, 0);
  expect(await places.find('a')).toBe(kept);
});

it.each([
  ['at the same time', AT, 'a'],
  ['as AntBuddy started it a minute later', AT + minute, 'a'],
  ['as the clock of AntBuddy is behind', AT - 50_000, 'a'],
  ['nearest', AT + 2.4 * minute, 'b'],
  ['minutes later', AT + 10 * minute, null],
  ['before', AT - 2 * minute, null],
] as const)('finds a call of the history that started %s', async (_, startedAt, key) => {
  const { places } = setUp();
  // This computer's clock is an hour behind the relay's.
  await places.remember(click('a', AT - 60 * minute), 'https://crm.example/a', 60 * minute);
  await places.remember(click('b', AT + 2 * minute), 'https://crm.example/b', 0);
  await places.remember(click('c', AT, '+84907654321'), 'https://crm.example/c', 0);
  expect(await places.find({ number, startedAt })).toBe(key && `https://crm.example/${key}`);
});

it('keeps the last 500, each once, also when many come at once', async () => {
  const { places, stored } = setUp();
  await Promise.all(Array.from({ length: 510 }, (_, turn) => places.remember(click(`${turn}`), 'https://crm.example/', 0)));
  await places.remember(click('509'), 'https://crm.example/again', 0);
  expect([stored().length, stored()[0]?.key, stored().at(-1)]).toEqual([500, '10', expect.objectContaining({ key: '509' })]);
});

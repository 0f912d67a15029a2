import 'fake-indexeddb/auto';
import { expect, it } from 'vitest';
import type { CallPlace } from '../storage.ts';
import { createCallPlaces } from './call-places.ts';
import { createKeptPlaces } from './kept-places.ts';

const minute = 60_000;
const AT = 100 * minute;
const number = '+84901234567';
const click = (key: string, clickedAt = AT, called = number) => ({ key, number: called, clickedAt, surface: 'page' as const });

let databases = 0;
/** A browser; `restart` ends it and clears its memory. */
function setUp() {
  databases += 1;
  let stored: CallPlace[] = [];
  let onWrite = () => {};
  let [agent, at]: [string | null, number] = ['an', AT];
  const pin = async () => {
    const before = agent;
    return async () => before !== null && agent === before;
  };
  const item = {
    getValue: async () => stored,
    setValue: async (next: CallPlace[]) => {
      stored = next;
      onWrite();
    },
  };
  const kept = createKeptPlaces(`places-${databases}`);
  const create = () => createCallPlaces({ pin, item, kept, now: () => at });
  return {
    places: create(),
    stored: () => stored,
    kept,
    disconnect: () => {
      agent = null;
    },
    disconnectWhileWriting: () => {
      onWrite = () => {
        agent = null;
      };
    },
    pass: (ms: number) => {
      at += ms;
    },
    async restart(after: number) {
      stored = [];
      at += after;
      const places = create();
      await places.restore();
      return places;
    },
  };
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

const day = 86_400_000;

it('finds after the browser was closed what was called in the week before', async () => {
  const { places, stored, kept, restart } = setUp();
  await places.remember(click('old', AT - 6 * day), 'https://crm.example/old', 0);
  await places.remember(click('new'), 'https://crm.example/new', 0);
  const next = await restart(2 * day);
  expect([await next.find('new'), await next.find('old')]).toEqual(['https://crm.example/new', null]);
  expect(await kept.read()).toEqual(stored());
  await next.remember(click('next', AT + 2 * day), 'https://crm.example/next', 0);
  expect((await kept.read()).map(({ key }) => key)).toEqual(['new', 'next']);
});

it('keeps nothing once the browser was disconnected', async () => {
  const { places, stored, kept, disconnect } = setUp();
  disconnect();
  await places.remember(click('a'), 'https://crm.example/', 0);
  expect([stored(), await kept.read()]).toEqual([[], []]);
});

it('keeps nothing where the browser is disconnected while it is being written', async () => {
  const { places, stored, kept, disconnectWhileWriting } = setUp();
  disconnectWhileWriting();
  await places.remember(click('a'), 'https://crm.example/', 0);
  expect([stored(), await kept.read()]).toEqual([[], []]);
});

it('finds nothing older than a week in a browser that runs on', async () => {
  const { places, pass } = setUp();
  await places.remember(click('a'), 'https://crm.example/', 0);
  pass(7 * day - 1);
  expect([await places.find('a'), await places.find({ number, startedAt: AT })]).toEqual(Array(2).fill('https://crm.example/'));
  pass(1);
  expect([await places.find('a'), await places.find({ number, startedAt: AT })]).toEqual([null, null]);
});

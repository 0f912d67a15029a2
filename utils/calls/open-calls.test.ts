import { expect, it } from 'vitest';
import type { CallProgress } from '../page/caller.ts';
import { succeed } from '../reply.ts';
import type { JournalEntry } from '../storage.ts';
import { createOpenCalls, mayAnyRing } from './open-calls.ts';

const NOW = 10_000_000_000;
const MINUTE = 60_000;
const SITE = 'crm.example';
/** A call whose number depends on its key. */
const call = (key: string, ago: number, more: Partial<JournalEntry> = {}): JournalEntry => ({
  key,
  number: `+8490123456${key.length}`,
  clickedAt: NOW - ago,
  surface: 'page',
  site: SITE,
  sentAt: NOW - ago,
  extension: '123',
  outcome: 'accepted',
  ...more,
});

it.each<[name: string, journal: JournalEntry[], stage: CallProgress['stage'], open: string[]]>([
  ['the talk that goes on', [call('a', 50 * MINUTE)], 'talking', ['a']],
  ['one of which nobody tells', [call('a', 50 * MINUTE)], 'sent', ['a']],
  ['one that is over', [call('a', 20_000)], 'ended', []],
  ['one of the morning', [call('a', 240 * MINUTE)], 'sent', []],
  ['all that may still ring', [call('a', 44_000), call('bb', 1_000)], 'sent', ['a', 'bb']],
  ['an older one than the newest', [call('a', 46_000), call('bb', 1_000)], 'sent', ['bb']],
  ['of two with a number the later', [call('a', 20_000), call('b', 1_000)], 'sent', ['b']],
  ['another site’s', [call('a', 1_000, { site: 'other.example' })], 'sent', []],
  ['one of the popup', [call('a', 1_000, { site: null, surface: 'popup' })], 'sent', []],
  ['the last of this site before one of the popup', [call('a', MINUTE), call('bb', 1_000, { site: null })], 'sent', []],
  ['one that was refused', [call('a', 1_000, { outcome: 'rejected' })], 'sent', []],
  ['one that is being placed', [call('a', 1_000, { outcome: null })], 'unknown', ['a']],
  ['one whose answer broke off while it was placed', [call('a', 1_000, { outcome: 'internal' })], 'unknown', ['a']],
  ['one that the relay was placing', [call('a', 1_000, { outcome: 'dispatching' })], 'unknown', ['a']],
  ['one of which nobody knows what became', [call('a', 1_000, { outcome: 'outcome_unknown' })], 'unknown', ['a']],
])('%s', async (_, journal, stage, open) => {
  const openCalls = createOpenCalls({
    journal: { getValue: async () => journal },
    progress: async () => succeed({ stage, since: null, live: stage !== 'sent', signals: false }),
    now: () => NOW,
  });
  const found = await openCalls.of(SITE);
  expect(found.map(({ key }) => key)).toEqual(open);
  for (const { key, number, extension, at } of found)
    expect(journal).toContainEqual(expect.objectContaining({ key, number, extension, clickedAt: at }));
});

it.each<[settled: string, open: object[]]>([
  ['accepted', [{ key: 'a', isDoubtful: false }]],
  ['rejected', []],
])('one in doubt that the relay calls %s is told so', async (outcome, open) => {
  const journal = [call('a', 1_000, { outcome: 'outcome_unknown' })];
  const openCalls = createOpenCalls({
    journal: { getValue: async () => [...journal] },
    async progress() {
      journal[0] = { ...(journal[0] as JournalEntry), outcome };
      return succeed({ stage: 'unknown', since: null, live: false, signals: false });
    },
    now: () => NOW,
  });
  expect(await openCalls.of(SITE)).toMatchObject(open);
});

it.each<[outcome: JournalEntry['outcome'], isDoubtful: boolean]>([
  ['accepted', false],
  [null, true],
  ['unknown', true],
  ['outcome_unknown', true],
])('with the outcome %s is doubtful: %s', async (outcome, isDoubtful) => {
  const openCalls = createOpenCalls({
    journal: { getValue: async () => [call('a', 1_000, { outcome })] },
    progress: async () => succeed({ stage: 'unknown', since: null, live: false, signals: false }),
    now: () => NOW,
  });
  expect(await openCalls.of(SITE)).toMatchObject([{ isDoubtful }]);
});

const popup = { site: null, surface: 'popup' } as const;
it.each<[name: string, journal: JournalEntry[], stage: CallProgress['stage'], before: object | undefined]>([
  ['one of the popup', [call('a', 10_000, popup)], 'sent', { key: 'a', at: NOW - 10_000, isDoubtful: false }],
  ['one of another site', [call('a', 10_000, { site: 'other.example' })], 'talking', { key: 'a' }],
  ['one of another tab', [call('a', 10_000)], 'sent', { key: 'a' }],
  ['the later of two', [call('a', 20_000, popup), call('b', 10_000, popup)], 'sent', { key: 'b' }],
  [
    'one that was placed before one that was refused',
    [call('a', 20_000), call('b', 9_000, { outcome: 'rejected' })],
    'sent',
    { key: 'a' },
  ],
  [
    'one in doubt, without a question to the relay',
    [call('a', 10_000, { outcome: null })],
    'ended',
    { key: 'a', isDoubtful: true },
  ],
  ['none that is over', [call('a', 10_000, popup)], 'ended', undefined],
  ['none that does not ring any more', [call('a', 45_000, popup)], 'sent', undefined],
  ['none that was refused', [call('a', 10_000, { ...popup, outcome: 'rejected' })], 'sent', undefined],
  ['none of another number', [call('aa', 10_000, popup)], 'sent', undefined],
  ['none of a click that is sent again', [call('a', 10_000, popup), call('x', 0, { outcome: null })], 'sent', undefined],
])('a click comes after %s', async (_, journal, stage, before) => {
  const openCalls = createOpenCalls({
    journal: { getValue: async () => journal },
    progress: async () => succeed({ stage, since: null, live: stage !== 'sent', signals: false }),
    now: () => NOW,
  });
  const found = await openCalls.before({ key: 'x', number: '+84901234561' });
  if (before) expect(found).toMatchObject(before);
  else expect(found).toBeUndefined();
});

it.each<[name: string, ago: number, settledAgo: number | undefined, outcome: JournalEntry['outcome'], isFolded: boolean]>([
  ['was accepted late', 18_900, 9_999, 'accepted', true],
  ['was accepted longer ago', 19_000, 10_000, 'accepted', false],
  ['was left in doubt late', 29_000, 9_999, 'outcome_unknown', true],
  ['may be placed yet', 15_999, undefined, null, true],
  ['may be placed yet though its answer broke off', 15_999, 15_000, 'outcome_unknown', true],
  ['can be placed no more', 16_000, undefined, null, false],
  ['was found to be placed long after', 300_000, 1_000, 'accepted', false],
])('a click within ten seconds of a call that %s', async (_, ago, settledAgo, outcome, isFolded) => {
  const settled = settledAgo === undefined ? {} : { settledAt: NOW - settledAgo };
  const openCalls = createOpenCalls({
    journal: { getValue: async () => [call('a', ago, { outcome, ...settled })] },
    progress: async () => succeed({ stage: 'sent', since: null, live: false, signals: false }),
    now: () => NOW,
  });
  expect((await openCalls.before({ key: 'x', number: '+84901234561' }, 10_000)) !== undefined).toBe(isFolded);
});

it.each<[name: string, call: JournalEntry, rings: boolean]>([
  ['that was accepted a moment ago', call('a', 44_000), true],
  ['of the popup, too', call('a', 1_000, { site: null, surface: 'popup' }), true],
  ['that is being placed', call('a', 1_000, { outcome: null }), true],
  ['of which nobody knows what became', call('a', 1_000, { outcome: 'outcome_unknown' }), true],
  ['that took long to be accepted', call('a', 60_000, { settledAt: NOW - 44_000 }), true],
  ['of a clock that was set back', call('a', -44_000), true],
  ['that rang long ago', call('a', 45_000), false],
  ['of which nobody ever knew what became', call('a', 45_000, { outcome: 'outcome_unknown' }), false],
  ['that was refused', call('a', 1_000, { outcome: 'rejected' }), false],
])('a device may ring for a call %s', (_, one, rings) => {
  expect(mayAnyRing([call('bb', 3_600_000), one, call('ccc', 1_000, { outcome: 'not_sent' })], NOW)).toBe(rings);
});

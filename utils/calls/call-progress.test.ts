import { expect, it } from 'vitest';
import { fail, succeed } from '../reply.ts';
import type { JournalEntry } from '../storage.ts';
import { createCallProgress } from './call-progress.ts';

const KEY = '0b6f7a52-3c1e-4f0e-9d55-1f2f3a4b5c6d';
const entry = (outcome: string | null): JournalEntry => ({
  key: KEY,
  number: '+84901234567',
  clickedAt: 1,
  surface: 'page',
  site: null,
  sentAt: 5,
  outcome,
});
const unknown = { stage: 'unknown', since: null, live: false };
const device = { stage: 'device', since: 5, live: false };

it.each([
  { name: 'a call that was accepted', journal: [entry('accepted')], relay: null, expected: device, asked: 0 },
  { name: 'a call of another browser', journal: [], relay: 'accepted', expected: unknown, asked: 0 },
  { name: 'a call that was refused', journal: [entry('rejected')], relay: null, expected: unknown, asked: 0 },
  { name: 'a click of a dead worker, placed', journal: [entry(null)], relay: 'accepted', expected: device, asked: 1 },
  { name: 'a click of a dead worker, lost', journal: [entry(null)], relay: null, expected: unknown, asked: 1 },
])('$name', async ({ journal, relay, expected, asked }) => {
  let questions = 0;
  const progress = createCallProgress({
    journal: { getValue: async () => journal },
    ask: async (key) => {
      questions += 1;
      return relay ? succeed({ key, state: relay } as never) : fail('relay_unreachable');
    },
  });
  expect([await progress(KEY), questions]).toEqual([succeed(expected), asked]);
});

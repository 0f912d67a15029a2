import { expect, it } from 'vitest';
import { nothingLive } from '../live/live-state.ts';
import { fail, succeed } from '../reply.ts';
import type { JournalEntry, LiveState, SeenCall } from '../storage.ts';
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
const unknown = { stage: 'unknown', since: null, live: false, signals: false };
const sent = { stage: 'sent', since: 5, live: false, signals: false };

it.each([
  { name: 'a call that was accepted', journal: [entry('accepted')], relay: null, expected: sent, asked: 0 },
  { name: 'a call of another browser', journal: [], relay: 'accepted', expected: unknown, asked: 0 },
  { name: 'a call that was refused', journal: [entry('rejected')], relay: null, expected: unknown, asked: 0 },
  { name: 'a call in doubt, placed', journal: [entry('outcome_unknown')], relay: 'accepted', expected: sent, asked: 1 },
  { name: 'a call that was being placed', journal: [entry('dispatching')], relay: 'accepted', expected: sent, asked: 1 },
  { name: 'a call whose relay died', journal: [entry('unknown')], relay: null, expected: unknown, asked: 0 },
  { name: 'a click of a dead worker, placed', journal: [entry(null)], relay: 'accepted', expected: sent, asked: 1 },
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

/** By the relay's clock, which is 1,000 ms ahead. */
const SENT = 1_000_005;
const heard = (...calls: Partial<SeenCall>[]): LiveState => ({
  ...nothingLive,
  link: 'open',
  signals: true,
  calls: calls.map((call, index) => ({
    callId: `${index}`,
    direction: 'outbound',
    peer: { number: '+84901234567', name: null },
    startedAt: SENT,
    answeredAt: null,
    endedAt: null,
    talkSeconds: null,
    ...call,
  })),
});
const other = { peer: { number: '+84907654321', name: null } };

it.each([
  { name: 'no signal yet', live: heard(), stage: 'sent', since: SENT - 1000, isLive: true },
  { name: 'no signal for long', live: heard(), later: 90_000, stage: 'sent', since: SENT - 1000, isLive: false },
  {
    name: 'it rings, on whichever side',
    live: heard({ startedAt: SENT + 2000 }),
    stage: 'ringing',
    since: SENT + 1000,
    isLive: true,
  },
  {
    name: 'it rings here',
    live: heard({ rings: 'own', startedAt: SENT + 2000 }),
    stage: 'pickUp',
    since: SENT + 1000,
    isLive: true,
  },
  {
    name: 'it rings there after it was picked up here',
    live: heard({ rings: 'other', startedAt: SENT + 2000, rangAt: SENT + 7000 }),
    stage: 'ringing',
    since: SENT + 6000,
    isLive: true,
  },
  {
    name: 'it was picked up here, and the other end is about to ring',
    live: heard({ rings: 'own', answeredAt: SENT + 9000 }),
    later: 11_999,
    stage: 'ringing',
    since: SENT + 8000,
    isLive: true,
  },
  {
    name: 'it was picked up here, and nobody tells of the other end',
    live: heard({ rings: 'own', answeredAt: SENT + 9000 }),
    later: 12_000,
    stage: 'talking',
    since: SENT + 8000,
    isLive: true,
  },
  { name: 'talking', live: heard({ answeredAt: SENT + 9000 }), stage: 'talking', since: SENT + 8000, isLive: true },
  {
    name: 'over',
    live: heard({ answeredAt: SENT + 9000, endedAt: SENT + 9500 }),
    stage: 'ended',
    since: SENT + 8500,
    isLive: true,
  },
  { name: 'a call from there', live: heard({ direction: 'inbound' }), stage: 'sent', since: SENT - 1000, isLive: true },
  { name: 'another number', live: heard(other), stage: 'sent', since: SENT - 1000, isLive: true },
  {
    name: 'the call before',
    live: heard({ startedAt: SENT - 60_000, endedAt: SENT - 1 }),
    stage: 'sent',
    since: SENT - 1000,
    isLive: true,
  },
  {
    name: 'the nearest of two',
    live: heard({ startedAt: SENT + 90_000 }, { startedAt: SENT + 3000, answeredAt: SENT + 4000 }),
    stage: 'talking',
    since: SENT + 3000,
    isLive: true,
  },
  {
    name: 'a broken stream',
    signals: false,
    live: { ...heard({}), link: 'waiting' as const },
    stage: 'sent',
    since: SENT - 1000,
    isLive: false,
  },
  {
    name: 'a relay without signals',
    signals: false,
    live: { ...heard(), signals: false },
    stage: 'sent',
    since: SENT - 1000,
    isLive: false,
  },
])('with signals: $name', async ({ live, stage, since, isLive, signals = true, later = 100 }) => {
  const progress = createCallProgress({
    journal: { getValue: async () => [{ ...entry('accepted'), sentAt: SENT - 1000 }] },
    ask: async () => fail('relay_unreachable'),
    live: { getValue: async () => live },
    offset: async () => 1000,
    now: () => SENT - 1000 + later,
  });
  expect(await progress(KEY)).toEqual(succeed({ stage, since, live: isLive, signals }));
});

import { expect, it } from 'vitest';
import type { LiveCall } from '../../relay/contract.ts';
import { nothingLive, withEvent } from './live-state.ts';

const minute = 60_000;
const event = (callId: string, state: LiveCall['state'], at: number, more: Partial<LiveCall> = {}): LiveCall => ({
  callId,
  state,
  direction: 'outbound',
  peer: { number: '+84901234567', name: null },
  at,
  talkSeconds: state === 'ended' ? 5 : null,
  cause: null,
  ...more,
});
/** A click: the agent's own device is picked up, then the other end. */
const clicked = [
  event('a', 'ringing', 10, { rings: 'own' }),
  event('a', 'answered', 20),
  event('a', 'ringing', 21, { rings: 'other' }),
  event('a', 'answered', 40),
];
const after = (...events: LiveCall[]) => events.reduce((state, one, turn) => withEvent(state, one, `${turn}`), nothingLive);

it.each([
  ['rings', [event('a', 'ringing', 10)], { startedAt: 10, answeredAt: null, endedAt: null }],
  ['talks', [event('a', 'ringing', 10), event('a', 'answered', 20)], { startedAt: 10, answeredAt: 20, endedAt: null }],
  [
    'ended',
    [event('a', 'ringing', 10), event('a', 'answered', 20), event('a', 'ended', 30)],
    { startedAt: 10, answeredAt: 20, endedAt: 30, talkSeconds: 5 },
  ],
  ['was answered before anybody listened', [event('a', 'answered', 20)], { startedAt: 20, answeredAt: 20 }],
  ['is told of twice', [event('a', 'ringing', 10), event('a', 'answered', 20), event('a', 'answered', 20)], { answeredAt: 20 }],
  ['is told of after its end', [event('a', 'ended', 30), event('a', 'ringing', 10)], { endedAt: 30 }],
  ['rings here', clicked.slice(0, 1), { startedAt: 10, rings: 'own', answeredAt: null }],
  ['was picked up here', clicked.slice(0, 2), { startedAt: 10, answeredAt: 20 }],
  ['then rings there', clicked.slice(0, 3), { startedAt: 10, rings: 'other', answeredAt: null }],
  ['then is answered there', clicked, { startedAt: 10, answeredAt: 40 }],
  [
    'was not answered there',
    [...clicked.slice(0, 3), event('a', 'ended', 50, { talkSeconds: 0 })],
    { answeredAt: null, endedAt: 50, talkSeconds: 0 },
  ],
  ['rings there and is told of twice', [...clicked.slice(0, 3), ...clicked.slice(0, 3)], { rings: 'other', answeredAt: null }],
  ['was answered there and is told of twice', [...clicked, ...clicked.slice(0, 3)], { startedAt: 10, answeredAt: 40 }],
  ['rang there before anybody listened', clicked.slice(2, 3), { startedAt: 21, rings: 'other', answeredAt: null }],
])('a call that %s', (_, events, expected) => {
  const state = after(...events);
  expect(state.calls).toMatchObject([expected]);
  expect(state.lastId).toBe(String(events.length - 1));
});

it('forgets ended calls after five minutes, and ones without an end after hours', () => {
  const state = after(event('a', 'ringing', 0), event('b', 'ended', 1), event('c', 'ringing', 4 * minute));
  expect(state.calls.map(({ callId }) => callId)).toEqual(['c', 'b', 'a']);
  expect(withEvent(state, event('d', 'ringing', 6 * minute), null).calls.map(({ callId }) => callId)).toEqual(['d', 'c', 'a']);
  expect(withEvent(state, event('d', 'ringing', 242 * minute), null).calls.map(({ callId }) => callId)).toEqual(['d', 'c']);
});

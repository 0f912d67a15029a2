import { describe, expect, it } from 'vitest';
import { blackholeEvent } from './blackhole-event.ts';
import type { LiveCall } from './calls.ts';

const call: LiveCall = {
  id: 'call-1',
  sipUser: 'mailan101',
  direction: 'to_ab',
  class: 'trunking',
  caller: { number: '0988111222', type: 'realnumber' },
  callee: { number: 'mailan101', type: 'user', username: 'mailan' },
  didNumber: '02873019555',
  state: 'ended',
  startedAt: 1_773_111_600_000,
  liftedAt: null,
  answeredAt: null,
  endedAt: 1_773_111_612_000,
  outcome: 'IVR',
};

describe('blackholeEvent', () => {
  it.each([
    ['SUCCESS', 1_773_111_604_000, 'NORMAL_CLEARING', '8', '4'],
    ['IVR', null, 'NO_ANSWER', '0', '12'],
    ['CANCELLED', null, 'ORIGINATOR_CANCEL', '0', '12'],
    ['BUSY', null, 'USER_BUSY', '0', '12'],
    ['ERROR', null, 'NORMAL_TEMPORARY_FAILURE', '0', '12'],
    ['UNSUCCESS', null, 'NO_USER_RESPONSE', '0', '12'],
  ] as const)('ends %s', (outcome, answeredAt, cause, billed, rang) => {
    const options = { accountId: 'account', ownerId: 'username', callDirection: 'leg' } as const;
    expect(blackholeEvent('CHANNEL_DESTROY', { ...call, outcome, answeredAt }, call.endedAt ?? 0, options)).toMatchObject({
      'Hangup-Cause': cause,
      'Billing-Seconds': billed,
      'Ringing-Seconds': rang,
      'Duration-Seconds': '12',
      Timestamp: 63_940_330_812,
    });
  });

  it.each([
    ['from_ab', 'leg', 'inbound'],
    ['to_ab', 'leg', 'outbound'],
    ['from_ab', 'company', 'outbound'],
    ['to_ab', 'company', 'inbound'],
  ] as const)('tells the direction of a call %s as the %s has it', (direction, callDirection, told) => {
    const options = { accountId: 'account', ownerId: 'username', callDirection } as const;
    const event = blackholeEvent('CHANNEL_CREATE', { ...call, direction }, call.startedAt, options);
    expect(event['Call-Direction']).toBe(told);
  });

  it.each([
    ['username', /^mailan$/],
    ['opaque', /^[0-9a-f]{32}$/],
  ] as const)('names the owner by %s, at the top and among the channel variables', (ownerId, shape) => {
    const event = blackholeEvent('CHANNEL_CREATE', call, call.startedAt, { accountId: 'account', ownerId, callDirection: 'leg' });
    expect([event['Owner-ID'], event['Custom-Channel-Vars']['Owner-ID']]).toEqual([
      expect.stringMatching(shape),
      event['Owner-ID'],
    ]);
    expect(event).not.toHaveProperty('Hangup-Cause');
  });
});

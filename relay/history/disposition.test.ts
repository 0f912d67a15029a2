import { describe, expect, it } from 'vitest';
import { directionOf, dispositionOf } from './disposition.ts';

describe('dispositionOf', () => {
  it.each([
    ['SUCCESS', 'answered', 'answered'],
    ['CANCELLED', 'cancelled', 'missed'],
    ['BUSY', 'busy', 'missed'],
    ['IVR', 'ivr', 'missed'],
    ['ERROR', 'failed', 'missed'],
    ['UNSUCCESS', 'failed', 'missed'],
    [' success ', 'answered', 'answered'],
    ['VOICEMAIL', 'other', 'other'],
    ['', 'other', 'other'],
    ['constructor', 'other', 'other'],
  ] as const)('%s: %s for the caller, %s for the called', (status, caller, callee) => {
    expect([dispositionOf(status, false), dispositionOf(status, true)]).toEqual([caller, callee]);
  });
});

describe('directionOf', () => {
  it.each([
    ['trunking', 'from_ab', null, 'outbound'],
    ['trunking', 'to_ab', '02873019555', 'inbound'],
    ['one_one', 'from_ab', null, 'internal'],
    ['one_one', 'to_ab', null, 'internal'],
    ['', 'to_ab', null, 'inbound'],
    ['trunking', '', '02873019555', 'inbound'],
    ['trunking', 'sideways', null, 'outbound'],
  ] as const)('%s %s %s: %s', (kind, direction, did_number, expected) => {
    expect(directionOf({ class: kind, direction, did_number })).toBe(expected);
  });
});

import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { CallRecordSchema } from './call-record.ts';

const sent = {
  caller: { number: '01693608879', type: 'realnumber' },
  callee: { number: 'thutranhtkbee', type: 'user', username: 'thutran' },
  class: 'trunking',
  did_number: '02873019555',
  direction: 'to_ab',
  status_detail: 'SUCCESS',
  duration_seconds: 50,
  unix_timestamp: 1519639917,
  billing_seconds: 43,
  recording: 'call_recording_dl5m5j5hfh4n8njj1oor.mp3',
};
const read = (change: Record<string, unknown>) => v.safeParse(CallRecordSchema, { ...sent, ...change });

describe('CallRecordSchema', () => {
  it('reads the example of section 1.3', () => {
    const { unix_timestamp: seconds, ...rest } = sent;
    expect(read({}).output).toEqual({ ...rest, caller: { ...sent.caller, username: null }, startedAt: seconds * 1000 });
  });

  it.each([
    ['milliseconds', { unix_timestamp: 1519639917123 }, { startedAt: 1519639917123 }],
    ['digits in a string', { unix_timestamp: '1519639917' }, { startedAt: 1519639917000 }],
    ['an ISO date', { unix_timestamp: '2018-02-26T10:11:57.000Z' }, { startedAt: 1519639917000 }],
    ['unknown fields', { hangup_cause: 'NORMAL', nested: { deep: [1] } }, { status_detail: 'SUCCESS' }],
    [
      'numbers as numbers',
      { did_number: 2873019555, duration_seconds: '50' },
      { did_number: '2873019555', duration_seconds: 50 },
    ],
    ['no DID', { did_number: null }, { did_number: null }],
    ['an empty recording', { recording: '' }, { recording: null }],
    ['no recording at all', { recording: undefined }, { recording: null }],
    ['a recording of another type', { recording: { file: 'x' } }, { recording: null }],
    ['a duration below zero', { duration_seconds: -1 }, { duration_seconds: 0 }],
    ['a duration beyond a database integer', { billing_seconds: 1e15 }, { billing_seconds: 2 ** 31 - 1 }],
    ['a broken duration', { billing_seconds: 'long' }, { billing_seconds: 0 }],
    ['an unknown status', { status_detail: 'VOICEMAIL' }, { status_detail: 'VOICEMAIL' }],
    ['a party as a bare number', { caller: '0912345678' }, { caller: { number: '0912345678', type: '', username: null } }],
    [
      'a party without its type',
      { caller: { number: 912345678 } },
      { caller: { number: '912345678', type: '', username: null } },
    ],
    ['control characters', { status_detail: 'SUC\u0000CESS\n' }, { status_detail: 'SUCCESS' }],
  ])('takes %s', (_name, change, expected) => expect(read(change).output).toMatchObject(expected));

  it.each([
    ['no time', { unix_timestamp: null }],
    ['a time that is none', { unix_timestamp: 'yesterday' }],
    ['a time before 2000', { unix_timestamp: 5 }],
    ['a time that is not finite', { unix_timestamp: Number.NaN }],
    ['no caller', { caller: null }],
    ['a callee that is a list', { callee: [] }],
  ])('refuses %s', (_name, change) => expect(read(change).success).toBe(false));
});

import { expect, it } from 'vitest';
import { createKnownRecords } from './known-records.ts';

it('knows a record again word for word, and no other', () => {
  const known = createKnownRecords();
  expect(known.idOf({ a: 1 })).toBeUndefined();
  known.keep({ a: 1 }, 'x');
  expect(known.idOf({ a: 1 })).toBe('x');
  expect(known.idOf({ a: 2 })).toBeUndefined();
});

it('does not pass over an earlier copy that comes again after a later one', () => {
  const known = createKnownRecords();
  known.keep({ status: 'RINGING' }, 'x');
  known.keep({ status: 'SUCCESS' }, 'x');
  expect([known.idOf({ status: 'RINGING' }), known.idOf({ status: 'SUCCESS' })]).toEqual([undefined, 'x']);
  known.keep({ status: 'RINGING' }, 'x');
  expect([known.idOf({ status: 'RINGING' }), known.idOf({ status: 'SUCCESS' })]).toEqual(['x', undefined]);
});

it('forgets the oldest', () => {
  const known = createKnownRecords(10);
  for (let turn = 0; turn < 25; turn += 1) known.keep({ turn }, `${turn}`);
  const kept = Array.from({ length: 25 }, (_, turn) => known.idOf({ turn })).filter((id) => id !== undefined);
  expect(kept).toEqual(Array.from({ length: 15 }, (_, at) => `${at + 10}`));
});

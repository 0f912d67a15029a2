import { expect, it } from 'vitest';
import { createKnownRecords } from './known-records.ts';

it('knows a record again word for word, and no other', () => {
  const known = createKnownRecords();
  expect(known.idOf({ a: 1 })).toBeUndefined();
  known.keep([{ record: { a: 1 }, id: 'x' }]);
  expect(known.idOf({ a: 1 })).toBe('x');
  expect(known.idOf({ a: 2 })).toBeUndefined();
});

it('does not pass over an earlier copy that comes again after a later one', () => {
  const known = createKnownRecords();
  known.keep([{ record: { status: 'RINGING' }, id: 'x' }]);
  known.keep([{ record: { status: 'SUCCESS' }, id: 'x' }]);
  expect([known.idOf({ status: 'RINGING' }), known.idOf({ status: 'SUCCESS' })]).toEqual([undefined, 'x']);
  known.keep([{ record: { status: 'RINGING' }, id: 'x' }]);
  expect([known.idOf({ status: 'RINGING' }), known.idOf({ status: 'SUCCESS' })]).toEqual(['x', undefined]);
});

it('knows both of two that stand on one page for one call', () => {
  const known = createKnownRecords();
  const [a, b] = [{ status: 'SUCCESS' }, { status: 'BUSY' }];
  known.keep([a, b].map((record) => ({ record, id: 'x' })));
  expect([a, b].map(known.idOf)).toEqual(['x', 'x']);
  known.keep([{ record: b, id: 'x' }]);
  expect([a, b].map(known.idOf)).toEqual([undefined, 'x']);
});

it('forgets the oldest', () => {
  const known = createKnownRecords(10);
  for (let turn = 0; turn < 25; turn += 1) known.keep([{ record: { turn }, id: `${turn}` }]);
  const kept = Array.from({ length: 25 }, (_, turn) => known.idOf({ turn })).filter((id) => id !== undefined);
  expect(kept).toEqual(Array.from({ length: 15 }, (_, at) => `${at + 10}`));
});

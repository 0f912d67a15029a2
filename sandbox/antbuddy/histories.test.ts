import { describe, expect, it } from 'vitest';
import type { CallRecord } from './call-record.ts';
import { createHistories } from './histories.ts';
import { createSeededHistory } from './seeded-history.ts';

const until = Date.UTC(2026, 2, 10, 3);
const devices = [
  { number: 'mailan101', type: 'user' as const, username: 'mailan' },
  { number: 'quochuy102', type: 'user' as const, username: 'quochuy' },
];
const didNumbers = ['02873019555'];
const seeded = (calls: number, days = 30, seed = 1) => createSeededHistory({ calls, days, seed }, devices, didNumbers, until);
const all = (history: ReturnType<typeof seeded>) => Array.from({ length: history.size }, (_, index) => history.recordAt(index));
const keyOf = (row: CallRecord) =>
  [row.unix_timestamp, row.caller.number, row.callee.number, row.direction, row.did_number].join('|');

describe('seeded history', () => {
  it('is the same for the same seed and another for another', () => {
    expect(all(seeded(300))).toEqual(all(seeded(300)));
    expect(all(seeded(300))).not.toEqual(all(seeded(300, 30, 2)));
  });

  it.each([
    ['one call', 1, 1],
    ['a day', 50, 1],
    ['many in few hours', 20_000, 0.25],
    ['a year', 20_000, 365],
  ])('%s: ascending, within its days, over before the end', (_name, calls, days) => {
    const history = seeded(calls, days);
    const times = Array.from({ length: calls }, (_, index) => history.timeAt(index));
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(times[0]).toBeGreaterThanOrEqual(until / 1000 - days * 86_400 - 3600);
    const last = history.recordAt(calls - 1);
    expect(last.unix_timestamp + last.duration_seconds).toBeLessThan(until / 1000);
  });

  it('can tell 20,000 calls apart by what identifies a call', () => {
    const keys = all(seeded(20_000, 18)).map(keyOf);
    expect(keys.length - new Set(keys).size).toBe(0);
  });

  it('starts no internal call in the second of the call before it', () => {
    const history = seeded(20_000, 0.5);
    const internal = all(history).flatMap((row, index) => (row.class === 'one_one' ? [index] : []));
    expect(internal.length).toBeGreaterThan(100);
    expect(internal.filter((index) => history.timeAt(index) === history.timeAt(index - 1))).toEqual([]);
  });

  it('holds what a company sees', () => {
    const rows = all(seeded(5000));
    const share = (test: (row: CallRecord) => boolean) => rows.filter(test).length / rows.length;
    expect(new Set(rows.map((row) => row.status_detail))).toEqual(new Set(['SUCCESS', 'IVR', 'CANCELLED', 'BUSY', 'ERROR']));
    expect(share((row) => row.class === 'one_one')).toBeGreaterThan(0.02);
    expect(share((row) => row.direction === 'to_ab' && row.status_detail !== 'SUCCESS')).toBeGreaterThan(0.05);
    expect(share((row) => /^01[26]\d{8}$/.test(row.callee.number))).toBeGreaterThan(0.005);
    expect(share((row) => /^1[89]00\d{4,6}$/.test(row.callee.number))).toBeGreaterThan(0.005);
    expect(share((row) => /^02\d{9}$/.test(row.callee.number) && row.direction === 'from_ab')).toBeGreaterThan(0.02);
    expect(share((row) => row.caller.number === 'mailan101')).toBeGreaterThan(0.05);
  });

  it('keeps the rules of the document in each row', () => {
    for (const row of all(seeded(5000))) {
      expect(row.recording === '' || row.billing_seconds > 0, keyOf(row)).toBe(true);
      expect(row.billing_seconds > 0, keyOf(row)).toBe(row.status_detail === 'SUCCESS');
      expect(row.duration_seconds, keyOf(row)).toBeGreaterThanOrEqual(row.billing_seconds);
      expect(row.did_number !== null, keyOf(row)).toBe(row.direction === 'to_ab');
      if (row.class === 'one_one') expect([row.caller.type, row.callee.type]).toEqual(['user', 'user']);
    }
  });

  it('finds a row by its recording, and by nothing else', () => {
    const history = seeded(2000);
    const recorded = all(history).filter((row) => row.recording !== '');
    for (const row of recorded) expect(history.findByRecording(row.recording)).toEqual(row);
    const name = recorded[0]!.recording;
    for (const other of ['', 'x.mp3', name.replace('.mp3', ''), name.replace(/.(?=\.mp3)/, '~'), `${name} `]) {
      expect(history.findByRecording(other)).toBeUndefined();
    }
  });
});

describe('page', () => {
  const template = seeded(1).recordAt(0);

  it.each([
    ['no seeded calls', 0, 50],
    ['no added calls', 200, 0],
    ['both, mixed', 200, 60],
    ['neither', 0, 0],
  ])('reads %s as one list, newest first', (_name, seededCount, addedCount) => {
    const history = seeded(seededCount, 3);
    const histories = createHistories(history);
    const first = until / 1000 - 3 * 86_400;
    // Every third call has the same second as a seeded call: the order of equal times must not lose or repeat any.
    const added = Array.from({ length: addedCount }, (_, n) => {
      const time = n % 3 === 0 && seededCount > 0 ? history.timeAt((n * 7) % seededCount) : first + ((n * 7919) % (3 * 86_400));
      return { ...template, unix_timestamp: time, recording: `added-${n}.mp3` };
    });
    for (const row of added) histories.add(row);
    const from = (first + 20_000) * 1000;
    const wanted = [...added, ...all(history)]
      .filter((row) => row.unix_timestamp * 1000 >= from)
      .toSorted((a, b) => b.unix_timestamp - a.unix_timestamp);
    const read = (limit: number) =>
      Array.from({ length: Math.ceil(wanted.length / limit) + 1 }, (_, n) =>
        histories.page({ from, to: until, limit, page: n + 1 }),
      );
    for (const limit of [1, 7, 100]) {
      const rows = read(limit).flat();
      expect(rows.map((row) => row.unix_timestamp)).toEqual(wanted.map((row) => row.unix_timestamp));
      expect(new Set(rows.map((row) => JSON.stringify(row)))).toEqual(new Set(wanted.map((row) => JSON.stringify(row))));
    }
  });

  it('looks at few of a million calls, however deep the page', () => {
    const history = seeded(1_000_000, 365);
    let looks = 0;
    const timeAt = (index: number) => {
      looks++;
      return history.timeAt(index);
    };
    let made = 0;
    const recordAt = (index: number) => {
      made++;
      return history.recordAt(index);
    };
    const histories = createHistories({ ...history, timeAt, recordAt });
    for (const n of [1, 2, 3]) histories.add({ ...template, unix_timestamp: until / 1000 - n });
    const rows = histories.page({ from: until - 31 * 86_400_000, to: until, limit: 100, page: 500 });
    expect([rows.length, made]).toEqual([100, 100]);
    expect(looks).toBeLessThan(300);
  });
});
